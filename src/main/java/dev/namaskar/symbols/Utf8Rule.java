package dev.namaskar.symbols;

import java.util.Locale;

/**
 * Which byte may come next in well-formed UTF-8, after Unicode's table 3-7. With it a network that writes bytes cannot
 * write half a character.
 */
public final class Utf8Rule {
    private int left;
    private int low;
    private int high;
    private int codePoint;

    /** Whether this byte of well-formed UTF-8 is not a continuation. */
    public static boolean startsCharacter(int value) {
        return (value & 0xC0) != 0x80;
    }

    /** Whether the bytes so far are whole characters. */
    public boolean atBoundary() {
        return left == 0;
    }

    /** Whether this byte may come next. */
    boolean allows(int value) {
        if (left > 0) {
            return value >= low && value <= high;
        }
        return value < 0x80 || (value >= 0xC2 && value <= 0xF4);
    }

    /** Whether these bytes may come next, one after the other. */
    boolean allows(byte[] bytes) {
        if (bytes.length == 1) {
            return allows(bytes[0] & 0xff);
        }
        Utf8Rule ahead = new Utf8Rule();
        ahead.left = left;
        ahead.low = low;
        ahead.high = high;
        for (byte b : bytes) {
            if (!ahead.allows(b & 0xff)) {
                return false;
            }
            ahead.accept(b & 0xff);
        }
        return true;
    }

    /** Takes the next byte, which must be allowed. */
    public void accept(int value) {
        if (!allows(value)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "expected a byte that continues UTF-8, found 0x%02X", value));
        }
        if (left > 0) {
            left--;
            codePoint = codePoint << 6 | (value & 0x3F);
            low = 0x80;
            high = 0xBF;
            return;
        }
        left = value < 0x80 ? 0 : value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        codePoint = left == 0 ? value : value & (0x3F >> left);
        low = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
        high = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
    }

    /** Takes bytes, and gives the characters that they complete. */
    public String follow(byte[] bytes) {
        StringBuilder whole = new StringBuilder();
        for (byte one : bytes) {
            accept(one & 0xff);
            if (atBoundary()) {
                whole.appendCodePoint(codePoint());
            }
        }
        return whole.toString();
    }

    /** The last whole character. */
    public int codePoint() {
        return codePoint;
    }

    /** Shuts out, by minus infinity, every byte, or piece of bytes, that may not come next. */
    public void mask(float[] logits, Vocabulary vocabulary) {
        for (int index = 0; index < logits.length; index++) {
            if (!(index < Pieces.BYTES ? allows(index) : allows(vocabulary.bytes(index)))) {
                logits[index] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
