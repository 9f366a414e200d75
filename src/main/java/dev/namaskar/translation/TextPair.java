package dev.namaskar.translation;

import dev.namaskar.tasks.PairFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
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

    private static final PairFile FILE = new PairFile(
            new PairFile.Side("source", "src", "input", "text", "sentence", "word", "question", "from"),
            new PairFile.Side("target", "tgt", "output", "translation", "answer", "pronunciation", "to"));

    /**
     * Reads a file of pairs, in one of the forms of {@link PairFile}.
     *
     * @param encoding null to look at the text
     * @throws IOException naming file and line, if a line has no tab or more than one, or nothing on either side
     */
    public static List<TextPair> read(Path file, @Nullable Charset encoding) throws IOException {
        return FILE.read(file, encoding).stream()
                .map(pair -> new TextPair(pair.input(), pair.target(), pair.place()))
                .toList();
    }
}
