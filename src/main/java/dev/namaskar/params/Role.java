package dev.namaskar.params;

/** What a slot of parameters is for: initializers, weight decay and freezing choose by it. */
public enum Role {
    /** Weights from a layer's input, {@code [in, blocks * units]}. */
    INPUT,
    /** Weights from the hidden state to itself, {@code [units, blocks * units]}. */
    RECURRENT,
    /** Weights of a dense layer, {@code [in, out]}. */
    DENSE,
    /** One row per symbol, {@code [symbols, width]}. */
    EMBEDDING,
    /** A vector added to pre-activations, {@code [1, width]}. */
    BIAS
}
