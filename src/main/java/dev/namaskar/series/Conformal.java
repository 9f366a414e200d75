package dev.namaskar.series;

import java.util.Arrays;
import java.util.List;

/**
 * Split-conformal calibration of quantile forecasts (Romano, Patterson and Candes 2019, in its multiplicative form).
 *
 * <p>The score of a value {@code y} under a forecast {@code m} with interval {@code [lo, hi]} is how many half widths it
 * lies out: {@code max((m - y) / (m - lo), (y - m) / (hi - m))}. The intervals are then stretched by the scores'
 * quantile over windows the network was not trained on, so that a share of at least the level of exchangeable
 * windows is covered. Half widths of higher levels are never smaller: intervals stay nested.
 *
 * @param levels probabilities, ascending
 * @param factors stretch {@code [levels][H]}
 */
public record Conformal(double[] levels, double[][] factors) {
    /** With fewer scores beyond the quantile than this, steps share one factor. */
    private static final double ENOUGH_BEYOND = 5;

    /** Half widths are not taken smaller than this share of the forecast: a width of nothing has no multiple. */
    private static final double LEAST_WIDTH = 1e-9;

    /** No stretch at all. */
    public static Conformal none(double[] levels, int horizon) {
        double[][] ones = new double[levels.length][horizon];
        for (double[] row : ones) {
            Arrays.fill(row, 1);
        }
        return new Conformal(levels.clone(), ones);
    }

    /**
     * Calibrates on forecasts and what came.
     *
     * @param forecasts raw quantile forecasts, all with these levels and one horizon
     * @param actual what came, {@code [H]} each
     */
    public static Conformal fit(List<Forecast> forecasts, List<double[]> actual, double[] levels, int horizon) {
        Conformal calibration = none(levels, horizon);
        if (forecasts.isEmpty()) {
            return calibration;
        }
        for (int l = 0; l < levels.length; l++) {
            double[][] scores = new double[horizon][forecasts.size()];
            for (int i = 0; i < forecasts.size(); i++) {
                for (int h = 0; h < horizon; h++) {
                    scores[h][i] = score(forecasts.get(i), l, h, actual.get(i)[h]);
                }
            }
            double level = levels[l];
            if (forecasts.size() * (1 - level) < ENOUGH_BEYOND) {
                double[] pooled =
                        Arrays.stream(scores).flatMapToDouble(Arrays::stream).toArray();
                Arrays.fill(calibration.factors[l], quantile(pooled, level));
            } else {
                Arrays.setAll(calibration.factors[l], h -> quantile(scores[h], level));
            }
        }
        return calibration;
    }

    private static double score(Forecast forecast, int level, int h, double actual) {
        double middle = forecast.point()[h];
        double least = LEAST_WIDTH * (1 + Math.abs(middle));
        double below = (middle - actual) / Math.max(least, middle - forecast.lower()[level][h]);
        double above = (actual - middle) / Math.max(least, forecast.upper()[level][h] - middle);
        return Math.max(below, above);
    }

    /** The forecast with its intervals stretched. */
    public Forecast apply(Forecast raw) {
        int horizon = raw.horizon();
        double[][] lower = new double[levels.length][horizon];
        double[][] upper = new double[levels.length][horizon];
        for (int h = 0; h < horizon; h++) {
            double below = 0;
            double above = 0;
            double middle = raw.point()[h];
            for (int l = 0; l < levels.length; l++) {
                below = Math.max(below, factors[l][h] * (middle - raw.lower()[l][h]));
                above = Math.max(above, factors[l][h] * (raw.upper()[l][h] - middle));
                lower[l][h] = middle - below;
                upper[l][h] = middle + above;
            }
        }
        return new Forecast(raw.series(), raw.times(), raw.point(), raw.levels(), lower, upper);
    }

    /**
     * The {@code ceil((n + 1) level)}-th smallest of {@code n} scores: with one more exchangeable score, it is covered
     * with probability {@code level}. When there are too few scores for the level it is the largest of them; of none,
     * not a number.
     */
    public static double quantile(double[] scores, double level) {
        if (scores.length == 0) {
            return Double.NaN;
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil((sorted.length + 1) * level - 1e-9);
        return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
    }
}
