package dev.namaskar.series.baseline;

import java.util.Arrays;

/** The last season, repeated: {@code f(T+h) = y(T+h-m)}, with as many seasons {@code m} back as it takes. */
public record SeasonalNaive(int season) implements LocalMethod {
    /** Checks the season. */
    public SeasonalNaive {
        if (season < 1) {
            throw new IllegalArgumentException("expected a season of at least 1 step, found " + season);
        }
    }

    @Override
    public String name() {
        return "seasonal_naive";
    }

    @Override
    public LocalMethod of(int steps) {
        return new SeasonalNaive(steps);
    }

    @Override
    public int shortest() {
        return season;
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        double[] forecast = new double[horizon];
        Arrays.setAll(forecast, h -> values[lag(length, h, season)]);
        return forecast;
    }

    /** The index of the last known value a whole number of seasons before step {@code h} (0 is the first) after the origin. */
    public static int lag(int origin, int h, int season) {
        return origin + h - season * (h / season + 1);
    }
}
