package dev.namaskar.series.baseline;

import java.util.Arrays;

/**
 * Exponential smoothing (Holt 1957, Winters 1960, Gardner and McKenzie 1985) with a level {@code l}, if wanted a damped
 * trend {@code b}, and if wanted a season {@code s} that adds or multiplies. With {@code f = l + phi b} before step t and
 * {@code e} what is left of the value when the season is taken away,
 *
 * <pre>
 * e = y(t) - s(t-m) - f   or   y(t) / s(t-m) - f
 * l = f + alpha e
 * b = phi b + alpha beta e
 * s(t) = s(t-m) + gamma (1 - alpha) e   or   s(t-m) (1 + gamma (1 - alpha) e / f)
 * </pre>
 *
 * <p>The weights make the squared one-step errors least; the first level, trend and season come from a line through the
 * first values and from {@link SeasonalAdjustment}'s figure.
 *
 * @param season m
 * @param trend whether there is a trend
 * @param kind how the season enters
 * @param weights alpha, beta, phi, gamma; empty to fit them to each history
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of fitted weights, never compared
record ExponentialSmoothing(int season, boolean trend, Kind kind, double... weights) implements LocalMethod {
    /** How a season enters. */
    enum Kind {
        /** Not at all. */
        NONE,
        /** Added. */
        ADDED,
        /** Multiplied: for positive values. */
        MULTIPLIED
    }

    private static final int FIRST_VALUES = 10;
    private static final double LEAST_SIZE = 1e-9;

    /** Bounds and beginning of alpha, beta, phi, gamma. */
    private static final double[][] BOX = {{1e-3, 0, 0.8, 0}, {0.999, 1, 0.98, 0.9}, {0.3, 0.1, 0.93, 0.1}};

    @Override
    public String name() {
        return "exponential_smoothing";
    }

    @Override
    public int shortest() {
        return kind == Kind.NONE ? 3 : 2 * season + 3;
    }

    @Override
    public ExponentialSmoothing settled(double[] values, int length) {
        return fit(values, length).method();
    }

    /**
     * The method with its weights, and how well they do.
     *
     * @param squares mean squared one-step error
     */
    record Fit(ExponentialSmoothing method, double squares) {
        /** Akaike's criterion, corrected for short histories (Hurvich and Tsai 1989). */
        double criterion(int length) {
            double free = method.free();
            double most = length - free - 1;
            return most <= 0
                    ? Double.POSITIVE_INFINITY
                    : length * Math.log(squares + Double.MIN_NORMAL) + 2 * free + 2 * free * (free + 1) / most;
        }
    }

    /** What is fitted to a history: weights, first states, the spread. */
    private int free() {
        return 3 + (trend ? 3 : 0) + (kind == Kind.NONE ? 0 : season);
    }

    Fit fit(double[] values, int length) {
        State first = first(values, length);
        boolean[] open = {true, trend, trend, kind != Kind.NONE};
        double[][] box = new double[BOX.length][];
        for (int side = 0; side < box.length; side++) {
            double[] all = BOX[side];
            box[side] = java.util.stream.IntStream.range(0, all.length)
                    .filter(i -> open[i])
                    .mapToDouble(i -> all[i])
                    .toArray();
        }
        State scratch = new State(season);
        double[] best = PatternSearch.least(
                box[2], box[0], box[1], w -> scratch.copy(first).run(values, length, all(w)));
        double[] chosen = all(best);
        double squares = scratch.copy(first).run(values, length, chosen);
        return new Fit(new ExponentialSmoothing(season, trend, kind, chosen), squares / length);
    }

    /** All four weights of those that are open. */
    private double[] all(double[] open) {
        int next = 1;
        double beta = trend ? open[next++] : 0;
        double phi = trend ? open[next++] : 0;
        return new double[] {open[0], beta, phi, kind == Kind.NONE ? 0 : open[next]};
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        if (weights.length == 0) {
            return settled(values, length).forecast(values, length, horizon);
        }
        State state = first(values, length);
        state.run(values, length, weights);
        return state.ahead(length, horizon, weights[2]);
    }

    /** Level, trend and season before the first value. */
    private State first(double[] values, int length) {
        State state = new State(season);
        state.multiplied = kind == Kind.MULTIPLIED;
        Arrays.fill(state.figure, state.multiplied ? 1 : 0);
        if (kind != Kind.NONE) {
            System.arraycopy(
                    SeasonalAdjustment.figure(values, length, season, state.multiplied), 0, state.figure, 0, season);
        }
        int count = Math.min(length, Math.max(FIRST_VALUES, 2 * season));
        double mean = 0;
        double lean = 0;
        double middle = (count - 1) / 2.0;
        for (int t = 0; t < count; t++) {
            double y = state.adjusted(values[t], t);
            mean += y / count;
            lean += (t - middle) * y;
        }
        double squares = count * ((double) count * count - 1) / 12;
        state.slope = trend && squares > 0 ? lean / squares : 0;
        state.level = mean - (trend ? state.slope * (middle + 1) : 0);
        return state;
    }

    /** Level, trend and season at some time. */
    private static final class State {
        private final double[] figure;
        private double level;
        private double slope;
        private boolean multiplied;

        State(int season) {
            figure = new double[season];
        }

        State copy(State from) {
            level = from.level;
            slope = from.slope;
            multiplied = from.multiplied;
            System.arraycopy(from.figure, 0, figure, 0, figure.length);
            return this;
        }

        double adjusted(double value, int t) {
            double s = figure[t % figure.length];
            return multiplied ? value / s : value - s;
        }

        /** Takes in the values one by one; returns the sum of squared one-step errors. */
        double run(double[] values, int length, double[] weights) {
            double alpha = weights[0];
            double beta = weights[1];
            double phi = weights[2];
            double gamma = weights[3] * (1 - alpha);
            int season = figure.length;
            double sum = 0;
            int phase = 0;
            for (int t = 0; t < length; t++) {
                double s = figure[phase];
                double expected = level + phi * slope;
                double off = (multiplied ? values[t] / s : values[t] - s) - expected;
                double error = multiplied ? off * s : off;
                sum += error * error;
                level = expected + alpha * off;
                slope = phi * slope + alpha * beta * off;
                if (gamma > 0) {
                    figure[phase] = multiplied
                            ? s * (1 + gamma * off / Math.max(LEAST_SIZE, Math.abs(expected)))
                            : s + gamma * off;
                }
                phase = phase + 1 == season ? 0 : phase + 1;
            }
            return sum;
        }

        double[] ahead(int length, int horizon, double phi) {
            double[] forecast = new double[horizon];
            double power = 1;
            double reach = 0;
            for (int h = 0; h < horizon; h++) {
                power *= phi;
                reach += power;
                double y = level + reach * slope;
                double s = figure[(length + h) % figure.length];
                forecast[h] = multiplied ? y * s : y + s;
            }
            return forecast;
        }
    }
}
