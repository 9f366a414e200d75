package dev.namaskar.kernels;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A row-major matrix in native memory. Its rows stand an odd number of cache lines apart: rows of 512 values right behind
 * one another would all fall into the same few sets of the cache, which costs AVX2 kernels nearly half of their speed
 * (measured: 134 and 220 GFLOP/s at 32x512x512).
 */
final class NativeWeights extends Weights {
    private static final int TILE = 16;

    private final int stride;
    private final float[] scratch;
    private final NativeMirror mirror;
    private final FloatPointer values;

    NativeWeights(GemmLibrary library, int rows, int columns) {
        super(library, rows, columns);
        stride = NativeMirror.apart(columns);
        scratch = new float[Math.multiplyExact(rows, stride)];
        mirror = new NativeMirror(scratch);
        values = new FloatPointer(mirror.twin());
    }

    /** The matrix; valid while this object lives. */
    FloatPointer values() {
        return values;
    }

    /** Values from row to row. */
    int stride() {
        return stride;
    }

    @Override
    public void load(float[] from, int at) {
        for (int i = 0; i < rows(); i++) {
            mirror.write(from, at + i * columns(), i * stride, columns());
        }
    }

    @Override
    public void loadTransposed(float[] from, int at) {
        for (int i0 = 0; i0 < rows(); i0 += TILE) {
            int iEnd = Math.min(i0 + TILE, rows());
            for (int j0 = 0; j0 < columns(); j0 += TILE) {
                transposeTile(from, at, i0, iEnd, j0, Math.min(j0 + TILE, columns()));
            }
        }
        mirror.push(0, scratch.length);
    }

    private void transposeTile(float[] from, int at, int i0, int iEnd, int j0, int jEnd) {
        for (int i = i0; i < iEnd; i++) {
            for (int j = j0; j < jEnd; j++) {
                scratch[i * stride + j] = from[at + j * rows() + i];
            }
        }
    }
}
