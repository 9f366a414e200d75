package dev.namaskar.translation;

import dev.namaskar.symbols.TextSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A vector and a text that describes it; several of one vector say that each of their texts is right.
 *
 * @param values the vector
 * @param text what is written; not blank
 * @param place where it stands, for messages: {@code line 7}
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record DescribedVector(float[] values, String text, String place) {
    /**
     * The columns of a table.
     *
     * @param text that holds the texts
     * @param vector that hold the vector, in its order; empty for all others
     */
    public record Columns(String text, List<String> vector) {
        /** Copies the list. */
        public Columns {
            vector = List.copyOf(vector);
        }
    }

    /**
     * What a table says.
     *
     * @param columns of the vector; a colour's column stands three times
     */
    record Table(List<String> columns, List<DescribedVector> rows) {}

    /** A vector that comes from no file. */
    public DescribedVector(float[] values, String text) {
        this(values, text, "vector of \"" + text + "\"");
    }

    /**
     * Reads a table with a heading, comma or tab between its cells. A cell of the vector is a number or a colour, {@code
     * #c93f38}, which is three of 0 to 1: red, green and blue.
     *
     * @throws IOException naming file and line, if a column is missing, a cell is no number, or a text is blank
     */
    public static List<DescribedVector> read(Path file, Columns columns, @Nullable Charset encoding)
            throws IOException {
        return table(file, columns, encoding).rows();
    }

    static Table table(Path file, Columns columns, @Nullable Charset encoding) throws IOException {
        String text = TextSource.of(file).readAll(encoding);
        char delimiter = text.lines().findFirst().orElse("").indexOf('\t') >= 0 ? '\t' : ',';
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        List<DescribedVector> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            List<String> vector = chosen(file, parser.getHeaderNames(), columns);
            for (CSVRecord row : parser) {
                String place = "line " + parser.getCurrentLineNumber();
                String where = file + ", " + place;
                if (row.size() != parser.getHeaderNames().size()) {
                    throw new IOException(
                            where + ": expected " + parser.getHeaderNames().size() + " cells, found " + row.size());
                }
                List<String> of = new ArrayList<>();
                float[] values = values(where, row, vector, of);
                if (rows.isEmpty()) {
                    names.addAll(of);
                } else if (!names.equals(of)) {
                    throw new IOException(where + ": expected a vector of " + names + ", found one of " + of);
                }
                String described = row.get(columns.text());
                if (described.isBlank()) {
                    throw new IOException(where + ": expected a text in column " + columns.text() + ", found nothing");
                }
                rows.add(new DescribedVector(values, described, place));
            }
        } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        if (rows.isEmpty()) {
            throw new IOException(file + ": expected rows below the heading, found none");
        }
        return new Table(List.copyOf(names), rows);
    }

    private static List<String> chosen(Path file, List<String> heading, Columns columns) throws IOException {
        List<String> vector = new ArrayList<>(columns.vector());
        if (vector.isEmpty()) {
            vector.addAll(heading);
            vector.remove(columns.text());
        }
        for (String column : vector) {
            require(file, heading, column);
        }
        require(file, heading, columns.text());
        if (vector.isEmpty() || vector.contains(columns.text())) {
            throw new IOException(file + ": expected columns of numbers beside the text column " + columns.text()
                    + ", found " + heading);
        }
        return vector;
    }

    private static void require(Path file, List<String> heading, String column) throws IOException {
        if (!heading.contains(column)) {
            throw new IOException(file + ": expected a column \"" + column + "\", found " + heading);
        }
    }

    private static float[] values(String where, CSVRecord row, List<String> vector, List<String> names)
            throws IOException {
        List<Float> values = new ArrayList<>();
        for (String column : vector) {
            String place = where + ", column " + column;
            for (float value : VectorText.cell(
                    place, Objects.requireNonNull(row.get(column)).strip())) {
                values.add(value);
                names.add(column);
            }
        }
        return VectorText.array(values);
    }
}
