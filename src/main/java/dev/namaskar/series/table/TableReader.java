package dev.namaskar.series.table;

import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.train.DataFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads delimited text into series.
 *
 * <p>Rows stream through; what stays is 8 bytes a cell that is used, 12 a row, and the first few of each kind of
 * problem, so memory is bounded by the numbers, not by the text or by what is wrong with it.
 */
public final class TableReader {
    private static final int SNIFFED = 1 << 16;

    private TableReader() {}

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     * @throws TableException when it is not what the format expects: one line that counts every kind of problem and
     *     names the first places
     */
    public static Table read(Path file, TableFormat format) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(DataFile.open(file, "a table"), StandardCharsets.UTF_8.newDecoder()))) {
            return read(reader, String.valueOf(file.getFileName()), format);
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
        BufferedReader reader = new BufferedReader(text, SNIFFED);
        char delimiter = sniff(reader, format);
        CSVFormat csv = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        List<String> notes = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(reader, csv)) {
            Rows rows = new Rows(parser);
            List<String> first = rows.next();
            if (first == null) {
                throw new TableException(name + " is empty");
            }
            boolean header = hasHeader(first, format);
            boolean ragged = format.layout() == TableFormat.Layout.ROWS
                    || (format.layout() == TableFormat.Layout.AUTO
                            && header
                            && first.size() > 1
                            && first.stream().allMatch(c -> c.matches("V[0-9]+")));
            return ragged
                    ? RaggedTable.read(rows, header ? null : first, name, format, notes)
                    : ColumnTable.read(rows, first, header, name, format, notes);
        } catch (UncheckedIOException | IllegalStateException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new TableException(
                    name + ": a quoted cell is broken: " + reason.getMessage()
                            + "; a quote inside one is written twice",
                    e);
        }
    }

    /** The rows of a parser, with the line each began on. */
    static final class Rows {
        private final CSVParser parser;
        private final Iterator<CSVRecord> records;
        private final Deque<Row> ahead = new ArrayDeque<>();
        private long line;

        private record Row(List<String> cells, long line) {}

        Rows(CSVParser parser) {
            this.parser = parser;
            this.records = parser.iterator();
        }

        /** The next row's cells, or null at the end. */
        @Nullable
        List<String> next() {
            Row row = ahead.isEmpty() ? read() : ahead.poll();
            if (row == null) {
                return null;
            }
            line = row.line();
            return row.cells();
        }

        /** The cells of the next few rows, which are still to come. */
        List<List<String>> peek(int count) {
            while (ahead.size() < count) {
                Row row = read();
                if (row == null) {
                    break;
                }
                ahead.add(row);
            }
            return ahead.stream().map(Row::cells).toList();
        }

        private @Nullable Row read() {
            if (!records.hasNext()) {
                return null;
            }
            CSVRecord record = records.next();
            List<String> cells = new ArrayList<>(record.size());
            record.forEach(cells::add);
            return new Row(cells, parser.getCurrentLineNumber());
        }

        long line() {
            return line;
        }
    }

    /** Leaves out a byte order mark and finds the delimiter that stands most often in the first line. */
    private static char sniff(BufferedReader reader, TableFormat format) throws IOException {
        reader.mark(SNIFFED);
        if (reader.read() == '\uFEFF') {
            reader.mark(SNIFFED);
        } else {
            reader.reset();
        }
        if (format.delimiter() != 0) {
            return format.delimiter();
        }
        int[] counts = new int[128];
        boolean quoted = false;
        for (int i = 0; i < SNIFFED - 1; i++) {
            int c = reader.read();
            if (c < 0 || (c == '\n' && !quoted)) {
                break;
            }
            quoted ^= c == '"';
            if (!quoted && c < 128) {
                counts[c]++;
            }
        }
        reader.reset();
        return Stream.of(',', ';', '\t', '|')
                .filter(c -> c != format.decimalMark())
                .max((a, b) -> counts[a] == counts[b] ? (a == ',' ? 1 : -1) : Integer.compare(counts[a], counts[b]))
                .orElse(',');
    }

    private static boolean hasHeader(List<String> first, TableFormat format) {
        return switch (format.header()) {
            case YES -> true;
            case NO -> false;
            case AUTO -> first.stream().allMatch(cell -> Double.isNaN(Numbers.parse(cell, format.decimalMark())));
        };
    }

    /** Whether a cell says that there is no value. */
    static boolean isBlank(String cell) {
        return cell.isEmpty() || cell.equals("NA") || cell.equals("NaN") || cell.equals("nan");
    }
}
