package dev.namaskar.series.evaluate;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * The test of equal accuracy of Diebold and Mariano (1995) with the small-sample correction of Harvey, Leybourne and
 * Newbold (1997): {@code DM = d / sqrt(V / n)} with {@code V = g(0) + 2 sum g(k), k < overlap}, times
 * {@code sqrt((n + 1 - 2 overlap + overlap (overlap - 1) / n) / n)}, against Student's t with {@code n - 1} degrees of
 * freedom.
 *
 * @param statistic negative when the first forecaster's losses are smaller; not a number without a test
 * @param pValue two-sided; not a number when there are fewer than two losses
 * @param n number of losses
 */
public record DieboldMariano(double statistic, double pValue, int n) {
    /**
     * Compares losses pair by pair, in order of time.
     *
     * @param first losses of the first forecaster
     * @param second losses of the second forecaster at the same origins
     * @param overlap how many consecutive losses share steps: 1 when none do
     */
    public static DieboldMariano test(double[] first, double[] second, int overlap) {
        int n = first.length;
        if (second.length != n || overlap < 1) {
            throw new IllegalArgumentException("expected losses in pairs and an overlap of at least 1, found " + n
                    + " and " + second.length + " losses and overlap " + overlap);
        }
        if (n < 2) {
            return new DieboldMariano(Double.NaN, Double.NaN, n);
        }
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += (first[i] - second[i]) / n;
        }
        double variance = autocovariance(first, second, mean, 0);
        double plain = variance;
        int lags = Math.min(overlap, n) - 1;
        for (int lag = 1; lag <= lags; lag++) {
            variance += 2 * autocovariance(first, second, mean, lag);
        }
        if (!(variance > 0)) {
            // The unweighted sum of autocovariances need not be positive; without them it is.
            variance = plain;
            lags = 0;
        }
        if (!(variance > 0)) {
            return new DieboldMariano(
                    mean == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, mean), mean == 0 ? 1 : 0, n);
        }
        double h = lags + 1;
        double correction = Math.sqrt(Math.max(0, (n + 1 - 2 * h + h * (h - 1) / n) / n));
        double statistic = correction * mean / Math.sqrt(variance / n);
        double p = 2 * new TDistribution(n - 1).cumulativeProbability(-Math.abs(statistic));
        return new DieboldMariano(statistic, p, n);
    }

    private static double autocovariance(double[] first, double[] second, double mean, int lag) {
        double sum = 0;
        for (int i = lag; i < first.length; i++) {
            sum += (first[i] - second[i] - mean) * (first[i - lag] - second[i - lag] - mean);
        }
        return sum / first.length;
    }
}
