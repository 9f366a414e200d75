package dev.namaskar.series;

import dev.namaskar.series.baseline.LocalMethod;
import dev.namaskar.series.baseline.SeasonalNaive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a forecast starts from: past values some lags back, and what local methods say of the history before the origin.
 *
 * <p>A method's weights are fitted at places that depend on the origin alone, about sixteen for each doubling of the
 * history's length, and kept: a window costs one pass over the values, not a fit. What a method says never leaves the
 * history's range by more than twice that range, and stays positive where the history is.
 */
final class Starts {
    private static final int MOST_HISTORY = 1000;
    private static final int PLACES = 16;
    private static final double ROOM = 2;
    private static final double LEAST_PART = 0.01;

    private final int[] lags;
    private final List<LocalMethod> methods = new ArrayList<>();
    private final int horizon;
    private final int most;
    private final Map<Place, LocalMethod> settled = new ConcurrentHashMap<>();

    /** Where a method was fitted; series are told apart by identity. */
    private record Place(double[] values, int length, int method) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Place p && p.values == values && p.length == length && p.method == method;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * System.identityHashCode(values) + length) + method;
        }
    }

    Starts(ForecastSpec spec) {
        lags = spec.lags();
        horizon = spec.horizon();
        most = Math.max(MOST_HISTORY, 2 * spec.season());
        spec.methods().forEach(name -> methods.add(LocalMethod.named(name, spec.season())));
    }

    /** The starts {@code [K][H]}, lags first, for the steps after {@code values[0, origin)}. */
    double[][] of(double[] values, int origin) {
        double[][] starts = new double[lags.length + methods.size()][horizon];
        for (int k = 0; k < lags.length; k++) {
            int lag = lags[k];
            Arrays.setAll(starts[k], h -> values[SeasonalNaive.lag(origin, h, lag)]);
        }
        if (!methods.isEmpty()) {
            int from = Math.max(0, origin - most);
            double[] history = Arrays.copyOfRange(values, from, origin);
            for (int m = 0; m < methods.size(); m++) {
                LocalMethod method = settled(values, origin, m);
                starts[lags.length + m] = bounded(method.forecast(history, history.length, horizon), history);
            }
        }
        return starts;
    }

    private LocalMethod settled(double[] values, int origin, int m) {
        int apart = Integer.highestOneBit(Math.max(1, origin / PLACES));
        int length = origin - origin % apart;
        return settled.computeIfAbsent(new Place(values, length, m), place -> {
            double[] history = Arrays.copyOfRange(values, Math.max(0, length - most), length);
            return methods.get(m).settled(history, history.length);
        });
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
