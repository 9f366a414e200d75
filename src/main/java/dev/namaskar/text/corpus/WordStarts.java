package dev.namaskar.text.corpus;

import dev.namaskar.params.SplitMix64;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A text read as a list of words: where words and lines start, a word being what stands between blanks. A list has no
 * order, so after a line comes any other; a text of one line is a ring.
 */
final class WordStarts {
    private final int[] text;
    private final int lineFeed;
    private final int[] words;
    private final int[] lines;
    private final int longestLine;
    private final int longestReach;

    private WordStarts(int[] text, int lineFeed, int[] words, int[] lines, int longestLine, int longestReach) {
        this.text = text;
        this.lineFeed = lineFeed;
        this.words = words;
        this.lines = lines;
        this.longestLine = longestLine;
        this.longestReach = longestReach;
    }

    /**
     * Finds the words of a text, to which a last line feed is added if it has several lines and lacks it.
     *
     * @throws IllegalArgumentException if there is no word, or too much text for memory
     */
    static WordStarts of(Tokens tokens, Vocabulary vocabulary) {
        if (tokens.length() > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("expected a list of words of at most " + (Integer.MAX_VALUE - 16)
                    + " symbols, found " + tokens.length() + "; `read` stream reads it all the same");
        }
        int lineFeed = vocabulary.indexOf('\n');
        int[] text = withLastLineEnd(tokens, lineFeed);
        int[] words = new int[text.length];
        int[] lines = new int[text.length];
        int wordCount = 0;
        int lineCount = 0;
        int longest = 0;
        int lineStart = 0;
        boolean inWord = false;
        boolean inLine = false;
        int reach = 0;
        for (int i = 0; i < text.length; i++) {
            boolean blank = isBlank(vocabulary.symbol(text[i]), vocabulary.unit());
            if (!blank && !inWord) {
                reach = inLine ? Math.max(reach, i - words[wordCount - 1]) : reach;
                words[wordCount++] = i;
            }
            if (!blank && !inLine) {
                lines[lineCount++] = lineStart;
                inLine = true;
            }
            inWord = !blank;
            longest = Math.max(longest, i + 1 - lineStart);
            if (inLine && (text[i] == lineFeed || i + 1 == text.length)) {
                reach = Math.max(reach, i - words[wordCount - 1]);
            }
            if (text[i] == lineFeed) {
                lineStart = i + 1;
                inLine = false;
            }
        }
        if (wordCount == 0) {
            throw new IllegalArgumentException("expected words, found " + tokens.length() + " blanks and nothing else");
        }
        return new WordStarts(
                text, lineFeed, Arrays.copyOf(words, wordCount), Arrays.copyOf(lines, lineCount), longest, reach);
    }

    private static int[] withLastLineEnd(Tokens tokens, int lineFeed) {
        int n = (int) tokens.length();
        int[] text = new int[n + 1];
        tokens.read(0, text, 0, n);
        boolean lines = Arrays.stream(text, 0, n).anyMatch(s -> s == lineFeed);
        if (lines && text[n - 1] != lineFeed) {
            text[n] = lineFeed;
            return text;
        }
        return Arrays.copyOf(text, n);
    }

    /** White space of any kind; of bytes, ASCII's. */
    static boolean isBlank(int symbol, Unit unit) {
        return (unit == Unit.CODEPOINT || symbol < 0x80)
                && (Character.isWhitespace(symbol) || Character.isSpaceChar(symbol));
    }

    /** Number of words. */
    int count() {
        return words.length;
    }

    /** Symbols of the longest line, its line feed included. */
    int longestLine() {
        return longestLine;
    }

    /** Symbols behind the start of a word that belong to it, of the longest: up to the next word or its line's end. */
    int longestReach() {
        return longestReach;
    }

    /** The lines with a word in them, each with its line feed. */
    List<Tokens> lines() {
        return IntStream.range(0, lines.length).mapToObj(this::line).toList();
    }

    private Tokens line(int number) {
        int end = lines[number];
        while (end < text.length && text[end] != lineFeed) {
            end++;
        }
        return Tokens.of(Arrays.copyOfRange(text, lines[number], Math.min(text.length, end + 1)));
    }

    /** Reads {@code n} symbols from the start of a word to the end of its line and on through lines drawn at random. */
    void read(int word, int[] dst, int n, SplitMix64 random) {
        int at = words[word];
        for (int i = 0; i < n; i++) {
            dst[i] = text[at];
            if (text[at] == lineFeed) {
                at = lines[random.nextInt(lines.length)];
            } else {
                at = at + 1 == text.length ? 0 : at + 1;
            }
        }
    }
}
