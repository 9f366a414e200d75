package dev.namaskar.text;

import java.util.Arrays;

/**
 * A text read as words: where each starts, a word being what stands between blanks. The text is a ring, so that a span
 * from any word has any length; a text of several lines that does not end in a line feed gets one where the ring closes.
 */
final class WordStarts {
    private final int[] ring;
    private final int[] starts;
    private final int longestLine;

    private WordStarts(int[] ring, int[] starts, int longestLine) {
        this.ring = ring;
        this.starts = starts;
        this.longestLine = longestLine;
    }

    static WordStarts of(Tokens tokens, Vocabulary vocabulary) {
        if (tokens.length() > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("expected a list of words of at most " + (Integer.MAX_VALUE - 16)
                    + " symbols, found " + tokens.length() + "; read it with --read stream");
        }
        int n = (int) tokens.length();
        int[] ring = new int[n + 1];
        tokens.read(0, ring, 0, n);
        int lineFeed = vocabulary.indexOf('\n');
        boolean lines = Arrays.stream(ring, 0, n).anyMatch(s -> s == lineFeed);
        if (lines && ring[n - 1] != lineFeed) {
            ring[n] = lineFeed;
        } else {
            ring = Arrays.copyOf(ring, n);
        }
        int[] starts = new int[ring.length];
        int count = 0;
        int longest = 0;
        int lineStart = 0;
        boolean inWord = false;
        for (int i = 0; i < ring.length; i++) {
            boolean blank = isBlank(vocabulary.symbol(ring[i]), vocabulary.unit());
            if (!blank && !inWord) {
                starts[count++] = i;
            }
            inWord = !blank;
            longest = Math.max(longest, i + 1 - lineStart);
            if (ring[i] == lineFeed) {
                lineStart = i + 1;
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("expected words, found " + n + " blanks and nothing else");
        }
        return new WordStarts(ring, Arrays.copyOf(starts, count), longest);
    }

    /** White space of any kind; of bytes, ASCII's. */
    static boolean isBlank(int symbol, Unit unit) {
        return (unit == Unit.CODEPOINT || symbol < 0x80)
                && (Character.isWhitespace(symbol) || Character.isSpaceChar(symbol));
    }

    int count() {
        return starts.length;
    }

    /** Symbols of the longest line, its line feed included. */
    int longestLine() {
        return longestLine;
    }

    /** Reads {@code n} symbols from the start of a word, round the ring. */
    void read(int word, int[] dst, int n) {
        for (int i = 0, at = starts[word]; i < n; i++) {
            dst[i] = ring[at];
            at = at + 1 == ring.length ? 0 : at + 1;
        }
    }
}
