package dev.namaskar.text;

import dev.namaskar.decoding.Sampler;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Utf8Rule;
import dev.namaskar.symbols.Vocabulary;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * A text in the middle of being read or written by a model: the network's state after it, and what may come next. Any
 * number may be open at once over one model; each belongs to one thread.
 */
public final class OpenText {
    private static final int CHUNK = 256;

    private static final int[] NONE = {};

    private final Vocabulary vocabulary;
    private final Pass pass;
    /** The last symbols that are read for the next, where they are bounded. */
    private final int window;

    private int[] read = NONE;
    private final State zero;
    private State state;
    private final float[] logits;
    private final float[] choice;
    private final int[] one = new int[1];
    private final Utf8Rule rule = new Utf8Rule();
    /** Characters of a piece that was chosen and are still to be returned. */
    private final Queue<Integer> written = new ArrayDeque<>();

    private boolean started;

    OpenText(Vocabulary vocabulary, Pass pass, State state, int window) {
        this.vocabulary = vocabulary;
        this.pass = pass;
        this.state = state;
        zero = state.copy();
        this.window = window;
        logits = new float[vocabulary.size()];
        choice = new float[vocabulary.size()];
    }

    /** Reads a text of any length. */
    public void read(String text, UnknownPolicy policy) {
        read(vocabulary.encode(text, policy));
    }

    /** Reads symbols by their indices. */
    public void read(int... indices) {
        if (vocabulary.unit() == Unit.BYTE) {
            for (int index : indices) {
                accept(index);
            }
            written.clear();
        }
        take(indices);
    }

    /** Follows the bytes of a symbol; the characters that they end are written once somebody asks for them. */
    private void accept(int index) {
        for (byte b : vocabulary.bytes(index)) {
            rule.accept(b & 0xff);
            if (rule.atBoundary()) {
                written.add(rule.codePoint());
            }
        }
    }

    private void take(int... indices) {
        if (window > 0 && indices.length > 0) {
            slide(indices);
            return;
        }
        for (int from = 0; from < indices.length; from += CHUNK) {
            int n = Math.min(CHUNK, indices.length - from);
            step(Arrays.copyOfRange(indices, from, from + n), n);
        }
    }

    /** Reads the last symbols there are, old and new, from a zero state. */
    private void slide(int[] indices) {
        int kept = Math.max(0, Math.min(read.length, window - indices.length));
        int fresh = Math.min(window, indices.length);
        int[] all = Arrays.copyOfRange(read, read.length - kept, read.length + fresh);
        System.arraycopy(indices, indices.length - fresh, all, kept, fresh);
        read = all;
        state = zero.copy();
        step(all, all.length);
    }

    private void step(int[] indices, int n) {
        Frames out = pass.predict(Sequences.ofTokens(n, 1, indices), state);
        int width = vocabulary.size();
        System.arraycopy(out.values(), out.at() + (out.steps() - 1) * width, logits, 0, width);
        started = true;
    }

    /** Whether anything was read yet; before that nothing is known of what may come. */
    public boolean started() {
        return started;
    }

    /**
     * Unnormalised log probabilities of the next symbol: a copy.
     *
     * @throws IllegalStateException if nothing was read yet
     */
    public float[] logits() {
        requireStarted();
        return logits.clone();
    }

    /** The state after what was read: a copy. */
    public State state() {
        return state.copy();
    }

    /**
     * Chooses the next character, reads it and returns it. In a model of bytes a character is as many symbols as it has
     * bytes, chosen among those that keep the text well-formed; of a piece of several characters the first is returned and
     * the others are what the next calls return, while the state is behind the whole piece.
     *
     * @return a code point
     * @throws IllegalStateException if nothing was read yet
     */
    public int write(Sampler sampler) {
        requireStarted();
        if (vocabulary.unit() == Unit.CODEPOINT) {
            int index = sampler.sample(copyOfLogits());
            readOne(index);
            return vocabulary.symbol(index);
        }
        while (written.isEmpty()) {
            float[] allowed = copyOfLogits();
            rule.mask(allowed, vocabulary);
            int index = sampler.sample(allowed);
            accept(index);
            readOne(index);
        }
        return written.remove();
    }

    private float[] copyOfLogits() {
        System.arraycopy(logits, 0, choice, 0, logits.length);
        for (int index = 0; index < choice.length; index++) {
            if (vocabulary.isMark(index)) {
                choice[index] = Float.NEGATIVE_INFINITY; // it stands for no character
            }
        }
        return choice;
    }

    private void readOne(int index) {
        one[0] = index;
        take(one);
    }

    private void requireStarted() {
        if (!started) {
            throw new IllegalStateException("expected a text to go on from, nothing was read yet");
        }
    }
}
