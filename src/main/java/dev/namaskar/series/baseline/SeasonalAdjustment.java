package dev.namaskar.series.baseline;

import java.util.Arrays;

/**
 * Classical decomposition, where the autocorrelation at the season's lag says at 90 % that there is a season: the
 * preparation of M4's benchmarks Naive2 and Theta. The season multiplies or, where values are not all positive, adds.
 *
 * @param adjusted the values without the season's figure
 * @param figure the season's figure at the phases after the last value, {@code [season]}
 * @param multiplied whether the figure multiplies, else it is added
 */
record SeasonalAdjustment(double[] adjusted, double[] figure, boolean multiplied) {
    private static final double NINETY_PERCENT = 1.645;

    /** A long season of a long series is told by its latest values. */
    private static final int MOST_PRODUCTS = 50_000_000;

    /** Adjusts {@code values[0, length)}; without a season the figure changes nothing. */
    static SeasonalAdjustment of(double[] values, int length, int season) {
        int latest = Math.max(3 * season, Math.min(length, MOST_PRODUCTS / season));
        boolean seasonal = season > 1
                && length >= 3 * season
                && isSeasonal(Arrays.copyOfRange(values, length - latest, length), season);
        return by(values, length, seasonal ? season : 1);
    }

    /** The same without the test: by this season, 1 for none. */
    static SeasonalAdjustment by(double[] values, int length, int season) {
        double[] adjusted = Arrays.copyOf(values, length);
        if (season == 1) {
            return new SeasonalAdjustment(adjusted, new double[1], false);
        }
        boolean positive = Arrays.stream(adjusted).allMatch(v -> v > 0);
        double[] byPhase = figure(values, length, season, positive);
        double[] ahead = new double[season];
        for (int i = 0; i < length; i++) {
            double s = byPhase[i % season];
            adjusted[i] = positive ? adjusted[i] / s : adjusted[i] - s;
        }
        Arrays.setAll(ahead, h -> byPhase[(length + h) % season]);
        return new SeasonalAdjustment(adjusted, ahead, positive);
    }

    /** The season that was found, 1 for none. */
    int season() {
        return figure.length;
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

    /** Mean ratio or difference to the centred moving average by phase, with a mean of one or zero: by phase of the first value. */
    static double[] figure(double[] values, int length, int season, boolean multiplied) {
        double[] sums = new double[season];
        int[] counts = new int[season];
        int half = season / 2;
        double ends = season % 2 == 0 ? 0.5 : 0;
        double[] before = new double[length + 1];
        for (int i = 0; i < length; i++) {
            before[i + 1] = before[i] + values[i];
        }
        for (int i = half; i < length - half; i++) {
            double around = before[i + half + 1] - before[i - half];
            double trend = (around - ends * (values[i - half] + values[i + half])) / season;
            sums[i % season] += multiplied ? values[i] / trend : values[i] - trend;
            counts[i % season]++;
        }
        double[] figure = new double[season];
        Arrays.setAll(figure, p -> sums[p] / counts[p]);
        double mean = Arrays.stream(figure).average().orElse(0);
        Arrays.setAll(figure, p -> multiplied ? figure[p] / mean : figure[p] - mean);
        return figure;
    }

    /** Puts the season back onto forecasts of the adjusted values, in place. */
    double[] seasonal(double[] forecast) {
        for (int h = 0; h < forecast.length; h++) {
            double s = figure[h % figure.length];
            forecast[h] = multiplied ? forecast[h] * s : forecast[h] + s;
        }
        return forecast;
    }
}
