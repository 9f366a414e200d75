package dev.namaskar.cells;

/**
 * One step of a recurrent layer as a {@link Cell} sees it. All arrays are {@code [B,H]} and indexed alike: entry j of
 * every array, also of the step before, belongs to the same row and unit.
 *
 * <p>A gate's array has three lives: pre-activation (before {@link Cell#forward}), activation (after it), gradient of
 * the pre-activation (after {@link Cell#backward}). So a layer needs little more memory than its activations.
 */
public final class Step {
    /** Per gate, {@code x W_ih + b_ih} and, but for a {@linkplain Cell#candidateApart() candidate apart}, {@code + h W_hh + b_hh}. */
    public final float[][] gates;

    /** The candidate's {@code h W_hh + b_hh} where it is kept apart (GRU); afterwards its gradient. Else empty. */
    public final float[] candidate;

    /** Hidden state {@code h_t}: the output. */
    public final float[] h;

    /** The carry {@code c_t} (LSTM), or what else {@linkplain Cell#carried() is carried}, {@code [parts, B * H]}. Else empty. */
    public final float[] c;

    /** What forward keeps for backward beside the gates: {@code tanh c_t} (LSTM). Empty where it {@linkplain Cell#keepsTape() keeps nothing}. */
    public final float[] tape;

    /** What {@link Cell#prepare} made of the cell's own vectors, each repeated for every row; the same at every step. */
    public final float[][] vectors;

    /** Room for {@code size = B * H} values in each array that the cell has, but for vectors. */
    public Step(Cell cell, int size) {
        this(cell, size, new float[0][]);
    }

    /** The same with vectors, shared by all steps. */
    public Step(Cell cell, int size, float[][] vectors) {
        this.vectors = vectors;
        gates = new float[cell.gates()][size];
        candidate = new float[cell.candidateApart() ? size : 0];
        h = new float[size];
        c = new float[cell.carried().size() * size];
        tape = new float[cell.keepsTape() ? size : 0];
    }

    /** What the cell carries over to the next step beside the matrix products: {@code c_t} (LSTM) or {@code h_t} (GRU). */
    public float[] carried(Cell cell) {
        return cell.hasCarry() ? c : h;
    }
}
