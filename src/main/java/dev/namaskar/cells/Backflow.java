package dev.namaskar.cells;

/** What flows back through time into a step of a {@link Cell}, {@code [B,H]} each and indexed as a {@link Step} is. */
public final class Backflow {
    /** Gradient of the loss with respect to {@code h_t}, through the output and the recurrent products. */
    public final float[] dh;

    /**
     * Gradient that flows along what the cell {@linkplain Cell#carries() carries}, empty where it carries nothing:
     * before {@link Cell#backward} of {@code c_t} (LSTM), in all its parts, or the direct part of {@code h_t} (GRU), after
     * it the same of step t-1.
     */
    public final float[] dCarry;

    /** Gradients of the {@linkplain Cell#vectors() learned vectors}, {@code [vectors, B * H]}, to be added to at each step. */
    public final float[][] dVectors;

    /** Zeros for {@code size = B * H} values. */
    public Backflow(Cell cell, int size) {
        dh = new float[size];
        dCarry = new float[cell.carries() ? Math.max(1, cell.carried().size()) * size : 0];
        dVectors = new float[cell.vectors()][size];
    }
}
