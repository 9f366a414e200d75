package dev.namaskar.series.baseline;

import java.util.Arrays;

/**
 * Classical multiplicative decomposition, where the autocorrelation at the season's lag says at 90 % that there is a
 * season: the preparation of M4's benchmarks Naive2 and Theta.
 *
 * @param adjusted the values divided by the season's figure
 * @param figure the season's figure at the phases after the last value, {@code [season]}
 */
record SeasonalAdjustment(double[] adjusted, double[] figure) {
    private static final double NINETY_PERCENT = 1.645;

    /** Adjusts {@code values[0, length)}; without a season, or where values are not positive, the figure is 1. */
    static SeasonalAdjustment of(double[] values, int length, int season) {
        double[] history = Arrays.copyOf(values, length);
        boolean positive = Arrays.stream(history).allMatch(v -> v > 0);
        if (season < 2 || length < 3 * season || !positive || !isSeasonal(history, season)) {
            double[] ones = new double[Math.max(1, season)];
            Arrays.fill(ones, 1);
            return new SeasonalAdjustment(history, ones);
        }
        double[] byPhase = figure(history, season);
        double[] adjusted = new double[length];
        double[] ahead = new double[season];
        Arrays.setAll(adjusted, i -> history[i] / byPhase[i % season]);
        Arrays.setAll(ahead, h -> byPhase[(length + h) % season]);
        return new SeasonalAdjustment(adjusted, ahead);
    }

    /** {@code |r(m)| > 1.645 sqrt((1 + 2 sum r(k)^2, k < m) / n)}. */
    static boolean isSeasonal(double[] values, int season) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = 0;
        for (double v : values) {
            variance += (v - mean) * (v - mean);
        }
        double squares = 1;
        double atSeason = 0;
        for (int lag = 1; lag <= season; lag++) {
            double sum = 0;
            for (int i = lag; i < values.length; i++) {
                sum += (values[i] - mean) * (values[i - lag] - mean);
            }
            atSeason = variance > 0 ? sum / variance : 0;
            squares += lag < season ? 2 * atSeason * atSeason : 0;
        }
        return Math.abs(atSeason) > NINETY_PERCENT * Math.sqrt(squares / values.length);
    }

    /** Mean ratio to the centred moving average by phase, scaled to a mean of one. */
    private static double[] figure(double[] values, int season) {
        double[] sums = new double[season];
        int[] counts = new int[season];
        int half = season / 2;
        boolean even = season % 2 == 0;
        for (int i = half; i < values.length - half; i++) {
            double trend = 0;
            for (int j = i - half; j <= i + half; j++) {
                boolean end = j == i - half || j == i + half;
                trend += even && end ? values[j] / 2 : values[j];
            }
            sums[i % season] += values[i] / (trend / season);
            counts[i % season]++;
        }
        double[] figure = new double[season];
        Arrays.setAll(figure, p -> sums[p] / counts[p]);
        double mean = Arrays.stream(figure).average().orElse(1);
        Arrays.setAll(figure, p -> figure[p] / mean);
        return figure;
    }

    /** Puts the season back onto forecasts of the adjusted values, in place. */
    double[] seasonal(double[] forecast) {
        for (int h = 0; h < forecast.length; h++) {
            forecast[h] *= figure[h % figure.length];
        }
        return forecast;
    }
}
