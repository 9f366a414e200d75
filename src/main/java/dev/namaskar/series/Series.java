package dev.namaskar.series;

import dev.namaskar.series.notation.Frequency;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One series at regular steps: the target's values, and the columns that accompany it.
 *
 * <p>Instances never change; arrays handed out are copies. A series ends at its last value; {@link #known()} columns may reach further, because
 * they are known ahead of time.
 */
public final class Series {
    private final String id;
    private final Frequency frequency;
    private final long[] times;
    private final double[] values;
    private final double[][] known;
    private final double[][] observed;
    private final boolean missing;
    private final Map<String, String> labels;
    private volatile @Nullable Filled filled;

    /** The values with the missing ones filled in for a season. */
    @SuppressWarnings("ArrayRecordComponent") // a kept result, never compared
    private record Filled(int season, double[] values) {}

    /** Takes the arrays as they are: for arrays nobody else writes to. */
    public Series(
            String id, Frequency frequency, long[] times, double[] values, double[][] known, double[][] observed) {
        this(id, frequency, times, values, known, observed, Map.of());
    }

    private Series(
            String id,
            Frequency frequency,
            long[] times,
            double[] values,
            double[][] known,
            double[][] observed,
            Map<String, String> labels) {
        if (times.length < values.length) {
            throw new IllegalArgumentException("series \"" + id + "\": expected at least " + values.length
                    + " times for " + values.length + " values, found " + times.length);
        }
        for (double[] column : known) {
            sameLength(id, "known", times.length, column.length);
        }
        for (double[] column : observed) {
            sameLength(id, "observed", values.length, column.length);
        }
        this.id = id;
        this.frequency = frequency;
        this.times = times;
        this.values = values;
        this.known = known;
        this.observed = observed;
        this.labels = Map.copyOf(labels);
        missing = Arrays.stream(values).anyMatch(Double::isNaN);
    }

    /**
     * Copies everything.
     *
     * @param id the series' name
     * @param frequency the step
     * @param times ascending, one for each value and then one for each further step of the known columns
     * @param values the target
     * @param known columns known ahead, each as long as {@code times}
     * @param observed columns observed only so far, each as long as {@code values}
     */
    public static Series copyOf(
            String id, Frequency frequency, long[] times, double[] values, double[][] known, double[][] observed) {
        return new Series(id, frequency, times.clone(), values.clone(), copy(known), copy(observed));
    }

    /** A series of values alone, at row numbers 1, 2, .... */
    public static Series of(String id, double... values) {
        long[] rows = new long[values.length];
        Arrays.setAll(rows, i -> i + 1L);
        return new Series(
                id, new Frequency(Frequency.Unit.ROW, 1), rows, values.clone(), new double[0][], new double[0][]);
    }

    private static void sameLength(String id, String what, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException("series \"" + id + "\": expected " + expected + " values in every "
                    + what + " column, found " + found);
        }
    }

    private static double[][] copy(double[][] columns) {
        return Arrays.stream(columns).map(double[]::clone).toArray(double[][]::new);
    }

    /** The series' name. */
    public String id() {
        return id;
    }

    /** The step. */
    public Frequency frequency() {
        return frequency;
    }

    /** Number of target values. */
    public int length() {
        return values.length;
    }

    /** Number of steps with a known time, at least {@link #length()}. */
    public int reach() {
        return times.length;
    }

    /** The value at a step; not-a-number where it is missing. */
    public double value(int index) {
        return values[index];
    }

    /** The values themselves; nobody writes to them. */
    public double[] raw() {
        return values;
    }

    /** Whether any value is missing. */
    public boolean hasMissing() {
        return missing;
    }

    /** Whether the value at a step is missing. */
    public boolean isMissing(int index) {
        return missing && Double.isNaN(values[index]);
    }

    /**
     * The values with the missing ones filled in from before, a season back where there is one; nobody writes to them. Of a
     * series without any it is the values themselves.
     */
    public double[] filled(int season) {
        if (!missing) {
            return values;
        }
        Filled kept = filled;
        if (kept == null || kept.season() != season) {
            kept = new Filled(season, filled(values, season));
            filled = kept;
        }
        return kept.values();
    }

    /**
     * Values that stand where there are none: the one a season before, or without a season the one before; leading ones
     * are zero. Nothing from behind the gap is looked at, so what is filled in at one time is the same however the series
     * goes on.
     *
     * <p>They keep the places of what is counted back from the origin, lags, seasons and the states of local methods. No
     * network sees them, and no loss and no score counts them.
     */
    static double[] filled(double[] values, int season) {
        double[] filled = values.clone();
        for (int i = 0; i < filled.length; i++) {
            if (Double.isNaN(filled[i])) {
                filled[i] = i >= season ? filled[i - season] : i > 0 ? filled[i - 1] : 0;
            }
        }
        return filled;
    }

    /** A copy of the values. */
    public double[] values() {
        return values.clone();
    }

    /** A copy of the values {@code [from, to)}. */
    public double[] values(int from, int to) {
        return Arrays.copyOfRange(values, from, to);
    }

    /** The time of a step; behind the table's last row, the time the frequency leads to. */
    public long time(int index) {
        if (index < times.length) {
            return times[index];
        }
        int anchor = frequency.anchor(times);
        return frequency.plus(times[anchor], (long) index - anchor);
    }

    /** A copy of the times, as far as they are known. */
    long[] times() {
        return times.clone();
    }

    /** Number of columns known ahead. */
    public int known() {
        return known.length;
    }

    /** A known column's value at a step, past or future. */
    public double known(int column, int index) {
        return known[column][index];
    }

    /** Number of columns observed only so far. */
    public int observed() {
        return observed.length;
    }

    /** An observed column's value at a past step. */
    public double observed(int column, int index) {
        return observed[column][index];
    }

    /** How many steps have a time before {@code time}. */
    public int lengthBefore(long time) {
        int place = Arrays.binarySearch(times, 0, values.length, time);
        return place >= 0 ? place : -place - 1;
    }

    /**
     * The series as it stood when only its first {@code length} values had been seen. Known columns keep their reach,
     * for they are known ahead; the values and observed columns behind the origin are gone, not hidden.
     */
    public Series upTo(int length) {
        if (length == values.length) {
            return this;
        }
        double[][] seen =
                Arrays.stream(observed).map(c -> Arrays.copyOf(c, length)).toArray(double[][]::new);
        return new Series(id, frequency, times, Arrays.copyOf(values, length), known, seen, labels);
    }

    /** The same series with other values, as many. */
    public Series withValues(double[] others) {
        sameLength(id, "value", values.length, others.length);
        return new Series(id, frequency, times, others.clone(), known, observed, labels);
    }

    /** What is said of the series as a whole, by columns that name it or are static: {@code store} 3, {@code kind} food. */
    public Map<String, String> labels() {
        return labels;
    }

    /** The same series with this said of it. */
    public Series labelled(Map<String, String> columns) {
        return new Series(id, frequency, times, values, known, observed, columns);
    }

    /** Every series of the list as far as its first {@code lengths[i]} values. */
    static List<Series> upTo(List<Series> series, int[] lengths) {
        Series[] cut = new Series[series.size()];
        Arrays.setAll(cut, i -> series.get(i).upTo(lengths[i]));
        return List.of(cut);
    }

    @Override
    public String toString() {
        return "Series[" + id + ", " + values.length + " values, step " + frequency + "]";
    }
}
