package dev.namaskar.series.table;

import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.table.heading.TableBody;
import dev.namaskar.series.table.heading.TableHeading;
import dev.namaskar.series.table.heading.TableShape;
import dev.namaskar.series.table.layout.CalendarTable;
import dev.namaskar.series.table.layout.ColumnTable;
import dev.namaskar.series.table.layout.RaggedTable;
import dev.namaskar.series.table.layout.TsfTable;
import dev.namaskar.series.table.layout.TurnedTable;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.text.Row;
import dev.namaskar.series.table.text.TableRows;
import dev.namaskar.series.table.text.TableText;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
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

    private interface Reading {
        Table read() throws IOException;
    }

    private TableReader() {}

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     * @throws TableException when it is not what the format expects: one line that counts every kind of problem and
     *     names the first places
     */
    public static Table read(Path file, TableFormat format) throws IOException {
        return named(String.valueOf(file.getFileName()), () -> {
            try {
                return read(TableText.of(file), format);
            } catch (CharacterCodingException notUnicode) {
                return read(TableText.western(file), format);
            }
        });
    }

    /**
     * Reads text.
     *
     * @param name what messages call the table
     */
    public static Table read(Reader text, String name, TableFormat format) throws IOException {
        return named(name, () -> read(TableText.of(text, name), format));
    }

    /** Says of which table a message is. */
    private static Table named(String name, Reading reading) throws IOException {
        try {
            return reading.read();
        } catch (TableException e) {
            throw e.in(name);
        } catch (CharacterCodingException e) {
            throw new TableException(name + ": this is not UTF-8 text; convert it first", e);
        } catch (UncheckedIOException | IllegalStateException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new TableException(
                    name + ": a quoted cell is broken: " + reason.getMessage()
                            + "; a quote inside one is written twice",
                    e);
        }
    }

    private static Table read(TableText text, TableFormat format) throws IOException {
        Notes notes = new Notes();
        text.describe(notes);
        if (TsfTable.isOne(text)) {
            return TsfTable.read(text, format, notes);
        }
        char delimiter = text.delimiter(format.text());
        List<Row> head = TableRows.first(HEAD, text.open(), delimiter);
        TableHeading heading = TableHeading.find(head, format, notes);
        List<Row> sample = heading.below(head);
        if (sample.isEmpty()) {
            throw new TableException("a header but no rows of values below \""
                    + String.join(",", head.get(0).cells()) + "\"; if values stand there, give `delimiter`");
        }
        TableBody body = new TableBody(text, delimiter, heading);
        return switch (TableShape.of(heading, sample, format)) {
            case COLUMNS -> new ColumnTable(body, format, sample, notes).read();
            case ROWS -> new RaggedTable(body, format, sample, notes).read();
            case CALENDAR -> new CalendarTable(body, format, sample, notes).read();
            case TURNED -> {
                TurnedTable turned = new TurnedTable(body, format);
                yield turned.table(read(turned.text(), turned.format()));
            }
        };
    }
}
