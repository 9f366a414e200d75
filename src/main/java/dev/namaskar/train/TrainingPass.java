package dev.namaskar.train;

import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.train.batch.Batch;

/** A {@link Trainable} at work in one thread, on one batch or shard after the other: forward, then backward. */
public interface TrainingPass {
    /**
     * Runs the model over a batch.
     *
     * @param initial the carried state before the first step; not modified unless it is also {@code end}
     * @param end written: the carried state after each row's last real step
     * @param training whether dropout is on
     * @param dropoutKey what dropout masks are drawn from: another key, other masks
     * @param firstRow where this batch's first row stands in a larger batch that was cut into shards; masks depend on a
     *     row's place in the larger batch
     * @return the output that an {@link Objective} is about, valid until the next call; the objective writes the gradient
     *     of the loss into {@link Frames#gradients()}
     */
    Frames forward(Batch batch, State initial, State end, boolean training, long dropoutKey, int firstRow);

    /**
     * Goes back through the last forward, from the gradients of the output to those of all parameters.
     *
     * @return the gradient, laid out as the parameters are; valid until the next call
     */
    float[] backward();

    /** Asks backward for the gradients of what the model reads too, as a gradient check does. */
    default void wantInputGradients() {}

    /** After {@link #backward}, where asked for: the gradient of {@link Batch#values}; empty where the model gives none. */
    default float[] inputGradient() {
        return new float[0];
    }

    /** The same of the values of {@link Batch#source}. */
    default float[] sourceGradient() {
        return new float[0];
    }

    /** The same of the initial state; modified by the next call. */
    default State initialStateGradient() {
        return new State(new dev.namaskar.net.layers.StateLayout(), 0);
    }
}
