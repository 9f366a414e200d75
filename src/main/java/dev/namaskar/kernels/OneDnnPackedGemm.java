package dev.namaskar.kernels;

import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * Products by oneDNN's matmul primitive over packed weights, of floats or of floats that are rounded to eight bits of
 * precision (bfloat16) and summed as floats. Gradients of floats are {@code dnnl_sgemm}'s.
 */
final class OneDnnPackedGemm extends NativeGemm {
    /** Sizes that are kept compiled; a run has a dozen. */
    private static final int KEPT = 64;
    /** Sums over rows, and the like, are too few products for a conversion. */
    private static final int LEAST_ROUNDED = 16;

    private final GemmLibrary library;
    private final boolean rounds;
    private final OneDnnMatmul[] kept = new OneDnnMatmul[KEPT];
    private final OneDnnMatmul.Rooms rooms = new OneDnnMatmul.Rooms();
    private int count;

    /**
     * Products under this name.
     *
     * @param rounds whether to bfloat16
     * @throws UnsatisfiedLinkError if the processor has no instructions for that
     */
    OneDnnPackedGemm(GemmLibrary library, boolean rounds) {
        Loader.load(org.bytedeco.dnnl.global.dnnl.class);
        this.library = library;
        this.rounds = rounds;
        if (rounds && !Rounding.IS_FAST) {
            throw new UnsatisfiedLinkError("this processor has no products of bfloat16");
        }
    }

    @Override
    GemmLibrary library() {
        return library;
    }

    @Override
    public Weights weights(int rows, int columns) {
        return new OneDnnWeights(library, rows, columns, rounds ? memory.data_type.bf16 : memory.data_type.f32);
    }

    @Override
    boolean isSpread(int columns, int others) {
        return !isRounded(columns, others) && OneDnnGemm.isSlowTogether(columns, others);
    }

    private boolean isRounded(int m, int n) {
        return rounds && Math.min(m, n) >= LEAST_ROUNDED;
    }

    @Override
    void limitToOneCore() {
        OneDnnGemm.limitThisThreadToOneCore();
    }

    @Override
    void product(int m, FloatPointer a, Weights w, float beta, FloatPointer c) {
        OneDnnWeights weights = (OneDnnWeights) w;
        OneDnnMatmul found = find(m, w.rows(), w.columns(), beta != 0, false);
        (found == null ? keep(OneDnnMatmul.product(m, weights, beta != 0)) : found).run(a, weights.packed(), c, rooms);
    }

    private @Nullable OneDnnMatmul find(int m, int k, int n, boolean adds, boolean gradient) {
        for (int i = 0; i < count; i++) {
            if (kept[i].sizes().are(m, k, n, adds, gradient)) {
                return kept[i];
            }
        }
        return null;
    }

    private OneDnnMatmul keep(OneDnnMatmul made) {
        if (count == KEPT) {
            count = 0;
        }
        kept[count++] = made;
        return made;
    }

    @Override
    void sgemm(
            boolean transposeA,
            int m,
            int n,
            int k,
            FloatPointer a,
            int lda,
            FloatPointer b,
            int ldb,
            float beta,
            FloatPointer c) {
        if (!transposeA || !isRounded(m, n)) {
            OneDnnGemm.product(transposeA, m, n, k, a, lda, b, ldb, beta, c);
            return;
        }
        OneDnnMatmul found = find(m, k, n, beta != 0, true);
        (found == null ? keep(OneDnnMatmul.gradient(m, n, k, beta != 0, memory.data_type.bf16)) : found)
                .run(a, b, c, rooms);
    }

    /** Whether the processor multiplies bfloat16 by instructions of its own; found once. */
    private static final class Rounding {
        static final boolean IS_FAST = find();

        private static boolean find() {
            try (matmul.primitive_desc how = OneDnnWeights.typical(64, 64, memory.data_type.bf16)) {
                String kernel = how.impl_info_str().getString();
                return kernel.contains("bf16") || kernel.contains("amx");
            } catch (RuntimeException refused) { // how the bindings pass on that oneDNN has no such product here
                return false;
            }
        }
    }
}
