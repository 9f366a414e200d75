package dev.namaskar.serve.stepping;

import dev.namaskar.decoding.Sampler;
import dev.namaskar.serve.stepping.Texts.OneText;
import org.jspecify.annotations.Nullable;

/** A text that goes on being written, a symbol a step. */
final class Writing {
    /** Steps after which a text makes room where others wait: a fifth of a second of a large network's. */
    private static final int TURN = 128;

    private final OneText text;
    private final Sampler sampler;
    private final Wording wording;
    private final int window;
    private final Row row;
    private int left;
    private int turn;

    /**
     * A text to be written.
     *
     * @param row where it stands so far
     * @param length characters to write, at least 1
     * @param window symbols that are read for the next, 0 for all
     */
    Writing(OneText text, Row row, Sampler sampler, Wording wording, int length, int window) {
        this.text = text;
        this.row = row;
        this.sampler = sampler;
        this.wording = wording;
        this.window = window;
        left = length;
    }

    Row row() {
        return row;
    }

    /** Whether it has been written for so long that others may go before; if so, its next turn begins. */
    boolean turnIsOver() {
        boolean over = turn >= TURN;
        turn = over ? 0 : turn;
        return over;
    }

    boolean cancelled() {
        return text.cancelled();
    }

    OneText text() {
        return text;
    }

    /**
     * Chooses the next symbol by the row's logits.
     *
     * @return whether it is to be read, for the next one; else the text has ended
     */
    boolean advance() {
        turn++;
        return take(wording.choose(row.logits, sampler), row.logits);
    }

    /**
     * Takes a symbol that was chosen.
     *
     * @param logits by which, or null for the first of a text that begins with nothing
     */
    boolean take(int symbol, float @Nullable [] logits) {
        String whole = wording.take(symbol, logits, 0);
        if (whole != null && !write(whole)) {
            return false;
        }
        if (window > 0) {
            row.slide(window, symbol);
        } else {
            row.next(symbol);
        }
        return true;
    }

    /** Of a piece of several characters as many are written as were asked for. */
    private boolean write(String whole) {
        int count = whole.codePointCount(0, whole.length());
        String some = count <= left ? whole : whole.substring(0, whole.offsetByCodePoints(0, left));
        left = Math.max(0, left - count);
        return text.write(some, wording.piece(some), left == 0);
    }
}
