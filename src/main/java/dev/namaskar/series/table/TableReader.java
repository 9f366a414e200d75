package dev.namaskar.series.table;

import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads delimited text into series, as people write it: with lines above and below that are no part of it, in the
 * notations of several countries, in long, wide or transposed shape. What is found is said in the table's notes; where
 * two readings are possible the message names both and the setting that chooses.
 *
 * <p>A file is gone through twice, once to find out how it is written and once for its values. Rows stream through;
 * what stays is 8 bytes a cell that is used, 12 a row, and the first few of each kind of problem, so memory is bounded
 * by the numbers, not by the text or by what is wrong with it. Text that is no file is kept as a whole meanwhile.
 */
public final class TableReader {
    /** Rows that are looked at to tell the columns apart. */
    private static final int HEAD = 300;

    private TableReader() {}

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     * @throws TableException when it is not what the format expects: one line that counts every kind of problem and
     *     names the first places
     */
    public static Table read(Path file, TableFormat format) throws IOException {
        try {
            return read(TableText.of(file), format);
        } catch (MalformedInputException e) {
            throw new TableException(file.getFileName() + " is not UTF-8 text; convert it first", e);
        }
    }

    /**
     * Reads text.
     *
     * @param name what messages call the table
     */
    public static Table read(Reader text, String name, TableFormat format) throws IOException {
        return read(TableText.of(text, name), format);
    }

    private static Table read(TableText text, TableFormat format) throws IOException {
        String name = text.name();
        try {
            if (TsfTable.isOne(text)) {
                return TsfTable.read(text, format);
            }
            char delimiter = text.delimiter(format);
            List<TableRows.Row> head;
            try (TableRows rows = new TableRows(text.open(), delimiter)) {
                head = rows.peek(HEAD);
            }
            TableHeading heading = TableHeading.find(head, format, name);
            List<TableRows.Row> sample = head.stream()
                    .filter(row -> row.line() > heading.lastLine()
                            && !row.isEmpty()
                            && !TableHeading.isRemark(row, heading.width()))
                    .toList();
            if (sample.isEmpty()) {
                throw new TableException(name + " has a header but no rows");
            }
            List<String> notes = new ArrayList<>(heading.notes());
            TableBody body = new TableBody(text, delimiter, heading);
            return switch (TableShape.of(heading, sample, format, name)) {
                case COLUMNS -> new ColumnTable(body, format, sample, notes).read();
                case ROWS -> new RaggedTable(body, format, sample, notes).read();
                case CALENDAR -> new CalendarTable(body, format, sample, notes).read();
            };
        } catch (UncheckedIOException | IllegalStateException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new TableException(
                    name + ": a quoted cell is broken: " + reason.getMessage()
                            + "; a quote inside one is written twice",
                    e);
        }
    }
}
