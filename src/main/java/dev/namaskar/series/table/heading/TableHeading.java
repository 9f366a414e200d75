package dev.namaskar.series.table.heading;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.text.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What stands above the values of a table: lines that are no part of it, the row of names, rows of units.
 *
 * @param names the columns' names
 * @param named whether a row named them
 * @param lastLine the last line above the values
 * @param width cells that a row should have
 */
public record TableHeading(List<String> names, boolean named, long lastLine, int width) {
    /** Whether a row is a remark: it begins with a mark that says so and is not as wide as the table. */
    public static boolean isRemark(Row row, int width) {
        String first = row.cell(0);
        boolean marked = first.startsWith("#") || first.startsWith("//") || first.startsWith("%");
        return marked && !NumberNotation.isBlank(first) && (row.width() != width || row.width() == 1);
    }

    /**
     * Finds it in the first rows of a table.
     *
     * @param notes where is said what is left out (modified)
     */
    public static TableHeading find(List<Row> head, TableFormat format, Notes notes) {
        int skip = format.text().skip();
        List<Row> rows = new ArrayList<>();
        long lines = 0;
        for (Row row : head) {
            boolean mark =
                    rows.isEmpty() && row.cell(0).toLowerCase(Locale.ROOT).startsWith("sep=");
            if (row.line() > skip && !row.isEmpty() && !mark) {
                rows.add(row);
            } else if (rows.isEmpty()) {
                lines = row.line();
            }
        }
        if (rows.isEmpty()) {
            throw new TableException(
                    skip == 0 ? "nothing stands in it" : "nothing stands behind the " + skip + " lines skipped");
        }
        return new HeadingFinder(rows, format, lines, notes).find();
    }

    /** Names for as many columns as the first rows have; those the header does not name are called by their place. */
    public List<String> names(List<Row> sample) {
        List<String> all = new ArrayList<>(names);
        int width = sample.stream().mapToInt(Row::width).max().orElse(0);
        while (all.size() < width) {
            all.add("#" + (all.size() + 1));
        }
        return all;
    }

    /** The rows of values among a table's first rows. */
    public List<Row> below(List<Row> head) {
        return head.stream()
                .filter(row -> row.line() > lastLine && !row.isEmpty() && !isRemark(row, width))
                .toList();
    }
}
