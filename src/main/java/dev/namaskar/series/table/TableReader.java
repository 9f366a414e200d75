package dev.namaskar.series.table;

import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

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
        } catch (CharacterCodingException notUnicode) {
            try {
                return read(TableText.western(file), format);
            } catch (CharacterCodingException e) {
                throw new TableException(file.getFileName() + " is not UTF-8 text; convert it first", e);
            }
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
                throw new TableException(name + " has a header but no rows of values below \""
                        + String.join(",", head.get(0).cells()) + "\"; if values stand there, give `delimiter`");
            }
            List<String> notes = new ArrayList<>(text.notes());
            notes.addAll(heading.notes());
            TableBody body = new TableBody(text, delimiter, heading);
            return switch (TableShape.of(heading, sample, format, name)) {
                case COLUMNS -> new ColumnTable(body, format, sample, notes).read();
                case ROWS -> new RaggedTable(body, format, sample, notes).read();
                case CALENDAR -> new CalendarTable(body, format, sample, notes).read();
                case TURNED -> turned(body, format);
            };
        } catch (UncheckedIOException | IllegalStateException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new TableException(
                    name + ": a quoted cell is broken: " + reason.getMessage()
                            + "; a quote inside one is written twice",
                    e);
        }
    }

    /** A calendar with a column a year: read with its rows and columns exchanged. */
    private static Table turned(TableBody body, TableFormat format) throws IOException {
        List<String> names = body.heading().names();
        HeadingRun years = Objects.requireNonNull(HeadingRun.find(names));
        List<TableRows.Row> rows = new ArrayList<>();
        body.rows(Long.MAX_VALUE, row -> {
            if (!row.isEmpty()) {
                rows.add(row);
            }
        });
        StringWriter text = new StringWriter();
        CSVFormat csv =
                CSVFormat.DEFAULT.builder().setDelimiter(body.delimiter()).get();
        try (CSVPrinter printer = new CSVPrinter(text, csv)) {
            List<String> line = new ArrayList<>(List.of("year"));
            rows.forEach(row -> line.add(month(row.cell(years.from() - 1))));
            printer.printRecord(line);
            for (int c = years.from(); c < years.to(); c++) {
                int column = c;
                line.clear();
                line.add(Long.toString(years.time(names.get(c))));
                rows.forEach(row -> line.add(row.cell(column)));
                printer.printRecord(line);
            }
        }
        TableText other =
                TableText.of(new StringReader(text.toString()), body.text().name());
        Table table =
                read(other, format.skip(0).marks(body.delimiter(), format.text().decimalMark()));
        List<String> notes = new ArrayList<>(table.notes());
        notes.add(
                0,
                "a row a month and a column a year: rows and columns are exchanged (`layout` rows to say otherwise)");
        char decimal = table.format().text().decimalMark();
        return new Table(
                table.series(),
                table.frequency(),
                table.aligned(),
                table.timed(),
                table.known(),
                table.observed(),
                notes,
                format.marks(format.text().delimiter(), decimal));
    }

    /** A month's name, where it is called by its number. */
    private static String month(String cell) {
        return cell.matches("0?[1-9]|1[0-2]")
                ? Month.of(Integer.parseInt(cell)).getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                : cell;
    }
}
