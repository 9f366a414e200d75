package dev.namaskar.labelling;

import dev.namaskar.symbols.TextSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text and the label that it carries.
 *
 * @param text what is read; not empty
 * @param label what it is called; not empty
 */
public record LabelledText(String text, String label) {
    /**
     * Reads a file with an example a line, {@code text TAB label}; lines of nothing but blanks are passed over.
     *
     * @throws IOException naming file and line, if a line has no tab or more than one, or nothing on either side
     */
    public static List<LabelledText> read(Path file) throws IOException {
        String[] lines = TextSource.of(file).readAll(null).split("\r\n|\n|\r", -1);
        List<LabelledText> examples = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                examples.add(parse(file + ", line " + (i + 1), lines[i]));
            }
        }
        if (examples.isEmpty()) {
            throw new IOException(file + ": expected lines of a text, a tab and a label, found none");
        }
        return examples;
    }

    private static LabelledText parse(String where, String line) throws IOException {
        int tab = line.indexOf('\t');
        int second = line.indexOf('\t', tab + 1);
        if (tab < 0 || second >= 0) {
            throw new IOException(where + ": expected a text, one tab and a label, found "
                    + (tab < 0 ? "no tab" : "a second tab at column " + (second + 1)));
        }
        String label = line.substring(tab + 1).strip();
        if (tab == 0 || label.isEmpty()) {
            throw new IOException(where + ": expected a text, one tab and a label, found nothing "
                    + (tab == 0 ? "before" : "behind") + " the tab");
        }
        return new LabelledText(line.substring(0, tab), label);
    }
}
