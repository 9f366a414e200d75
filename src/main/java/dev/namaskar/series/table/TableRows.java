package dev.namaskar.series.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The rows of a table, one after another, with the line that each stands on. */
final class TableRows implements AutoCloseable {
    /**
     * A row.
     *
     * @param cells its cells, without spaces around them
     * @param line its line in the file, counted from one
     */
    record Row(List<String> cells, long line) {
        /** Whether there is nothing in it. */
        boolean isEmpty() {
            for (String cell : cells) {
                if (!cell.isEmpty()) {
                    return false;
                }
            }
            return true;
        }

        /** How many cells there are up to the last that holds something. */
        int width() {
            int width = cells.size();
            while (width > 0 && cells.get(width - 1).isEmpty()) {
                width--;
            }
            return width;
        }

        /** A cell, or nothing behind the row's end. */
        String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }
    }

    /** The first digit beyond ASCII, of Arabic. */
    private static final char FIRST_DIGIT = '\u0660';

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Deque<Row> ahead = new ArrayDeque<>();

    /** @param delimiter the mark between cells; a space stands for any number of them */
    TableRows(BufferedReader reader, char delimiter) throws IOException {
        CSVFormat csv = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter == ' ' ? '\t' : delimiter)
                .setIgnoreEmptyLines(false)
                .setTrim(true)
                .get();
        this.parser = CSVParser.parse(delimiter == ' ' ? new AlignedText(reader) : reader, csv);
        this.records = parser.iterator();
    }

    /** The next row, or null at the end. */
    @Nullable
    Row next() {
        return ahead.isEmpty() ? read() : ahead.poll();
    }

    /** The next few rows, which are still to come. */
    List<Row> peek(int count) {
        while (ahead.size() < count) {
            Row row = read();
            if (row == null) {
                break;
            }
            ahead.add(row);
        }
        return List.copyOf(ahead);
    }

    private @Nullable Row read() {
        if (!records.hasNext()) {
            return null;
        }
        CSVRecord record = records.next();
        List<String> cells = new ArrayList<>(record.size());
        record.forEach(cell -> cells.add(bare(cell)));
        return new Row(cells, parser.getCurrentLineNumber());
    }

    /** Without spaces around it, those that do not break or have no width among them. */
    private static String bare(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && isSpace(cell.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(cell.charAt(to - 1))) {
            to--;
        }
        boolean formula = to - from > 2 && cell.startsWith("=\"", from) && cell.charAt(to - 1) == '"';
        return formula ? cell.substring(from + 2, to - 1) : plain(cell.substring(from, to));
    }

    /** With the digits of other scripts as those of ASCII. */
    private static String plain(String cell) {
        StringBuilder digits = null;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= FIRST_DIGIT && Character.isDigit(c)) {
                digits = digits == null ? new StringBuilder(cell) : digits;
                digits.setCharAt(i, (char) ('0' + Character.digit(c, 10)));
            } else if (c == '\u066B' && digits != null) {
                digits.setCharAt(i, '.');
            }
        }
        return digits == null ? cell : digits.toString();
    }

    private static boolean isSpace(char c) {
        return c <= ' '
                || (c >= 0x80
                        && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF'));
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
