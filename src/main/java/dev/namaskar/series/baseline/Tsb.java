package dev.namaskar.series.baseline;

import java.util.Arrays;

/**
 * Counts that are mostly zero (Teunter, Syntetos and Babai 2011, "Intermittent demand: linking forecasting to inventory
 * obsolescence"): the probability {@code p} of any demand and its size {@code z} where there is some are smoothed apart,
 * the former at every step, the latter at those with demand, and {@code p z} is the forecast of every step. Unlike
 * Croston's method it is not biased, and it falls while nothing comes. The two weights minimise the squared one-step
 * errors.
 *
 * @param probabilityWeight of the smoothing of {@code p}; 0 to fit both to each history
 * @param sizeWeight of the smoothing of {@code z}
 */
record Tsb(double probabilityWeight, double sizeWeight) implements LocalMethod {
    private static final double LEAST_WEIGHT = 0.005;
    private static final double MOST_WEIGHT = 0.5;
    private static final double FIRST_WEIGHT = 0.1;

    Tsb() {
        this(0, 0);
    }

    @Override
    public String name() {
        return "tsb";
    }

    @Override
    public int shortest() {
        return 3;
    }

    @Override
    public Tsb settled(double[] values, int length) {
        double[] best = PatternSearch.least(
                new double[] {FIRST_WEIGHT, FIRST_WEIGHT},
                new double[] {LEAST_WEIGHT, LEAST_WEIGHT},
                new double[] {MOST_WEIGHT, MOST_WEIGHT},
                w -> new Tsb(w[0], w[1]).smoothed(values, length)[1]);
        return new Tsb(best[0], best[1]);
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        if (probabilityWeight == 0) {
            return settled(values, length).forecast(values, length, horizon);
        }
        double[] forecast = new double[horizon];
        Arrays.fill(forecast, smoothed(values, length)[0]);
        return forecast;
    }

    /** {@code p z} after the last value, and the sum of the squared errors that it had of each value from the one before. */
    private double[] smoothed(double[] values, int length) {
        double size = 0;
        int demands = 0;
        for (int t = 0; t < length; t++) {
            if (values[t] != 0) {
                size += values[t];
                demands++;
            }
        }
        double z = demands == 0 ? 0 : size / demands;
        double p = demands / (double) length;
        double squares = 0;
        for (int t = 0; t < length; t++) {
            double error = values[t] - p * z;
            squares += error * error;
            boolean demand = values[t] != 0;
            z += demand ? sizeWeight * (values[t] - z) : 0;
            p += probabilityWeight * ((demand ? 1 : 0) - p);
        }
        return new double[] {p * z, squares};
    }
}
