package dev.namaskar.kernels;

import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasPacked;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;
import static org.bytedeco.mkl.global.mkl_rt.CblasTrans;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Get_Version;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Num_Threads_Local;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm_compute;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.mkl.global.mkl_rt;
import org.bytedeco.mkl.global.mkl_rt.MKLVersion;

/** Products by Intel's MKL, which comes with the Maven profile {@code mkl}; weights are packed once per update. */
final class MklGemm extends NativeGemm {
    MklGemm() {
        Loader.load(mkl_rt.class);
    }

    /**
     * Whether MKL uses this processor's widest vectors. On other makers' processors it runs AVX2 code whatever they
     * have: measured on one with AVX-512, at 45 % of oneDNN's rate.
     */
    static boolean isAtItsBest() {
        try (MKLVersion version = new MKLVersion()) {
            MKL_Get_Version(version);
            return version.Processor().getString().contains("AVX-512");
        }
    }

    @Override
    GemmLibrary library() {
        return GemmLibrary.MKL;
    }

    @Override
    public Weights weights(int rows, int columns) {
        return new MklWeights(rows, columns);
    }

    @Override
    void limitToOneCore() {
        MKL_Set_Num_Threads_Local(1);
    }

    @Override
    void product(int m, FloatPointer a, Weights w, float beta, FloatPointer c) {
        int n = w.columns();
        FloatPointer packed = ((MklWeights) w).packed();
        cblas_sgemm_compute(
                CblasRowMajor, CblasNoTrans, CblasPacked, m, n, w.rows(), a, w.rows(), packed, n, beta, c, n);
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
