package dev.namaskar.series.baseline;

import java.util.Arrays;

/** The line through the first and the last value: {@code f(T+h) = y(T) + h (y(T) - y(1)) / (T - 1)}. */
final class Drift implements LocalMethod {
    @Override
    public String name() {
        return "drift";
    }

    @Override
    public int shortest() {
        return 2;
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        double last = values[length - 1];
        double slope = (last - values[0]) / (length - 1);
        double[] forecast = new double[horizon];
        Arrays.setAll(forecast, h -> last + (h + 1) * slope);
        return forecast;
    }
}
