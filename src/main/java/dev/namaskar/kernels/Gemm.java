package dev.namaskar.kernels;

/**
 * Single-precision matrix products: the one door to native libraries.
 *
 * <p>An instance belongs to one thread and works on one core; a batch is spread over threads by giving each its own.
 * Mirrors and weights may be shared between instances of the same {@link GemmChoice}.
 */
public abstract sealed class Gemm permits JavaGemm, MixedGemm, NativeGemm {
    /** The libraries behind this instance. */
    public abstract GemmChoice choice();

    /** A mirror of this array that this library's products can read and write. The array is shared, not copied. */
    public abstract Mirror mirror(float[] heap);

    /** A mirror of so many zeros, whose heap array, where it is not the twin itself, is made when first asked for. */
    public abstract Mirror mirror(int size);

    /** A right-hand matrix {@code [rows, columns]} for this library's products, still to be loaded. */
    public abstract Weights weights(int rows, int columns);

    /** The same for products of few rows, one after the other, as each step of a recurrent layer has them. */
    public Weights stepWeights(int rows, int columns) {
        return weights(rows, columns);
    }

    /**
     * {@code C = A W + beta C}, row-major, A being {@code [m, w.rows]} and C {@code [m, w.columns]}; reads and writes
     * the mirrors' twins.
     *
     * @param aAt index of A's first value in its mirror; so for C
     * @param beta 0 to overwrite C, 1 to add to it
     */
    public abstract void multiply(int m, Mirror a, int aAt, Weights w, float beta, Mirror c, int cAt);

    /**
     * {@code C = A' B + beta C}, row-major, A being {@code [k, m]}, B {@code [k, n]} and C {@code [m, n]}: how weights
     * get their gradients. Reads and writes the mirrors' twins.
     *
     * @param beta 0 to overwrite C, 1 to add to it
     */
    public abstract void multiplyTransposed(
            int m, int n, int k, Mirror a, int aAt, Mirror b, int bAt, float beta, Mirror c, int cAt);
}
