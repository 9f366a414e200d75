package dev.namaskar.labelling.data;

/**
 * A series of channels, such as those of a recording, and the label that it carries.
 *
 * @param values {@code [T,F]}, step after step
 * @param channels F
 * @param label what it is called; empty where that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // a window on the caller's values, never compared
public record ChannelSequence(float[] values, int channels, String label) {
    /**
     * Checks that there are whole steps, at least one.
     *
     * @throws IllegalArgumentException if not
     */
    public ChannelSequence {
        if (channels < 1 || values.length == 0 || values.length % channels != 0) {
            throw new IllegalArgumentException(
                    "expected one step or more of " + channels + " channels, found " + values.length + " values");
        }
    }

    /** T. */
    public int steps() {
        return values.length / channels;
    }
}
