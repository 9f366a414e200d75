package dev.namaskar.text.corpus;

/**
 * B streams of T steps.
 *
 * @param streams B
 * @param steps T
 */
public record BatchSize(int streams, int steps) {
    static final int USUAL_STEPS = 64;
    /** What is used where nothing is asked for and the text is long enough. */
    public static final BatchSize DEFAULT = new BatchSize(32, USUAL_STEPS);

    /** Checks that both are positive. */
    public BatchSize {
        if (streams < 1) {
            throw new IllegalArgumentException("`batch`: expected >= 1, found " + streams);
        }
        if (steps < 1) {
            throw new IllegalArgumentException("`seq-len`: expected >= 1, found " + steps);
        }
    }

    /** B streams of T steps. */
    public static BatchSize of(int streams, int steps) {
        return new BatchSize(streams, steps);
    }

    /** Symbols that one batch needs: {@code B T + 1}, as the last input has a target too. */
    public long needs() {
        return (long) streams * steps + 1;
    }

    /** Refuses a text of this many symbols if it is shorter than one batch. */
    public void requireFits(long length) {
        if (length < needs()) {
            throw new IllegalArgumentException("the training text is shorter than one batch: expected at least "
                    + needs() + " symbols for `batch` " + streams + " streams of `seq-len` " + steps + " steps, found "
                    + length + "; lower them (left out, they adapt to the text) or give more text");
        }
    }
}
