package dev.namaskar.decoding;

/**
 * What a network says of one row's frames: log probabilities of its symbols, frame t's from {@code at + t * stride} on.
 *
 * @param values the numbers, shared, not copied; in a batch {@code [T,B,V]} row b has {@code at = b V}, {@code stride = B V}
 * @param at index of frame 0's first value
 * @param stride from frame to frame
 * @param frames T
 * @param symbols V
 */
public record FrameScores(float[] values, int at, int stride, int frames, int symbols) {
    /** Checks that all frames are there. */
    public FrameScores {
        if (frames < 0 || symbols < 1 || (frames > 0 && at + (long) (frames - 1) * stride + symbols > values.length)) {
            throw new IllegalArgumentException("expected " + frames + " frames of " + symbols + " values from " + at
                    + " on, found " + values.length + " values");
        }
    }

    /** Frames that stand one after the other. */
    public static FrameScores of(float[] values, int symbols) {
        return new FrameScores(values, 0, symbols, values.length / symbols, symbols);
    }

    /** The log probability of a symbol in frame t. */
    public double log(int t, int symbol) {
        return values[at + t * stride + symbol];
    }
}
