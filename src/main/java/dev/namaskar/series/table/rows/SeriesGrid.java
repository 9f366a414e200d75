package dev.namaskar.series.table.rows;

import dev.namaskar.series.Series;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.Policies;
import java.util.Arrays;

/** Puts the rows of one series on a regular grid: blanks and gaps are filled, stepped over or reported. */
public final class SeriesGrid {
    /** A market can be shut for a week; longer is a hole in the data. */
    static final int LONGEST_HOLIDAY = 5;

    private static final int TARGET = 0;

    private final Frequency frequency;
    private final Policies policies;
    private final Problems problems;
    private final String[] columnNames;
    private final int knownColumns;
    /** Business days without a row, over all series. */
    long holidays;

    /** Blank cells of targets that are kept as missing, over all series. */
    private long missing;

    /**
     * Puts series on the grid of a step.
     *
     * @param frequency the step
     * @param policies what to do with blanks and gaps
     * @param problems told of what no policy takes
     * @param columnNames the columns of numbers: the target, then the known, then the observed
     * @param knownColumns how many of them are known ahead
     */
    public SeriesGrid(
            Frequency frequency, Policies policies, Problems problems, String[] columnNames, int knownColumns) {
        this.frequency = frequency;
        this.policies = policies;
        this.problems = problems;
        this.columnNames = columnNames;
        this.knownColumns = knownColumns;
    }

    /** Blank cells of targets that are kept as missing, over all series. */
    public long missing() {
        return missing;
    }

    /** Names the target's column, for messages. */
    void target(String column) {
        columnNames[TARGET] = column;
    }

    /** The series of ordered rows; its problems, if any, are noted and the result is then of no use. */
    public Series series(SeriesRows rows, long[] times) {
        int first = 0;
        int end = rows.size();
        while (first < end && Double.isNaN(rows.column(TARGET, first))) {
            first++;
        }
        while (end > first && Double.isNaN(rows.column(TARGET, end - 1))) {
            end--;
        }
        // Rows behind the last value are the future of the columns that are known ahead.
        int reach = knownColumns > 0 ? rows.size() : end;
        Columns filled = new Columns(rows.width(), reach - first);
        for (int row = first; row < reach; row++) {
            step(rows, times, row, row < end, filled);
        }
        return filled.series(rows.id());
    }

    private void step(SeriesRows rows, long[] times, int row, boolean past, Columns filled) {
        double[] cells = new double[rows.width()];
        for (int c = 0; c < cells.length; c++) {
            boolean needed = past || (c > TARGET && c <= knownColumns);
            cells[c] = rows.column(c, row);
            if (needed && Double.isNaN(cells[c])) {
                // A column beside the target has to be whole: the network reads it without a mask.
                Policies.Blanks blanks = policies.blanks() == Policies.Blanks.MISSING && c != TARGET
                        ? Policies.Blanks.ERROR
                        : policies.blanks();
                switch (blanks) {
                    case ERROR -> cells[c] = refused(rows, row, c, filled);
                    case DROP -> {
                        return;
                    }
                    case PREVIOUS -> cells[c] = filled.last(c);
                    case ZERO -> cells[c] = 0;
                    case MISSING -> {
                        // What is known of other columns has to be known at every step: only targets may be missing.
                        cells[c] = c == TARGET ? Double.NaN : refused(rows, row, c, filled);
                        missing += c == TARGET ? 1 : 0;
                    }
                }
            }
        }
        if (filled.size > 0) {
            bridge(rows, times[row], row, past, filled);
        }
        filled.add(times[row], cells, past);
    }

    private double refused(SeriesRows rows, int row, int column, Columns filled) {
        if (problems.wants(Problems.Kind.BLANK)) {
            problems.add(Problems.Kind.BLANK, "line " + rows.line(row) + ", column \"" + columnNames[column] + "\"");
        }
        return filled.last(column);
    }

    /** Fills, steps over or reports what is missing between the last step and {@code time}. */
    private void bridge(SeriesRows rows, long time, int row, boolean past, Columns filled) {
        long steps = frequency.steps(filled.lastTime(), time);
        if (steps == 1 || policies.gaps() == Policies.Gaps.SKIP) {
            return;
        }
        boolean holiday = frequency.unit() == Frequency.Unit.BUSINESS_DAY
                && policies.gaps() == Policies.Gaps.ERROR
                && steps > 1
                && steps <= LONGEST_HOLIDAY + 1;
        if (holiday) {
            holidays += steps - 1;
            return;
        }
        if (steps == Frequency.UNEVEN || steps < 1 || policies.gaps() == Policies.Gaps.ERROR) {
            if (problems.wants(Problems.Kind.GAP)) {
                problems.add(
                        Problems.Kind.GAP,
                        "line " + rows.line(row) + ", series \"" + rows.id() + "\": "
                                + (steps == Frequency.UNEVEN
                                        ? "no whole number of steps"
                                        : steps - 1 + " steps missing")
                                + " of " + frequency + " between " + frequency.text(filled.lastTime()) + " and "
                                + frequency.text(time));
            }
            return;
        }
        if (steps > 1000L + 100L * rows.size()) {
            throw new TableException("series \"" + rows.id() + "\", line " + rows.line(row) + ": filling a gap of "
                    + (steps - 1) + " steps would be most of the series; check the times or give another `frequency`");
        }
        double[] fill = new double[rows.width()];
        for (int c = 0; c < fill.length; c++) {
            fill[c] = switch (policies.gaps()) {
                case MISSING -> c > TARGET ? filled.last(c) : Double.NaN;
                case ZERO -> c > TARGET ? filled.last(c) : 0;
                case ERROR, SKIP, PREVIOUS -> filled.last(c);
            };
        }
        for (long i = 1; i < steps; i++) {
            filled.add(frequency.plus(filled.lastTime(), 1), fill, past);
        }
    }

    /** Growing columns of the finished series. */
    private final class Columns {
        private long[] time;
        private final double[][] cells;
        private int size;
        private int values;

        Columns(int width, int capacity) {
            time = new long[capacity];
            cells = new double[width][capacity];
        }

        long lastTime() {
            return time[size - 1];
        }

        double last(int column) {
            return size == 0 ? 0 : cells[column][size - 1];
        }

        void add(long at, double[] row, boolean past) {
            if (size == time.length) {
                int more = size + (size >> 1) + 4;
                time = Arrays.copyOf(time, more);
                for (int c = 0; c < cells.length; c++) {
                    cells[c] = Arrays.copyOf(cells[c], more);
                }
            }
            time[size] = at;
            for (int c = 0; c < row.length; c++) {
                cells[c][size] = row[c];
            }
            size++;
            values = past ? size : values;
        }

        Series series(String id) {
            double[][] known = new double[knownColumns][];
            double[][] observed = new double[cells.length - 1 - knownColumns][];
            Arrays.setAll(known, k -> Arrays.copyOf(cells[1 + k], size));
            Arrays.setAll(observed, o -> Arrays.copyOf(cells[1 + knownColumns + o], values));
            return new Series(
                    id, frequency, Arrays.copyOf(time, size), Arrays.copyOf(cells[TARGET], values), known, observed);
        }
    }
}
