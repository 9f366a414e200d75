package dev.namaskar.kernels;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;

/** Products by oneDNN. */
final class OneDnnGemm extends NativeGemm {
    /** Values that fill a quarter of a way of the first cache. */
    private static final int SLOW_STRIDE = 256;

    /** Whether oneDNN works without AVX-512 here. */
    private static final boolean NARROW =
            (dnnl.dnnl_get_effective_cpu_isa() & dnnl.dnnl_cpu_isa_avx512_core) != dnnl.dnnl_cpu_isa_avx512_core;

    private static final byte PLAIN = 'N';
    private static final byte TRANSPOSED = 'T';

    OneDnnGemm() {
        limitThisThreadToOneCore();
    }

    @Override
    GemmLibrary library() {
        return GemmLibrary.ONEDNN;
    }

    @Override
    boolean isSpread(int columns, int others) {
        return OneDnnGemm.isSlowTogether(columns, others);
    }

    @Override
    void limitToOneCore() {
        limitThisThreadToOneCore();
    }

    /**
     * Measured on AVX2: rows of 512 values right behind one another cost a gradient a third of its rate, of 256 a tenth;
     * the copy costs a thirtieth. Smaller ones are not worth it, and with AVX-512 none is: there a step of 256 units took
     * a thirtieth longer.
     */
    static boolean isSlowTogether(int columns, int others) {
        return NARROW && columns % SLOW_STRIDE == 0 && others >= SLOW_STRIDE;
    }

    /** Keeps oneDNN from starting threads of its own for calls from this thread. */
    static void limitThisThreadToOneCore() {
        for (Function function : OpenMp.SET_NUM_THREADS) {
            function.invokeVoid(new Object[] {1});
        }
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
        product(transposeA, m, n, k, a, lda, b, ldb, beta, c);
    }

    /** {@code C [m,n] = op(A) B [k,n] + beta C}. */
    static void product(
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
        byte op = transposeA ? TRANSPOSED : PLAIN;
        int status = dnnl.dnnl_sgemm(op, PLAIN, m, n, k, 1, a, lda, b, ldb, beta, c, n);
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException(
                    "oneDNN refused a product [" + m + "," + k + "] x [" + k + "," + n + "] with status " + status);
        }
    }

    /**
     * oneDNN takes its number of threads from OpenMP, which keeps one for each calling thread; the bindings have no
     * function for that, so the OpenMP library that oneDNN loaded is asked itself.
     */
    private static final class OpenMp {
        static final List<Function> SET_NUM_THREADS = find();

        private static List<Function> find() {
            Path folder = Path.of(Loader.load(dnnl.class)).toAbsolutePath().getParent();
            try (Stream<Path> siblings = Files.list(folder)) {
                return siblings.filter(file -> file.getFileName().toString().matches("lib(g|i)?omp5?[.].*"))
                        .map(file -> Function.getFunction(file.toString(), "omp_set_num_threads"))
                        .toList();
            } catch (IOException unreadable) {
                throw new UnsatisfiedLinkError("cannot list " + folder + ": " + unreadable.getMessage());
            }
        }
    }
}
