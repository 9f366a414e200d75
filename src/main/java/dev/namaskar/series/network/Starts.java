package dev.namaskar.series.network;

import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.baseline.LocalMethod;
import dev.namaskar.series.baseline.SeasonalNaive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a forecast starts from: past values some lags back, what local methods say of the history before the origin, and these
 * methods combined.
 *
 * <p>A method's weights are fitted at places that depend on the origin alone ({@link SettledMethods}) and kept: a window costs
 * one pass over the values, not a fit. What a method says never leaves the history's range by more than twice that range,
 * and stays positive where the history is.
 *
 * <p>Among combinations equal weights are hard to beat (Makridakis and Hibon 2000); how far off each method was at earlier
 * places of the same history beats them. With its mean absolute error {@code e} there, in units of the mean over methods,
 *
 * <pre>
 * w ~ ((e + 0.1) / 1.1)^-4
 * </pre>
 */
final class Starts {
    private static final double ROOM = 2;
    private static final double LEAST_PART = 0.01;
    private static final int LEAST_HISTORY = 6;
    private static final int MOST_PLACES = 16;

    /** So many places for each doubling of the length are enough to weigh methods by. */
    private static final int WEIGHED = SettledMethods.PLACES / 2;

    private static final double PRIOR = 0.1;
    private static final double POWER = 4;

    private final int[] lags;
    private final List<LocalMethod> methods = new ArrayList<>();
    private final int combined;
    private final int horizon;
    private final int season;

    /** Everything that weights of methods depend on but the values. */
    private record Weighing(List<LocalMethod> methods, int horizon, int place) {}

    Starts(ForecastSpec spec) {
        lags = spec.lags();
        horizon = spec.horizon();
        season = spec.season();
        combined = spec.methods().indexOf(ForecastSpec.COMBINED);
        spec.methods().stream()
                .filter(name -> !name.equals(ForecastSpec.COMBINED))
                .forEach(name -> methods.add(LocalMethod.named(name, spec.season())));
    }

    /** The starts {@code [K][H]}, lags first, for the steps after {@code values[0, origin)}. */
    double[][] of(double[] values, int origin) {
        List<double[]> starts = new ArrayList<>();
        for (int lag : lags) {
            double[] start = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                start[h] = values[SeasonalNaive.lag(origin, h, lag)];
            }
            starts.add(start);
        }
        if (!methods.isEmpty()) {
            double[][] said = said(values, origin, SettledMethods.place(origin), horizon);
            starts.addAll(Arrays.asList(said));
            if (combined >= 0) {
                starts.add(lags.length + combined, combined(said, weights(values, SettledMethods.place(origin))));
            }
        }
        return starts.toArray(double[][]::new);
    }

    /** What the methods, as they were settled at a place, say of the steps after an origin: {@code [methods][steps]}. */
    private double[][] said(double[] values, int origin, int place, int steps) {
        double[] history = SettledMethods.history(values, origin, season);
        double[][] said = new double[methods.size()][];
        for (int m = 0; m < said.length; m++) {
            LocalMethod method = SettledMethods.of(methods.get(m), values, place);
            said[m] = bounded(method.forecast(history, history.length, steps), history);
        }
        return said;
    }

    private double[] combined(double[][] said, double[] weights) {
        double[] mean = new double[horizon];
        for (int m = 0; m < said.length; m++) {
            for (int h = 0; h < horizon; h++) {
                mean[h] += weights[m] * said[m][h];
            }
        }
        return mean;
    }

    /** The methods' weights at a place, by what they said at earlier ones. */
    private double[] weights(double[] values, int place) {
        return SettledMethods.kept(values, new Weighing(methods, horizon, place), () -> {
            double[] errors = errors(values, place);
            double mean = Arrays.stream(errors).average().orElse(0);
            double[] weights = new double[errors.length];
            double sum = 0;
            for (int m = 0; m < weights.length; m++) {
                weights[m] = mean > 0 ? Math.pow((errors[m] / mean + PRIOR) / (1 + PRIOR), -POWER) : 1;
                sum += weights[m];
            }
            for (int m = 0; m < weights.length; m++) {
                weights[m] /= sum;
            }
            return weights;
        });
    }

    private double[] errors(double[] values, int place) {
        double[] errors = new double[methods.size()];
        int shortest = methods.stream().mapToInt(LocalMethod::shortest).max().orElse(0);
        int first = Math.max(Math.max(LEAST_HISTORY, shortest), Math.min(place / 2, place - 3 * horizon));
        int least = Math.max(1, horizon / 3);
        int origin = place;
        for (int count = 0; count < MOST_PLACES; ) {
            origin = SettledMethods.place(origin - 1, WEIGHED);
            if (origin < first) {
                break;
            }
            int steps = Math.min(horizon, place - origin);
            if (steps < least) {
                continue;
            }
            double[][] said = said(values, origin, origin, steps);
            for (int m = 0; m < errors.length; m++) {
                for (int h = 0; h < steps; h++) {
                    errors[m] += Math.abs(said[m][h] - values[origin + h]) / steps;
                }
            }
            count++;
        }
        return errors;
    }

    private static double[] bounded(double[] forecast, double[] history) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : history) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double room = ROOM * (high - low);
        double least = low > 0 ? Math.max(low - room, LEAST_PART * low) : low - room;
        double most = high + room;
        double last = history[history.length - 1];
        for (int h = 0; h < forecast.length; h++) {
            forecast[h] = Double.isNaN(forecast[h]) ? last : Math.max(least, Math.min(most, forecast[h]));
        }
        return forecast;
    }
}
