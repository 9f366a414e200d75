package dev.namaskar.series.table;

import dev.namaskar.series.TableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a table. It is read twice, once to find out how it is written and once for its values; what cannot be
 * read twice, such as a pipe, is kept in memory.
 */
final class TableText {
    private static final int BUFFER = 1 << 16;
    /** Candidates for the mark between cells; of those that divide equally well the earlier. */
    private static final char[] DELIMITERS = {'\t', ';', '|', ','};

    private static final int SNIFFED_LINES = 200;
    /** A mark that divides alike no more lines in a row than one of so many stands there by chance. */
    private static final int SPARSE = 8;

    private interface Source {
        Reader open() throws IOException;
    }

    private final String name;
    private final @Nullable Path file;
    private final Source source;
    private final List<String> notes;

    private TableText(String name, @Nullable Path file, Source source, List<String> notes) {
        this.name = name;
        this.file = file;
        this.source = source;
        this.notes = notes;
    }

    static TableText of(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Source source = () -> Encoding.open(file, null);
        if (Files.isRegularFile(file)) {
            return new TableText(name, file, source, List.of());
        }
        try (Reader once = source.open()) {
            return of(once, name);
        }
    }

    /** A file that is no Unicode, as the programs of western countries write it. */
    static TableText western(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!Files.isRegularFile(file)) {
            throw new MalformedInputException(1);
        }
        Source source = () -> Encoding.open(file, Charset.forName("windows-1252"));
        return new TableText(
                name,
                file,
                source,
                List.of("not UTF-8: read as Windows-1252; convert it first if names come out wrong"));
    }

    static TableText of(Reader once, String name) throws IOException {
        StringWriter text = new StringWriter();
        once.transferTo(text);
        String all = text.toString();
        return new TableText(name, null, () -> new StringReader(all), List.of());
    }

    /** What messages call the table. */
    String name() {
        return name;
    }

    /** What is to be said of how it is encoded. */
    List<String> notes() {
        return notes;
    }

    /** The file, where it is one. */
    @Nullable
    Path file() {
        return file;
    }

    /** The text from its beginning, without a byte order mark. */
    BufferedReader open() throws IOException {
        BufferedReader reader = new BufferedReader(source.open(), BUFFER);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    /** The mark between cells: given, named by a first line {@code sep=;}, the one that divides most lines alike, or a space for cells that any number of spaces divide. */
    char delimiter(TableFormat format) throws IOException {
        if (format.text().delimiter() != 0) {
            return format.text().delimiter();
        }
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = open()) {
            for (String line = reader.readLine();
                    line != null && lines.size() < SNIFFED_LINES;
                    line = reader.readLine()) {
                if (lines.isEmpty() && line.matches("(?i)\"?sep=.\"?")) {
                    return line.charAt(line.indexOf('=') + 1);
                }
                if (lines.isEmpty()) {
                    askAboutFormat(line.strip());
                }
                if (!line.isBlank() && !line.startsWith("#")) {
                    lines.add(line);
                }
            }
        }
        char best = ',';
        int longest = 0;
        for (char candidate : DELIMITERS) {
            int run = candidate == format.text().decimalMark() ? 0 : longestRun(lines, candidate);
            if (run > longest) {
                best = candidate;
                longest = run;
            }
        }
        if (longest == 0) {
            FixedWidth.refuse(lines, name);
        }
        return SPARSE * longest < lines.size() && AlignedText.is(lines) ? ' ' : best;
    }

    private void askAboutFormat(String first) {
        String kind = first.matches("(?:\\{|\\[\\s*[\\[{]).*|\\[")
                ? "JSON"
                : first.matches("(?i)<(?:!doctype|html|head|table|\\?xml)\\b.*") ? "HTML or XML" : "";
        if (!kind.isEmpty()) {
            throw new TableException(
                    name + " is " + kind + ", not a table of delimited text: save it as CSV, a row a time");
        }
    }

    /** The longest run of lines that a mark divides into equally many cells, more than one. */
    private static int longestRun(List<String> lines, char mark) {
        int longest = 0;
        int run = 0;
        int before = 0;
        for (String line : lines) {
            int count = count(line, mark);
            run = count == 0 ? 0 : count == before ? run + 1 : 1;
            before = count;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static int count(String line, char mark) {
        int count = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            count += c == mark && !quoted ? 1 : 0;
        }
        return count;
    }
}
