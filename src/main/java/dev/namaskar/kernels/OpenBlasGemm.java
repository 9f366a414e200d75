package dev.namaskar.kernels;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.openblas.presets.openblas;

/** Products by OpenBLAS, the library that nd4j-native-platform brings, or by MKL behind the same binding. */
final class OpenBlasGemm extends NativeGemm {
    OpenBlasGemm() {
        Loader.load(openblas_nolapack.class);
    }

    @Override
    GemmLibrary library() {
        return GemmLibrary.OPENBLAS;
    }

    @Override
    void limitToOneCore() {
        openblas.blas_set_num_threads(1);
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
        int op = transposeA ? CblasTrans : CblasNoTrans;
        cblas_sgemm(CblasRowMajor, op, CblasNoTrans, m, n, k, 1, a, lda, b, ldb, beta, c, n);
    }
}
