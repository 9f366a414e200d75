package dev.namaskar.net;

import org.jspecify.annotations.Nullable;

/**
 * A batch of input sequences, time-major: token ids {@code [T,B]} or values {@code [T,B,F]}.
 *
 * @param steps T
 * @param batch B
 * @param tokens ids, or null for values
 * @param values numbers, or null for token ids
 * @param lengths real steps of each row, 0 to T, or null where all have T; steps beyond are padding: whatever stands there,
 *     not-a-number or an id that does not exist, is not looked at
 */
@SuppressWarnings("ArrayRecordComponent") // a window on the caller's arrays, never compared
public record Sequences(
        int steps, int batch, int @Nullable [] tokens, float @Nullable [] values, int @Nullable [] lengths) {
    /** Checks that shapes agree. */
    public Sequences {
        if ((tokens == null) == (values == null)) {
            throw new IllegalArgumentException("expected either token ids or values");
        }
        if (steps < 0 || batch < 1) {
            throw new IllegalArgumentException(
                    "expected at least 0 steps of at least 1 row, found [T=" + steps + ",B=" + batch + "]");
        }
        if (tokens != null && tokens.length < (long) steps * batch) {
            throw new IllegalArgumentException(
                    "expected [T=" + steps + ",B=" + batch + "] token ids, found " + tokens.length);
        }
        checkLengths(steps, batch, lengths);
    }

    /** Lengths may have been written anew since this was made. */
    void checkLengths() {
        checkLengths(steps, batch, lengths);
    }

    private static void checkLengths(int steps, int batch, int @Nullable [] lengths) {
        if (lengths == null) {
            return;
        }
        if (lengths.length != batch) {
            throw new IllegalArgumentException("expected " + batch + " lengths, found " + lengths.length);
        }
        for (int b = 0; b < batch; b++) {
            if (lengths[b] < 0 || lengths[b] > steps) {
                throw new IllegalArgumentException(
                        "expected lengths of 0 to " + steps + ", found " + lengths[b] + " in row " + b);
            }
        }
    }

    /** Token ids {@code [T,B]}. */
    public static Sequences ofTokens(int steps, int batch, int... tokens) {
        return new Sequences(steps, batch, tokens, null, null);
    }

    /** Values {@code [T,B,F]}. */
    public static Sequences ofValues(int steps, int batch, float... values) {
        return new Sequences(steps, batch, null, values, null);
    }

    /** The same with the rows' real lengths. */
    public Sequences withLengths(int... newLengths) {
        return new Sequences(steps, batch, tokens, values, newLengths);
    }
}
