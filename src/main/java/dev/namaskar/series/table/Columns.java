package dev.namaskar.series.table;

import dev.namaskar.series.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * The scale of the columns that accompany the target: mean and deviation over the histories the model was trained on,
 * known columns first.
 *
 * @param shift means
 * @param scale deviations, very large where a column never changes
 */
public record Columns(double[] shift, double[] scale) {
    /** Of no columns. */
    public static final Columns NONE = new Columns(new double[0], new double[0]);

    /**
     * What a column is divided by that never changed in training, so that whatever it says later is read as nothing: the
     * weights that would read it have learned nothing.
     */
    private static final double UNCHANGING = 1e30;

    /** Checks that shifts and scales are one for each column. */
    public Columns {
        if (shift.length != scale.length) {
            throw new IllegalArgumentException(
                    "expected a scale for each of " + shift.length + " columns, found " + scale.length);
        }
    }

    /** Fits to histories. */
    public static Columns fit(List<Series> histories, int known, int observed) {
        List<double[]> moments = new ArrayList<>();
        for (int k = 0; k < known; k++) {
            int column = k;
            moments.add(moments(histories, (s, i) -> s.known(column, i)));
        }
        for (int o = 0; o < observed; o++) {
            int column = o;
            moments.add(moments(histories, (s, i) -> s.observed(column, i)));
        }
        double[] shift = moments.stream().mapToDouble(m -> m[0]).toArray();
        return new Columns(shift, moments.stream().mapToDouble(m -> m[1]).toArray());
    }

    /** Mean and deviation in one pass (Welford 1962). */
    private static double[] moments(List<Series> histories, ToDoubleBiFunction<Series, Integer> value) {
        double mean = 0;
        double squares = 0;
        long n = 0;
        for (Series series : histories) {
            for (int i = 0; i < series.length(); i++) {
                double v = value.applyAsDouble(series, i);
                double off = v - mean;
                mean += off / ++n;
                squares += off * (v - mean);
            }
        }
        double deviation = n > 0 ? Math.sqrt(squares / n) : 0;
        return new double[] {mean, deviation > 0 ? deviation : UNCHANGING};
    }

    /** A value of a column as the network reads it. */
    public float scaled(int column, double value) {
        return (float) ((value - shift[column]) / scale[column]);
    }
}
