package dev.namaskar.series.table.heading;

import dev.namaskar.series.table.text.Row;
import dev.namaskar.series.table.text.TableRows;
import dev.namaskar.series.table.text.TableText;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The rows between a table's heading and its footer.
 *
 * @param text the table
 * @param delimiter the mark between its cells
 * @param heading what stands above
 */
public record TableBody(TableText text, char delimiter, TableHeading heading) {
    private static final int LONGEST_FOOTER = 12;

    /** Whether a row at the end is no part of the table. */
    public interface Footer {
        /** Whether this row is none. */
        boolean is(Row row);
    }

    /**
     * What lies between heading and footer.
     *
     * @param lastLine the last line that is part of the table
     * @param footers rows left out behind it
     * @param footer the first of them, for a note
     */
    public record End(long lastLine, int footers, String footer) {}

    /** Sends every row but those of the footer, which are at most a third of all, and finds where it ends. */
    public End survey(Footer isFooter, Consumer<Row> each) throws IOException {
        Deque<Row> tail = new ArrayDeque<>();
        long[] count = {0};
        long[] passed = {heading.lastLine()};
        rows(Long.MAX_VALUE, row -> {
            if (!row.isEmpty()) {
                count[0]++;
                tail.add(row);
                if (tail.size() > LONGEST_FOOTER) {
                    passed[0] = tail.element().line();
                    each.accept(tail.remove());
                }
            }
        });
        long most = Math.min(LONGEST_FOOTER, count[0] / 3);
        int footers = 0;
        String first = "";
        while (footers < most && !tail.isEmpty() && isFooter.is(tail.getLast())) {
            first = String.join(",", tail.removeLast().cells());
            footers++;
        }
        long last = tail.isEmpty() ? passed[0] : tail.getLast().line();
        tail.forEach(each);
        return new End(last, footers, first);
    }

    /** The note on rows at the end that are left out. */
    public static String footer(int rows, String first) {
        return rows + (rows == 1 ? " row at the end is" : " rows at the end are") + " no part of the table ("
                + Row.shortened(first) + ")";
    }

    /** Sends every row up to a line, blank ones too, but neither remarks nor names that stand there again. */
    public void rows(long lastLine, Consumer<Row> each) throws IOException {
        try (TableRows rows = new TableRows(text.open(), delimiter)) {
            for (Row row = rows.next(); row != null && row.line() <= lastLine; row = rows.next()) {
                boolean again = heading.named() && row.cells().equals(heading.names());
                if (row.line() > heading.lastLine() && !again && !TableHeading.isRemark(row, heading.width())) {
                    each.accept(row);
                }
            }
        }
    }
}
