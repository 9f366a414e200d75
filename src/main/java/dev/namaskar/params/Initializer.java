package dev.namaskar.params;

/**
 * How a slot is first filled. Fans are those of one block: a gate of a recurrent layer is a map of its own.
 *
 * <p>The numbers drawn depend on the slot's shape and the generator's state, nothing else.
 */
public interface Initializer {
    /** Fills the slot. Modified: {@code values[slot.offset() .. slot.end())} and the generator. */
    void fill(float[] values, Slot slot, SplitMix64 random);

    /** The text from which {@link Initializers#named} makes this initializer again; see {@link NamedInitializer}. */
    String spec();
}
