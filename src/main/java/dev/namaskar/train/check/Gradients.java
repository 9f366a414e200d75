package dev.namaskar.train.check;

import dev.namaskar.net.layers.State;

/**
 * The gradient of a loss with respect to everything that a network computes from.
 *
 * @param params laid out as the parameters are
 * @param input {@code [T,B,F]}; empty where the input is token ids
 * @param initial of the state before the first step
 */
@SuppressWarnings("ArrayRecordComponent") // results to be looked at, never compared
public record Gradients(float[] params, float[] input, State initial) {}
