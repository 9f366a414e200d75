package dev.namaskar.series.evaluate;

import dev.namaskar.series.Forecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.baseline.LocalForecaster;
import dev.namaskar.series.baseline.Naive2;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forecasts of one table measured against another that holds what came. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * The scores, by name; {@code series} is how many series were judged.
     *
     * @param past the histories
     * @param future what came: by time where the table has times, else each series' first values
     * @throws IllegalArgumentException when a series has no or too few values in the future
     */
    public static Map<String, Double> of(SeriesModel model, Table past, Table future, int season) {
        int horizon = model.spec().horizon();
        double[] levels = model.spec().levels();
        Forecaster.Fitted naive2 = new LocalForecaster(new Naive2(season), 0).fit(past.series());
        List<Outcome> outcomes = new ArrayList<>();
        List<Outcome> reference = new ArrayList<>();
        for (Series history : past.series()) {
            double[] actual = actual(history, future, horizon);
            double scale = Outcome.scale(history, season);
            outcomes.add(new Outcome(model.forecast(history, horizon, levels), actual, scale));
            reference.add(new Outcome(naive2.forecast(history, horizon, levels), actual, scale));
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("series", (double) outcomes.size());
        scores.put("smape", Metrics.SMAPE.of(outcomes));
        scores.put("mase", Metrics.MASE.of(outcomes));
        scores.put("owa", Metrics.owa(outcomes, reference));
        for (Metric metric : Metrics.all(levels)) {
            scores.putIfAbsent(metric.name(), metric.of(outcomes));
        }
        return scores;
    }

    private static double[] actual(Series history, Table future, int horizon) {
        Series came = future.series(history.id());
        int from = future.timed() ? came.lengthBefore(history.time(history.length())) : 0;
        if (from + horizon > came.length()) {
            throw new IllegalArgumentException("series \"" + history.id() + "\": expected " + horizon
                    + " values after " + history.frequency().text(history.time(history.length() - 1))
                    + " in the table of what came, found " + Math.max(0, came.length() - from));
        }
        return came.values(from, from + horizon);
    }
}
