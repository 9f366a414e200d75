package dev.namaskar.series.table.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The rows of a table, one after another, with the line that each stands on. */
public final class TableRows implements AutoCloseable {
    /** The first digit beyond ASCII, of Arabic. */
    private static final char FIRST_DIGIT = '\u0660';
    /** Marks between such digits, of Arabic and of full width, and those of ASCII for them. */
    private static final String MARKS = "\u066B\u066C\uFF0D\uFF0E\uFF0F\uFF1A";

    private static final String ASCII_MARKS = ".,-./:";

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;

    /** @param delimiter the mark between cells; a space stands for any number of them */
    public TableRows(BufferedReader reader, char delimiter) throws IOException {
        CSVFormat csv = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter == ' ' ? '\t' : delimiter)
                .setIgnoreEmptyLines(false)
                .setTrim(true)
                .get();
        this.parser = CSVParser.parse(delimiter == ' ' ? new AlignedText(reader) : reader, csv);
        this.records = parser.iterator();
    }

    /** The first few rows of a table. */
    public static List<Row> first(int count, BufferedReader reader, char delimiter) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (TableRows all = new TableRows(reader, delimiter)) {
            for (Row row = all.next(); row != null && rows.size() < count; row = all.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** The next row, or null at the end. */
    public @Nullable Row next() {
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
        // A spreadsheet's mark that what follows is text.
        from += to - from > 4
                        && cell.charAt(from) == '\''
                        && Character.isDigit(cell.charAt(from + 1))
                        && cell.charAt(to - 1) != '\''
                ? 1
                : 0;
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
            } else if (digits != null && MARKS.indexOf(c) >= 0) {
                digits.setCharAt(i, ASCII_MARKS.charAt(MARKS.indexOf(c)));
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
