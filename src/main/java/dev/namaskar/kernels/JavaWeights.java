package dev.namaskar.kernels;

/** A matrix as an array a row: loops that index all their arrays alike are the ones that C2 vectorises. */
final class JavaWeights extends Weights {
    private final float[][] byRow;

    JavaWeights(int rows, int columns) {
        super(GemmLibrary.JAVA, rows, columns);
        byRow = new float[rows][columns];
    }

    float[] row(int index) {
        return byRow[index];
    }

    @Override
    public void load(float[] from, int at) {
        for (int i = 0; i < rows(); i++) {
            System.arraycopy(from, at + i * columns(), byRow[i], 0, columns());
        }
    }

    @Override
    public void loadTransposed(float[] from, int at) {
        for (int i = 0; i < rows(); i++) {
            float[] row = byRow[i];
            for (int j = 0; j < columns(); j++) {
                row[j] = from[at + j * rows() + i];
            }
        }
    }
}
