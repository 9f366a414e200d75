package dev.namaskar.series.baseline;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Forecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.interval.Conformal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A local method with intervals from its own record: around the point forecast, as far as its errors reached at the
 * last rolling origins of the history itself.
 *
 * @param method the rule
 * @param windows how many rolling origins, at most
 */
public record LocalForecaster(LocalMethod method, int windows) implements Forecaster, Forecaster.Fitted {
    /** Enough for a 99 % interval without refitting slow methods for ever. */
    public static final int WINDOWS = 100;

    /** The baselines that every report carries. */
    public static List<Forecaster> baselines(int season) {
        List<Forecaster> all = new ArrayList<>();
        LocalMethod.baselines(season).values().forEach(m -> all.add(new LocalForecaster(m, WINDOWS)));
        return all;
    }

    @Override
    public String name() {
        return method.name();
    }

    @Override
    public int shortest() {
        return method.shortest();
    }

    @Override
    public Fitted fit(List<Series> histories) {
        return this;
    }

    @Override
    public Forecast forecast(Series history, int horizon, double[] levels) {
        int length = history.length();
        if (length < method.shortest()) {
            throw new IllegalArgumentException("series \"" + history.id() + "\": " + name() + " needs at least "
                    + method.shortest() + " values, found " + length);
        }
        double[] values = history.filled(method.season());
        double[] point = method.forecast(values, length, horizon);
        double[][] reach = reach(history, values, horizon, levels);
        double[][] lower = new double[levels.length][horizon];
        double[][] upper = new double[levels.length][horizon];
        for (int l = 0; l < levels.length; l++) {
            for (int h = 0; h < horizon; h++) {
                lower[l][h] = point[h] - reach[l][h];
                upper[l][h] = point[h] + reach[l][h];
            }
        }
        long[] times = new long[horizon];
        Arrays.setAll(times, h -> history.time(length + h));
        return new Forecast(history.id(), history.frequency(), times, point, levels.clone(), lower, upper);
    }

    /** Half widths {@code [levels][H]}; not a number where the history is too short for a single record. */
    private double[][] reach(Series history, double[] values, int horizon, double[] levels) {
        int first = Math.max(method.shortest(), values.length - horizon - windows + 1);
        int count = Math.max(0, values.length - horizon - first + 1);
        double[][] errors = new double[horizon][count];
        for (int w = 0; w < count; w++) {
            int origin = first + w;
            double[] then = method.forecast(values, origin, horizon);
            for (int h = 0; h < horizon; h++) {
                errors[h][w] = Math.abs(history.value(origin + h) - then[h]);
            }
        }
        double[][] reach = new double[levels.length][horizon];
        for (int l = 0; l < levels.length; l++) {
            double level = levels[l];
            Arrays.setAll(reach[l], h -> Conformal.quantile(errors[h], level));
        }
        return reach;
    }
}
