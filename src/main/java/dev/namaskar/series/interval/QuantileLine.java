package dev.namaskar.series.interval;

import dev.namaskar.series.Forecast;
import java.util.Arrays;

/**
 * A distribution that is known at a few quantiles: straight lines between them over the normal scale, where the
 * quantile of probability {@code p} stands at {@code z = Phi^-1(p)}; beyond the outermost quantile the line from the
 * median through it goes on. So every interval can be had, not only those that were learned, and none can cross another.
 *
 * @param median the quantile at {@code z = 0}
 * @param lower quantiles at {@code -z}, from the middle outwards
 * @param upper quantiles at {@code +z}, from the middle outwards
 * @param z places of the quantiles, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of numbers, never compared
public record QuantileLine(double median, double[] lower, double[] upper, double[] z) {
    /**
     * The line of a forecast's step.
     *
     * @param h the step, 0 for the first
     */
    public static QuantileLine of(Forecast forecast, int h) {
        double[] z = Conformal.normal(forecast.levels());
        double[] lower = new double[z.length];
        double[] upper = new double[z.length];
        Arrays.setAll(lower, l -> forecast.lower()[l][h]);
        Arrays.setAll(upper, l -> forecast.upper()[l][h]);
        return new QuantileLine(forecast.point()[h], lower, upper, z);
    }

    /** Widths are not taken smaller than this share of the median: a width of nothing has no multiple. */
    private static final double LEAST_WIDTH = 1e-9;

    /** Nothing lies further out: a width of next to nothing must not make scores that no file can hold. */
    private static final double FURTHEST = 1e6;

    /** The value at a place on the normal scale. */
    public double value(double place) {
        return place < 0 ? median - reach(lower, -place) : median + reach(upper, place);
    }

    /** The value below which the next one lies with a probability. */
    public double quantile(double p) {
        return value(NormalDistribution.quantile(p));
    }

    /** How far out a value lies: the place at which {@link #value} would be it, without its sign. */
    public double distance(double value) {
        double[] ends = value < median ? lower : upper;
        double off = Math.abs(value - median);
        double from = 0;
        for (int l = 0; l < z.length; l++) {
            double to = width(ends, l);
            if (off < to) {
                double zFrom = l == 0 ? 0 : z[l - 1];
                return zFrom + (off - from) / (to - from) * (z[l] - zFrom);
            }
            from = to;
        }
        return Math.min(FURTHEST, z[z.length - 1] * off / from);
    }

    /** The distance from the median at a place, {@code place >= 0}. */
    private double reach(double[] ends, double place) {
        double from = 0;
        for (int l = 0; l < z.length; l++) {
            double to = width(ends, l);
            if (place <= z[l]) {
                double zFrom = l == 0 ? 0 : z[l - 1];
                return from + (place - zFrom) / (z[l] - zFrom) * (to - from);
            }
            from = to;
        }
        return from * place / z[z.length - 1];
    }

    private double width(double[] ends, int l) {
        double least = (1 + l) * (Double.MIN_NORMAL + LEAST_WIDTH * Math.abs(median));
        return Math.max(least, Math.abs(ends[l] - median));
    }
}
