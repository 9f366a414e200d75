package dev.namaskar.train.check;

import dev.namaskar.net.layers.State;

/**
 * The gradient of a loss with respect to everything that a model computes from.
 *
 * @param params laid out as the parameters are
 * @param input as the batch's values are; empty where the model gives no such gradient, as for token ids
 * @param source as the values of the batch's source are; empty where there are none
 * @param initial of the state before the first step
 */
@SuppressWarnings("ArrayRecordComponent") // results to be looked at, never compared
public record Gradients(float[] params, float[] input, float[] source, State initial) {
    /** Of a model that reads nothing beside its input. */
    public Gradients(float[] params, float[] input, State initial) {
        this(params, input, new float[0], initial);
    }
}
