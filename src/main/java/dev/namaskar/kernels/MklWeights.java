package dev.namaskar.kernels;

import static org.bytedeco.mkl.global.mkl_rt.CblasBMatrix;
import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;
import static org.bytedeco.mkl.global.mkl_rt.CblasTrans;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Num_Threads_Local;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm_pack;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm_pack_get_size;

import org.bytedeco.javacpp.FloatPointer;

/** A matrix in the order in which MKL's products read it: packed once per update instead of in every product. */
final class MklWeights extends Weights {
    /** Rows of a typical product, which MKL asks for when it packs; products of any other number are right too. */
    private static final int TYPICAL_ROWS = 64;

    private final NativeMirror plain;
    private final FloatPointer source;
    private final NativeMirror room;
    private final FloatPointer packed;

    MklWeights(int rows, int columns) {
        super(GemmLibrary.MKL, rows, columns);
        plain = new NativeMirror(Math.multiplyExact(rows, columns));
        source = new FloatPointer(plain.twin());
        long bytes = cblas_sgemm_pack_get_size(CblasBMatrix, TYPICAL_ROWS, columns, rows);
        room = new NativeMirror(Math.toIntExact(bytes / Float.BYTES + 1));
        packed = new FloatPointer(room.twin());
    }

    /** The packed matrix; valid while this object lives. */
    FloatPointer packed() {
        return packed;
    }

    @Override
    public void load(float[] from, int at) {
        pack(from, at, CblasNoTrans, columns());
    }

    @Override
    public void loadTransposed(float[] from, int at) {
        pack(from, at, CblasTrans, rows());
    }

    private void pack(float[] from, int at, int op, int rowStride) {
        MKL_Set_Num_Threads_Local(1);
        plain.write(from, at, 0, plain.size());
        cblas_sgemm_pack(
                CblasRowMajor, CblasBMatrix, op, TYPICAL_ROWS, columns(), rows(), 1, source, rowStride, packed);
    }
}
