package dev.namaskar.serve.stepping;

import dev.namaskar.net.layers.State;
import java.util.Arrays;

/** One text among those that step together: the network's state after it, what may come next, what it reads now. */
final class Row {
    private static final int[] NONE = {};

    final State state;
    final float[] logits;
    /** The last symbols that were read, where only so many are read for the next. */
    private int[] recent = NONE;

    private int[] reads = NONE;

    /**
     * A text that stands here.
     *
     * @param state of one row; the row's own from now on
     * @param symbols of the vocabulary
     */
    Row(State state, int symbols) {
        this.state = state;
        logits = new float[symbols];
    }

    /** The same text once more, to be gone on with in another way. */
    Row fork() {
        Row other = new Row(state.copy(), logits.length);
        System.arraycopy(logits, 0, other.logits, 0, logits.length);
        other.recent = recent;
        return other;
    }

    /** Says which symbols are read in the next step; at least one. */
    void next(int... symbols) {
        reads = symbols;
    }

    /** The same, read from a zero state after the last ones of a window. */
    void slide(int window, int... symbols) {
        int kept = Math.max(0, Math.min(recent.length, window - symbols.length));
        int fresh = Math.min(window, symbols.length);
        int[] all = Arrays.copyOfRange(recent, recent.length - kept, recent.length + fresh);
        System.arraycopy(symbols, symbols.length - fresh, all, kept, fresh);
        recent = all;
        reads = all;
        state.clear();
    }

    int[] reads() {
        return reads;
    }
}
