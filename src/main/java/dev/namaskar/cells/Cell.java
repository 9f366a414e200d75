package dev.namaskar.cells;

import dev.namaskar.params.SplitMix64;
import java.util.List;

/**
 * One step of a recurrent cell's gates and its derivative: no matrix product, no time. The products that feed the
 * gates and the loop over steps are {@code net.recurrent.Recurrent}'s; here stand only the equations, element by element.
 *
 * <p>A cell holds nothing but its settings and is shared by all threads. One's own is a record of settings, or a class
 * without any, with a public constructor without arguments too; to be found by name, as where a model is read back, it
 * is named in {@code META-INF/services/dev.namaskar.cells.Cell} on the class path.
 */
public interface Cell {
    /** The name by which specifications and the command line know the cell, in small letters: {@code gru}. */
    String name();

    /** Number of gates G: weights are {@code [G, in, H]}. */
    int gates();

    /** How many past hidden states a step sees, k: {@code h_{t-1} .. h_{t-k}}. */
    default int order() {
        return 1;
    }

    /**
     * Whether the gates see {@code h_{t-1}} through recurrent weights. A cell without says no and sees what it {@linkplain
     * #carries() carries} alone: then there are no recurrent weights, and no matrix product is left in the loop over time.
     */
    default boolean hiddenProducts() {
        return true;
    }

    /** Number of learned vectors {@code [H]} that the cell reads element by element: {@link Step#vectors}. */
    default int vectors() {
        return 0;
    }

    /** Draws one of the {@link #vectors} of a fresh network: modifies {@code values[at .. at + hidden)} and the generator. */
    default void initialize(int vector, float[] values, int at, int hidden, SplitMix64 random) {
        double limit = 1 / Math.sqrt(hidden);
        for (int j = at; j < at + hidden; j++) {
            values[j] = (float) (limit * (2 * random.nextDouble() - 1));
        }
    }

    /**
     * What steps read in place of the learned vectors where that is some function of them, computed once an update.
     *
     * @param learned {@code [vectors, H]}, not to be changed
     */
    default float[][] prepare(float[][] learned) {
        return learned;
    }

    /** Whether forward leaves something on the tape for backward: {@link Step#tape}. */
    default boolean keepsTape() {
        return hasCarry();
    }

    /**
     * The names of the states beside h, which stand one after the other in {@link Step#c}: of the LSTM its carry, {@code
     * c}. The first is c wherever there is one.
     */
    default List<String> carried() {
        return List.of();
    }

    /** Whether there is a state beside h. */
    default boolean hasCarry() {
        return !carried().isEmpty();
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
     * the pre-activations in the gates' place (and in {@code candidate}) and what flows on along the carry; adds to the
     * gradients of vectors; may overwrite {@code dh}. Where nothing flows back, as at padding, it writes zeros.
     */
    void backward(Step before, Step now, Backflow flow, int size);
}
