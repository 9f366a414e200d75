package dev.namaskar.labelling.data;

import dev.namaskar.tasks.PairFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text and the label that it carries.
 *
 * @param text what is read; not empty
 * @param label what it is called; not empty
 * @param place where it stands, for messages: {@code line 7}
 */
public record LabelledText(String text, String label, String place) {
    /** An example that comes from no file. */
    public LabelledText(String text, String label) {
        this(text, label, "example \"" + text + "\"");
    }

    /** What a file's sides are: a text, a recording's path, and what it is called. */
    private static final PairFile FILE = new PairFile(
            new PairFile.Side(
                    "text",
                    "input",
                    "sentence",
                    "source",
                    "src",
                    "message",
                    "review",
                    "comment",
                    "tweet",
                    "content",
                    "document",
                    "title",
                    "utterance",
                    "question",
                    "name",
                    "word",
                    "path",
                    "file",
                    "audio",
                    "wav",
                    "recording"),
            new PairFile.Side(
                    "label",
                    "class",
                    "category",
                    "target",
                    "sentiment",
                    "intent",
                    "tag",
                    "language",
                    "rating",
                    "stars",
                    "score",
                    "emotion",
                    "topic",
                    "genre"));

    /** Reads a file of examples, in one of the forms of {@link PairFile}. */
    public static List<LabelledText> read(Path file) throws IOException {
        return read(file, null);
    }

    /**
     * The same of a text in a certain encoding.
     *
     * @param encoding null to look at the text
     * @throws IOException naming file and line, if a line has no tab or more than one, or nothing on either side
     */
    public static List<LabelledText> read(Path file, @Nullable Charset encoding) throws IOException {
        return FILE.read(file, encoding).stream()
                .map(pair -> new LabelledText(pair.input(), pair.target().strip(), pair.place()))
                .toList();
    }
}
