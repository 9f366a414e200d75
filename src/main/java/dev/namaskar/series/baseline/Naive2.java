package dev.namaskar.series.baseline;

import java.util.Arrays;

/** The last seasonally adjusted value, with the season put back: M4's reference for the OWA. */
public record Naive2(int season) implements LocalMethod {
    @Override
    public String name() {
        return "naive2";
    }

    @Override
    public LocalMethod of(int steps) {
        return new Naive2(steps);
    }

    @Override
    public int shortest() {
        return 1;
    }

    @Override
    public LocalMethod settled(double[] values, int length) {
        int found = SeasonalAdjustment.of(values, length, season).season();
        return new Adjusted(name(), found, new Naive(), true);
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        SeasonalAdjustment adjustment = SeasonalAdjustment.of(values, length, season);
        double[] forecast = new double[horizon];
        Arrays.fill(forecast, adjustment.adjusted()[length - 1]);
        return adjustment.seasonal(forecast);
    }
}
