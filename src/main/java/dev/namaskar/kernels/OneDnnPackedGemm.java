package dev.namaskar.kernels;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;

/** Products by oneDNN's matmul primitive over packed weights; gradients by its {@code dnnl_sgemm}. */
final class OneDnnPackedGemm extends NativeGemm {
    /** Sizes that are kept compiled; a run has a dozen. */
    private static final int KEPT = 64;

    private final OneDnnMatmul[] kept = new OneDnnMatmul[KEPT];
    private int count;

    OneDnnPackedGemm() {
        Loader.load(org.bytedeco.dnnl.global.dnnl.class);
    }

    @Override
    GemmLibrary library() {
        return GemmLibrary.ONEDNN_PACKED;
    }

    @Override
    public Weights weights(int rows, int columns) {
        return new OneDnnWeights(rows, columns);
    }

    @Override
    boolean isSpread(int columns, int others) {
        return OneDnnGemm.isSlowTogether(columns, others);
    }

    @Override
    void limitToOneCore() {
        OneDnnGemm.limitThisThreadToOneCore();
    }

    @Override
    void product(int m, FloatPointer a, Weights w, float beta, FloatPointer c) {
        OneDnnWeights weights = (OneDnnWeights) w;
        matmul(m, weights, beta != 0).run(a, weights, c);
    }

    private OneDnnMatmul matmul(int m, OneDnnWeights weights, boolean adds) {
        for (int i = 0; i < count; i++) {
            if (kept[i].fits(m, weights, adds)) {
                return kept[i];
            }
        }
        if (count == KEPT) {
            count = 0;
        }
        OneDnnMatmul made = new OneDnnMatmul(m, weights, adds);
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
        OneDnnGemm.product(transposeA, m, n, k, a, lda, b, ldb, beta, c);
    }
}
