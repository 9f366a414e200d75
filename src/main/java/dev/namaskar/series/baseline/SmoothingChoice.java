package dev.namaskar.series.baseline;

import java.util.Arrays;

/**
 * Exponential smoothing with or without a trend, and with the season that adds, multiplies, or is none: of the six the one
 * whose corrected Akaike criterion is least, as far as the history is long and positive enough for it (after Hyndman, Koehler,
 * Snyder and Grose 2002).
 */
record SmoothingChoice(int season) implements LocalMethod {
    @Override
    public String name() {
        return "ets";
    }

    @Override
    public LocalMethod of(int steps) {
        return new SmoothingChoice(steps);
    }

    @Override
    public int shortest() {
        return 3;
    }

    @Override
    public LocalMethod settled(double[] values, int length) {
        boolean positive = Arrays.stream(values, 0, length).allMatch(v -> v > 0);
        double least = Double.POSITIVE_INFINITY;
        LocalMethod best = new Naive();
        for (ExponentialSmoothing.Kind kind : ExponentialSmoothing.Kind.values()) {
            for (boolean trend : new boolean[] {false, true}) {
                ExponentialSmoothing one =
                        new ExponentialSmoothing(kind == ExponentialSmoothing.Kind.NONE ? 1 : season, trend, kind);
                boolean able = length >= one.shortest()
                        && (kind == ExponentialSmoothing.Kind.NONE || season > 1)
                        && (kind != ExponentialSmoothing.Kind.MULTIPLIED || positive);
                if (able) {
                    ExponentialSmoothing.Fit fit = one.fit(values, length);
                    double criterion = fit.criterion(length);
                    if (criterion < least) {
                        least = criterion;
                        best = fit.method();
                    }
                }
            }
        }
        return best;
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        return settled(values, length).forecast(values, length, horizon);
    }
}
