package dev.namaskar.cells;

/**
 * One step of a recurrent cell's gates and its derivative: no matrix product, no time. The products that feed the
 * gates and the loop over steps are {@code net.Recurrent}'s; here stand only the equations, element by element.
 */
public interface Cell {
    /** The name by which specifications and the command line know the cell: {@code rnn}, {@code gru}, {@code lstm}. */
    String name();

    /** Number of gates G: weights are {@code [G, in, H]}. */
    int gates();

    /** How many past hidden states a step sees, k: {@code h_{t-1} .. h_{t-k}}. */
    default int order() {
        return 1;
    }

    /** Whether there is a second state beside h: the LSTM's carry c. */
    default boolean hasCarry() {
        return false;
    }

    /** Whether the last gate, the candidate, needs its hidden product apart from its input product (GRU). */
    default boolean candidateApart() {
        return false;
    }

    /** Whether something flows from step to step beside the matrix products: {@link Backflow#dCarry} is in use. */
    default boolean carries() {
        return hasCarry();
    }

    /** The forget gate's index where there is one whose bias a fresh network sets, else -1. */
    default int forgetGate() {
        return -1;
    }

    /**
     * One step forward, for the first {@code size = B * H} entries: reads pre-activations and the step before, writes
     * activations in their place, {@code h} and, where there is one, {@code c} and {@code tape}.
     */
    void forward(Step before, Step now, int size);

    /**
     * The derivative of {@link #forward}: reads activations and what flows back into this step, writes the gradients of
     * the pre-activations in the gates' place (and in {@code candidate}) and what flows on along the carry; overwrites
     * {@code dh}.
     */
    void backward(Step before, Step now, Backflow flow, int size);
}
