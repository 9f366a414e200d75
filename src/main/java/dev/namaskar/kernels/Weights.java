package dev.namaskar.kernels;

/**
 * The right-hand matrix {@code [rows, columns]} of many products, laid out once per update as its library likes it.
 */
public abstract sealed class Weights permits JavaWeights, MklWeights, NativeWeights, OneDnnWeights {
    private final GemmLibrary library;
    private final int rows;
    private final int columns;

    Weights(GemmLibrary library, int rows, int columns) {
        this.library = library;
        this.rows = rows;
        this.columns = columns;
    }

    /** The library that multiplies by them. */
    final GemmLibrary library() {
        return library;
    }

    /** Rows: the width of what is multiplied. */
    public final int rows() {
        return rows;
    }

    /** Columns: the width of the product. */
    public final int columns() {
        return columns;
    }

    /** Takes over a row-major matrix {@code [rows, columns]}. */
    public abstract void load(float[] from, int at);

    /** Takes over the transpose of a row-major matrix {@code [columns, rows]}. */
    public abstract void loadTransposed(float[] from, int at);
}
