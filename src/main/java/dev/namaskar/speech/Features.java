package dev.namaskar.speech;

/**
 * What a network reads of a recording.
 *
 * @param values frame after frame, {@code [T, width]}; not copied
 * @param width values of a frame
 */
@SuppressWarnings("ArrayRecordComponent") // a table to be read, never compared
public record Features(float[] values, int width) {
    /** Checks that all frames are whole. */
    public Features {
        if (width < 1 || values.length % width != 0) {
            throw new IllegalArgumentException(
                    "expected whole frames of " + width + " values, found " + values.length + " values");
        }
    }

    /** T. */
    public int frames() {
        return values.length / width;
    }
}
