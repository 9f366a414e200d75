package dev.namaskar.text.corpus;

import dev.namaskar.params.Setting;
import dev.namaskar.symbols.Pieces;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one symbol of a text is to be: a code point, a byte, or a piece of bytes that is learnt from the text, byte pairs
 * or words.
 *
 * @param read what the text is read by
 * @param pieces that are learnt above the bytes, or null
 * @param symbols how many the vocabulary has then, the 256 bytes among them; 0 where there are no pieces
 */
public record TextUnit(Unit read, Pieces.@Nullable Kind pieces, int symbols) {
    /** A code point. */
    public static final TextUnit CODEPOINT = of(Unit.CODEPOINT);

    private static final int USUAL_PAIRS = 512;
    private static final int USUAL_WORDS = 8192;
    private static final int MOST = 1 << 16;

    /** Checks how many there are. */
    public TextUnit {
        Setting.require(
                pieces == null || (symbols > 256 && symbols <= MOST),
                "unit",
                "257 to " + MOST + " symbols, 256 bytes among them",
                symbols);
    }

    /** A code point or a byte. */
    public static TextUnit of(Unit read) {
        return new TextUnit(read, null, 0);
    }

    /**
     * Reads {@code codepoint}, {@code byte}, {@code bpe:512} or {@code word:8192}; the numbers may be left out.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static TextUnit parse(String label) {
        int colon = label.indexOf(':');
        String name = (colon < 0 ? label : label.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
        String number = colon < 0 ? "" : label.substring(colon + 1).strip();
        for (Pieces.Kind kind : Pieces.Kind.values()) {
            if (kind.label().equals(name) && number.matches("[0-9]{0,9}") && (colon < 0 || !number.isEmpty())) {
                int usual = kind == Pieces.Kind.BPE ? USUAL_PAIRS : USUAL_WORDS;
                return new TextUnit(Unit.BYTE, kind, number.isEmpty() ? usual : Integer.parseInt(number));
            }
        }
        for (Unit unit : Unit.values()) {
            if (unit.label().equals(label)) {
                return of(unit);
            }
        }
        throw new IllegalArgumentException(
                "expected a unit codepoint, byte, bpe:512 (so many symbols) or word:8192, found " + label);
    }

    /** What a vocabulary's symbols are. */
    public static String label(Vocabulary vocabulary) {
        return vocabulary.unitLabel() + (vocabulary.pieces() == null ? "" : ":" + vocabulary.size());
    }

    /** Whether a vocabulary's symbols are this; fewer pieces than were asked for may have been found. */
    public boolean fits(Vocabulary vocabulary) {
        Pieces own = vocabulary.pieces();
        return read == vocabulary.unit()
                && pieces == (own == null ? null : own.kind())
                && (pieces == null || symbols >= vocabulary.size());
    }

    /** The symbols of a corpus whose last part is held out. */
    public Vocabulary of(Corpus corpus, double valFraction) throws IOException {
        return pieces == null ? corpus.vocabulary() : corpus.learn(pieces, symbols, corpus.cut(valFraction));
    }

    /** The label that {@link #parse} reads. */
    public String label() {
        return pieces == null ? read.label() : pieces.label() + ":" + symbols;
    }
}
