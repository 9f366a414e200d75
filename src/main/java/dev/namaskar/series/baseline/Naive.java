package dev.namaskar.series.baseline;

import java.util.Arrays;

/** The last value, repeated: {@code f(T+h) = y(T)}. */
final class Naive implements LocalMethod {
    @Override
    public String name() {
        return "naive";
    }

    @Override
    public int shortest() {
        return 1;
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        double[] forecast = new double[horizon];
        Arrays.fill(forecast, values[length - 1]);
        return forecast;
    }
}
