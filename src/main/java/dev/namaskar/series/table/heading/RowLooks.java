package dev.namaskar.series.table.heading;

import dev.namaskar.series.table.cells.Look;
import dev.namaskar.series.table.text.Row;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the cells of a table's first rows look like, and which rows look like values, which like names above them. */
final class RowLooks {
    private final List<Row> rows;
    private final int width;
    private final Look[][] looks;
    private final Look[] body;

    /** @param width cells that a row should have */
    RowLooks(List<Row> rows, int width) {
        this.rows = rows;
        this.width = width;
        looks = rows.stream()
                .map(row -> row.cells().stream().map(Look::of).toArray(Look[]::new))
                .toArray(Look[][]::new);
        body = body();
    }

    /** What most later cells of each column look like. */
    private Look[] body() {
        Look[] most = new Look[width];
        for (int c = 0; c < width; c++) {
            Map<Look, Integer> counts = new EnumMap<>(Look.class);
            for (int r = looks.length / 2; r < looks.length; r++) {
                if (c < looks[r].length && looks[r][c] != Look.BLANK) {
                    counts.merge(looks[r][c], 1, Integer::sum);
                }
            }
            most[c] = counts.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse(Look.BLANK);
        }
        return most;
    }

    /** Cells of columns of numbers or times that look like it or, if they are asked for, that do not. */
    private long fitting(int r, boolean like) {
        long count = 0;
        for (int c = 0; c < Math.min(width, looks[r].length); c++) {
            boolean counts = (body[c] == Look.NUMBER || body[c] == Look.TIME) && looks[r][c] != Look.BLANK;
            count += counts && (looks[r][c] == body[c]) == like ? 1 : 0;
        }
        return count;
    }

    /** Whether a column holds numbers, or nothing. */
    boolean holdsNumbers(int column) {
        return body[column] == Look.NUMBER || body[column] == Look.BLANK;
    }

    /** Values: numbers and times where they are below. */
    boolean isBody(int r) {
        long filled = rows.get(r).cells().stream().filter(c -> !c.isEmpty()).count();
        return fitting(r, true) > 0 && fitting(r, false) == 0 && (filled > 1 || width == 1);
    }

    /** Words above columns of numbers and times. */
    boolean isNames(int r) {
        long filled = rows.get(r).cells().stream().filter(c -> !c.isEmpty()).count();
        int wide = Arrays.stream(body).anyMatch(l -> l == Look.BLANK) ? width - 1 : width;
        boolean nameless = rows.get(r).cell(0).isEmpty() && filled >= wide - 1;
        return fitting(r, true) == 0
                && fitting(r, false) > 0
                && (filled >= Math.min(2, wide) || nameless)
                && 2 * filled >= wide;
    }

    /** Words, and nothing that is like the values. */
    boolean isWords(int r) {
        return fitting(r, true) == 0 && Arrays.stream(looks[r]).anyMatch(l -> l == Look.WORD);
    }
}
