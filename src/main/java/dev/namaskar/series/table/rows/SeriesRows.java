package dev.namaskar.series.table.rows;

import dev.namaskar.series.table.Policies;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The rows of one series as they come in: times and values in growing primitive arrays, nothing else. */
public final class SeriesRows {
    private static final int FIRST_CAPACITY = 16;

    /** What the series is called. */
    private String id;

    /** What columns say of the whole series. */
    final Map<String, String> labels = new LinkedHashMap<>();

    private double[] times = new double[FIRST_CAPACITY];
    private int[] lines = new int[FIRST_CAPACITY];
    private final double[][] columns;
    private int size;

    /** @param width columns of numbers: the target, then the known, then the observed */
    public SeriesRows(String id, int width) {
        this.id = id;
        this.columns = new double[width][FIRST_CAPACITY];
    }

    /** What the series is called. */
    public String id() {
        return id;
    }

    /** Calls the series otherwise. */
    SeriesRows called(String name) {
        id = name;
        return this;
    }

    /** How many rows there are. */
    public int size() {
        return size;
    }

    /** The rows' times, and room behind them. */
    public double[] times() {
        return times;
    }

    double column(int column, int row) {
        return columns[column][row];
    }

    /** A column's values of all rows, and room behind them. */
    public double[] column(int column) {
        return columns[column];
    }

    int line(int row) {
        return lines[row];
    }

    int width() {
        return columns.length;
    }

    /** Adds a row whose cells are then set with {@link #set}. */
    public void add(double time, int line) {
        if (size == times.length) {
            int more = size + (size >> 1);
            times = Arrays.copyOf(times, more);
            lines = Arrays.copyOf(lines, more);
            for (int c = 0; c < columns.length; c++) {
                columns[c] = Arrays.copyOf(columns[c], more);
            }
        }
        times[size] = time;
        lines[size] = line;
        size++;
    }

    /** Sets a cell of the last row; NaN is a blank. */
    public void set(int column, double value) {
        columns[column][size - 1] = value;
    }

    /** Gives back the spare room. */
    public void trim() {
        times = Arrays.copyOf(times, size);
        lines = Arrays.copyOf(lines, size);
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Arrays.copyOf(columns[c], size);
        }
    }

    /** Brings times into order and single file, as the policies say, and notes what they do not allow. */
    void order(Policies policies, Problems problems) {
        boolean ascending = true;
        for (int i = 1; i < size; i++) {
            if (times[i] < times[i - 1]) {
                ascending = false;
                if (policies.disorder() == Policies.Disorder.ERROR && problems.wants(Problems.Kind.DISORDER)) {
                    problems.add(Problems.Kind.DISORDER, "line " + lines[i] + ", series \"" + id + "\"");
                }
            }
        }
        if (!ascending) {
            sort();
        }
        merge(policies.duplicates(), problems);
    }

    /** Whether every time is earlier than the one before, as in tables with the newest row first. */
    boolean isDescending() {
        for (int i = 1; i < size; i++) {
            if (times[i] >= times[i - 1]) {
                return false;
            }
        }
        return size > 1;
    }

    /** Leaves out the rows of some places. */
    void remove(BitSet gone) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!gone.get(i)) {
                move(i, kept++);
            }
        }
        size = kept;
        trim();
    }

    private void move(int from, int to) {
        times[to] = times[from];
        lines[to] = lines[from];
        for (double[] column : columns) {
            column[to] = column[from];
        }
    }

    /** Makes one row, of mean values, of those from one place to another whose times are the same. */
    void average(int from, int to) {
        for (int i = from; i < to; i++) {
            for (int j = i + 1; j < to; j++) {
                if (times[j] == times[i]) {
                    for (double[] column : columns) {
                        column[i] = Double.isNaN(column[i])
                                ? column[j]
                                : Double.isNaN(column[j]) ? column[i] : (column[i] + column[j]) / 2;
                    }
                }
            }
        }
    }

    /** Repeats a row at another time, behind it. */
    void repeat(int row, double time) {
        add(time, lines[row]);
        for (int i = size - 1; i > row + 1; i--) {
            move(i - 1, i);
        }
        move(row, row + 1);
        times[row + 1] = time;
    }

    /** Brings the rows into the order of their times. */
    public void sort() {
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> times[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] sortedTimes = new double[size];
        int[] sortedLines = new int[size];
        Arrays.setAll(sortedTimes, i -> times[order[i]]);
        Arrays.setAll(sortedLines, i -> lines[order[i]]);
        for (int c = 0; c < columns.length; c++) {
            double[] from = columns[c];
            double[] sorted = new double[size];
            Arrays.setAll(sorted, i -> from[order[i]]);
            columns[c] = sorted;
        }
        times = sortedTimes;
        lines = sortedLines;
    }

    private void merge(Policies.Duplicates policy, Problems problems) {
        int kept = 0;
        int run = 1;
        for (int i = 0; i < size; i++) {
            boolean again = kept > 0 && times[i] == times[kept - 1];
            if (again && policy == Policies.Duplicates.ERROR) {
                if (problems.wants(Problems.Kind.DUPLICATE)) {
                    problems.add(
                            Problems.Kind.DUPLICATE,
                            "lines " + lines[kept - 1] + " and " + lines[i] + ", series \"" + id + "\"");
                }
                continue;
            }
            run = again ? run + 1 : 1;
            int to = again ? kept - 1 : kept++;
            times[to] = times[i];
            lines[to] = lines[i];
            for (double[] column : columns) {
                column[to] = again ? combine(policy, column[to], column[i], run) : column[i];
            }
        }
        size = kept;
    }

    private static double combine(Policies.Duplicates policy, double before, double now, int run) {
        return switch (policy) {
            case ERROR, FIRST -> before;
            case LAST -> now;
            case MEAN -> before + (now - before) / run;
            case SUM -> before + now;
        };
    }
}
