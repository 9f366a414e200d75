package dev.namaskar.params;

/** What a slot of parameters is for: initializers, weight decay and freezing choose by it. */
public enum Role {
    /** Weights from a layer's input, {@code [gates, in, units]}. */
    INPUT,
    /** Weights from the hidden state to itself, {@code [gates, units, units]}. */
    RECURRENT,
    /** Weights of a dense layer, {@code [in, out]}. */
    DENSE,
    /** One row per symbol, {@code [symbols, width]}. */
    EMBEDDING,
    /** A vector added to pre-activations, {@code [gates, 1, units]} or {@code [1, out]}. */
    BIAS,
    /** A vector that multiplies, {@code [1, width]}: of a normalisation, or of a cell's own vectors, {@code [vectors, 1, units]}. */
    GAIN
}
