package dev.namaskar.cells;

/**
 * The arrays of one recurrent layer unrolled over time, as a {@link Cell} sees them. All are time-major
 * {@code [lead + T, B, H]} and indexed alike: entry j of every array belongs to the same step, row and unit. The
 * first {@code lead} steps hold what came before the sequence.
 *
 * <p>A gate's array has three lives: pre-activation (before {@link Cell#forward}), activation (after it), gradient of
 * the pre-activation (after {@link Cell#backward}). So a layer needs little more memory than its activations.
 */
public final class Unrolled {
    /** Per gate, {@code x W_ih + b_ih} and, but for a {@linkplain Cell#candidateApart() candidate apart}, {@code + h W_hh + b_hh}. */
    public final float[][] gates;

    /** The candidate's {@code h W_hh + b_hh} where it is kept apart (GRU); afterwards its gradient. Else empty. */
    public final float[] candidate;

    /** Hidden state {@code h_t}: the output. */
    public final float[] h;

    /** The carry {@code c_t} (LSTM). Else empty. */
    public final float[] c;

    /** What the cell carries over, one step late: {@code c_{t-1}} (LSTM) or {@code h_{t-1}} (GRU). Else empty. */
    public final float[] previous;

    /** What forward keeps for backward beside the gates: {@code tanh c_t} (LSTM). Else empty. */
    public final float[] tape;

    /** Gradient of the loss with respect to {@code h_t}, through the output and the recurrent products. */
    public final float[] dh;

    /** Gradient that flows along the carry into step t: of {@code c_t} (LSTM), the direct part of {@code h_t} (GRU). */
    public final float[] dCarry;

    /** Gradient that flows along the carry out of step t, of {@code previous}; written by backward. */
    public final float[] dPrevious;

    /** Room for {@code steps} steps (lead included) of {@code stepSize = B * H} values each, for a cell's needs. */
    public Unrolled(Cell cell, int size) {
        gates = new float[cell.gates()][size];
        candidate = new float[cell.candidateApart() ? size : 0];
        h = new float[size];
        c = new float[cell.hasCarry() ? size : 0];
        boolean carries = cell.carries();
        previous = new float[carries ? size : 0];
        tape = new float[cell.hasCarry() ? size : 0];
        dh = new float[size];
        dCarry = new float[carries ? size : 0];
        dPrevious = new float[carries ? size : 0];
    }
}
