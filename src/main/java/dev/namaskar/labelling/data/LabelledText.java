package dev.namaskar.labelling.data;

import dev.namaskar.symbols.TextSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /**
     * Reads a file with an example a line, {@code text TAB label}; lines of nothing but blanks are passed over.
     *
     * @throws IOException naming file and line, if a line has no tab or more than one, or nothing on either side
     */
    public static List<LabelledText> read(Path file) throws IOException {
        return read(file, null);
    }

    /**
     * The same of a text in a certain encoding.
     *
     * @param encoding null to look at the text
     */
    public static List<LabelledText> read(Path file, @Nullable Charset encoding) throws IOException {
        String[] lines = TextSource.of(file).readAll(encoding).split("\r\n|\n|\r", -1);
        List<LabelledText> examples = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                examples.add(parse(file, "line " + (i + 1), lines[i], "text", "label"));
            }
        }
        if (examples.isEmpty()) {
            throw new IOException(file + ": expected lines of a text, a tab and a label, found none");
        }
        return examples;
    }

    /** Reads a line; {@code input} and {@code target} are what its sides are called in messages. */
    public static LabelledText parse(Path file, String place, String line, String input, String target)
            throws IOException {
        String where = file + ", " + place;
        int tab = line.indexOf('\t');
        int second = line.indexOf('\t', tab + 1);
        if (tab < 0 || second >= 0) {
            throw new IOException(where + ": expected a " + input + ", one tab and a " + target + ", found "
                    + (tab < 0 ? "no tab" : "a second tab at column " + (second + 1)));
        }
        String label = line.substring(tab + 1).strip();
        if (tab == 0 || label.isEmpty()) {
            throw new IOException(where + ": expected a " + input + ", one tab and a " + target + ", found nothing "
                    + (tab == 0 ? "before" : "behind") + " the tab");
        }
        return new LabelledText(line.substring(0, tab), label, place);
    }
}
