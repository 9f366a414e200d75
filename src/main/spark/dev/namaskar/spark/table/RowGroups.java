package dev.namaskar.spark.table;

import dev.namaskar.series.notation.Frequency;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of each series together, of rows sorted by series and time: one series at a time is in memory.
 *
 * @param numbers columns of numbers
 * @param texts columns of text, behind the first, which is the series' name
 */
record RowGroups(int numbers, List<String> texts) implements FlatMapFunction<Iterator<Row>, RowGroups.Group> {
    /**
     * A series' rows.
     *
     * @param times milliseconds of a clock, or whole numbers
     * @param cells {@code [columns][rows]}, not-a-number where nothing stands
     */
    record Group(String id, long[] times, double[][] cells, HashMap<String, String> labels) implements Serializable {}

    @Override
    public Iterator<Group> call(Iterator<Row> rows) {
        return new Iterator<>() {
            private @Nullable Row next = rows.hasNext() ? rows.next() : null;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Group next() {
                Row first = next;
                if (first == null) {
                    throw new NoSuchElementException("no more series");
                }
                List<Row> own = new ArrayList<>();
                Row row = first;
                while (row != null && row.getString(0).equals(first.getString(0))) {
                    own.add(row);
                    row = rows.hasNext() ? rows.next() : null;
                }
                next = row;
                return group(own);
            }
        };
    }

    private Group group(List<Row> rows) {
        long[] times = new long[rows.size()];
        double[][] cells = new double[numbers][rows.size()];
        HashMap<String, String> labels = new HashMap<>();
        String id = rows.get(0).getString(0);
        for (int i = 0; i < times.length; i++) {
            Row row = rows.get(i);
            times[i] = time(row.get(1), id);
            for (int c = 0; c < numbers; c++) {
                cells[c][i] = row.isNullAt(2 + c) ? Double.NaN : row.getDouble(2 + c);
            }
            label(row, labels, id);
        }
        return new Group(id, times, cells, labels);
    }

    private void label(Row row, HashMap<String, String> labels, String id) {
        for (int k = 0; k < texts.size(); k++) {
            String cell = row.getString(2 + numbers + k);
            String said = labels.getOrDefault(texts.get(k), "");
            if (cell != null && !said.isEmpty() && !said.equals(cell)) {
                throw new IllegalArgumentException("series \"" + id + "\": column \"" + texts.get(k)
                        + "\" is to say one thing of a whole series, found '" + said + "' and '" + cell + "'");
            }
            labels.put(texts.get(k), said.isEmpty() && cell != null ? cell : said);
        }
    }

    private static long time(@Nullable Object cell, String id) {
        if (cell instanceof LocalDateTime clock) {
            return Frequency.millis(clock);
        }
        if (cell instanceof LocalDate day) {
            return Frequency.millis(day.atStartOfDay());
        }
        if (cell instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("series \"" + id + "\": expected a time in every row, found "
                + (cell == null ? "none, or text that is no time" : cell.toString()));
    }
}
