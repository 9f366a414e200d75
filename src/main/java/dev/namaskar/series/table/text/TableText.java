package dev.namaskar.series.table.text;

import dev.namaskar.series.Note;
import dev.namaskar.series.table.TableFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The text of a table. It is read twice, once to find out how it is written and once for its values; what cannot be
 * read twice, such as a pipe, is kept in memory.
 */
public final class TableText {
    private static final int BUFFER = 1 << 16;

    private interface Source {
        Reader open() throws IOException;
    }

    private final String name;
    private final @Nullable Path file;
    private final Source source;
    private final boolean western;

    private TableText(String name, @Nullable Path file, Source source, boolean western) {
        this.name = name;
        this.file = file;
        this.source = source;
        this.western = western;
    }

    /** The text of a file, in the encoding that its first bytes show or in UTF-8. */
    public static TableText of(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Source source = () -> Encoding.open(file, null);
        if (Files.isRegularFile(file)) {
            return new TableText(name, file, source, false);
        }
        try (Reader once = source.open()) {
            return of(once, name);
        }
    }

    /** A file that is no Unicode, as the programs of western countries write it. */
    public static TableText western(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!Files.isRegularFile(file)) {
            throw new MalformedInputException(1);
        }
        Source source = () -> Encoding.open(file, Charset.forName("windows-1252"));
        return new TableText(name, file, source, true);
    }

    /** Text that cannot be read twice, kept in memory. */
    public static TableText of(Reader once, String name) throws IOException {
        StringWriter text = new StringWriter();
        once.transferTo(text);
        String all = text.toString();
        return new TableText(name, null, () -> new StringReader(all), false);
    }

    /** What messages call the table. */
    public String name() {
        return name;
    }

    /** Says how it is encoded, where that is a guess. */
    public void describe(Notes notes) {
        if (western) {
            notes.add(Note.Kind.LAYOUT, "not UTF-8: read as Windows-1252; convert it first if names come out wrong");
        }
    }

    /** The file, where it is one. */
    public @Nullable Path file() {
        return file;
    }

    /** The text from its beginning, without a byte order mark. */
    public BufferedReader open() throws IOException {
        BufferedReader reader = new BufferedReader(source.open(), BUFFER);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    /** The mark between cells: as given, or found. */
    public char delimiter(TableFormat.Text format) throws IOException {
        if (format.delimiter() != 0) {
            return format.delimiter();
        }
        try (BufferedReader reader = open()) {
            return Separator.find(reader, format);
        }
    }
}
