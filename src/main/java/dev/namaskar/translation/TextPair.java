package dev.namaskar.translation;

import dev.namaskar.symbols.TextSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text and a right translation of it; several pairs of one source say that each of their targets is right.
 *
 * @param source what is read; not blank
 * @param target what is written; not blank
 * @param place where it stands, for messages: {@code line 7}
 */
public record TextPair(String source, String target, String place) {
    /** A pair that comes from no file. */
    public TextPair(String source, String target) {
        this(source, target, "pair \"" + source + "\"");
    }

    /**
     * Reads a file with a pair a line, {@code source TAB target}; lines of nothing but blanks are passed over.
     *
     * @param encoding null to look at the text
     * @throws IOException naming file and line, if a line has no tab or more than one, or nothing on either side
     */
    public static List<TextPair> read(Path file, @Nullable Charset encoding) throws IOException {
        String[] lines = TextSource.of(file).readAll(encoding).split("\r\n|\n|\r", -1);
        List<TextPair> pairs = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                pairs.add(parse(file, "line " + (i + 1), lines[i]));
            }
        }
        if (pairs.isEmpty()) {
            throw new IOException(file + ": expected lines of a source, a tab and a target, found none");
        }
        return pairs;
    }

    private static TextPair parse(Path file, String place, String line) throws IOException {
        int tab = line.indexOf('\t');
        int second = line.indexOf('\t', tab + 1);
        String expected = file + ", " + place + ": expected a source, one tab and a target, found ";
        if (tab < 0 || second >= 0) {
            throw new IOException(expected + (tab < 0 ? "no tab" : "a second tab at column " + (second + 1)));
        }
        String source = line.substring(0, tab);
        String target = line.substring(tab + 1);
        if (source.isBlank() || target.isBlank()) {
            throw new IOException(expected + "nothing " + (source.isBlank() ? "before" : "behind") + " the tab");
        }
        return new TextPair(source, target, place);
    }
}
