package dev.namaskar.series.baseline;

import java.util.Arrays;

/**
 * The dynamic optimised Theta model (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016), for values without a
 * season. Simple exponential smoothing, and the straight line through all that came so far: with its level {@code l}, the line
 * {@code A + B t}, and {@code k = 1 - 1 / theta},
 *
 * <pre>
 * f(t) = l + k ((1 - alpha)^(t-1) A + (1 - (1 - alpha)^t) / alpha B)
 * l = l + alpha (y(t) - l)
 * m' = m + (y(t) - m) / t,  B = ((t - 2) B + 6 (y(t) - m) / t) / (t + 1),  A = m' - B (t + 1) / 2
 * </pre>
 *
 * <p>Theta itself has {@code k = 1/2}, and one line for all times. First level, {@code alpha} and {@code k} make the squared
 * one-step errors least; forecasts stand in for the values that have not come.
 *
 * @param weights the first level, alpha and k; empty to fit them to each history
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of fitted weights, never compared
record DynamicTheta(double... weights) implements LocalMethod {
    private static final double LEAST_WEIGHT = 0.1;
    private static final double MOST_WEIGHT = 0.99;
    private static final double MOST_SLOPE = 0.99;
    private static final int FIRST_VALUES = 3;

    @Override
    public String name() {
        return "dotm";
    }

    @Override
    public int shortest() {
        return 3;
    }

    @Override
    public DynamicTheta settled(double[] values, int length) {
        double least = Arrays.stream(values, 0, length).min().orElse(0);
        double most = Arrays.stream(values, 0, length).max().orElse(0);
        double[] best = PatternSearch.least(
                new double[] {values[0], 0.5, 0.5},
                new double[] {Math.min(least, values[0]), LEAST_WEIGHT, 0},
                new double[] {Math.max(most, values[0]), MOST_WEIGHT, MOST_SLOPE},
                w -> new State(w).run(values, length));
        return new DynamicTheta(best);
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        if (weights.length == 0) {
            return settled(values, length).forecast(values, length, horizon);
        }
        State state = new State(weights);
        state.run(values, length);
        double[] forecast = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            forecast[h] = state.next();
            state.take(forecast[h]);
        }
        return forecast;
    }

    /** Level, mean and line after some values. */
    private static final class State {
        private final double alpha;
        private final double k;
        private double level;
        private double mean;
        private double first;
        private double slope;
        private double left = 1;
        private int t;

        State(double[] weights) {
            level = weights[0];
            alpha = weights[1];
            k = weights[2];
        }

        /** What is expected of the value after {@code t}; of the first, nothing but itself. */
        double next() {
            return level + k * (left * first + (1 - left * (1 - alpha)) / alpha * slope);
        }

        void take(double value) {
            t++;
            level += alpha * (value - level);
            left *= 1 - alpha;
            double before = t == 1 ? value : mean;
            mean = before + (value - before) / t;
            slope = t == 1 ? 0 : ((t - 2) * slope + 6 * (value - before) / t) / (t + 1);
            first = mean - slope * (t + 1) / 2;
        }

        /** Takes in the values one by one; returns the sum of squared one-step errors but for the first few. */
        double run(double[] values, int length) {
            double sum = 0;
            for (int i = 0; i < length; i++) {
                double error = i == 0 ? 0 : values[i] - next();
                sum += i < FIRST_VALUES && length > FIRST_VALUES ? 0 : error * error;
                take(values[i]);
            }
            return sum;
        }
    }
}
