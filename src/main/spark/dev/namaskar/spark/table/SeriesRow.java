package dev.namaskar.spark.table;

import dev.namaskar.series.Series;
import dev.namaskar.series.notation.Frequency;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;

/**
 * A whole series in a form that travels.
 *
 * @param unit of the step
 * @param count of units in a step
 * @param times of all rows, those of columns known ahead among them
 * @param known {@code [columns][rows]}
 * @param observed {@code [columns][values]}
 */
public record SeriesRow(
        String id,
        Frequency.Unit unit,
        long count,
        long[] times,
        double[] values,
        double[][] known,
        double[][] observed,
        HashMap<String, String> labels)
        implements Serializable {
    /** Of a series. */
    public static SeriesRow of(Series series) {
        long[] times = new long[series.reach()];
        Arrays.setAll(times, series::time);
        double[][] known = new double[series.known()][times.length];
        for (int k = 0; k < known.length; k++) {
            int column = k;
            Arrays.setAll(known[k], i -> series.known(column, i));
        }
        double[][] observed = new double[series.observed()][series.length()];
        for (int o = 0; o < observed.length; o++) {
            int column = o;
            Arrays.setAll(observed[o], i -> series.observed(column, i));
        }
        Frequency step = series.frequency();
        return new SeriesRow(
                series.id(),
                step.unit(),
                step.count(),
                times,
                series.values(),
                known,
                observed,
                new HashMap<>(series.labels()));
    }

    /** The series itself. */
    public Series series() {
        return new Series(id, new Frequency(unit, count), times, values, known, observed).labelled(labels);
    }
}
