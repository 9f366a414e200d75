package dev.namaskar.kernels;

/** A row-major matrix in native memory. */
final class NativeWeights extends Weights {
    private static final int TILE = 16;

    private final float[] scratch;
    private final NativeMirror mirror;

    NativeWeights(int rows, int columns) {
        super(rows, columns);
        scratch = new float[Math.multiplyExact(rows, columns)];
        mirror = new NativeMirror(scratch);
    }

    NativeMirror mirror() {
        return mirror;
    }

    @Override
    public void load(float[] from, int at) {
        mirror.write(from, at, 0, scratch.length);
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
                scratch[i * columns() + j] = from[at + j * rows() + i];
            }
        }
    }
}
