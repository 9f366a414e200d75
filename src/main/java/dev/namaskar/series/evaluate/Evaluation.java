package dev.namaskar.series.evaluate;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Forecaster;
import dev.namaskar.series.Note;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.baseline.LocalForecaster;
import dev.namaskar.series.baseline.Naive2;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.Policies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Forecasts of one table measured against another that holds the actual values, beside simple forecasts of the same.
 *
 * @param model the outcomes of the model's forecasts
 * @param baselines those of the simple ones, by name
 * @param naive2 the reference of the overall weighted average
 * @param levels probabilities of the intervals
 * @param notes what was left out or unused, one sentence each
 */
@SuppressWarnings("ArrayRecordComponent") // a report, never compared
public record Evaluation(
        List<Outcome> model,
        Map<String, List<Outcome>> baselines,
        List<Outcome> naive2,
        double[] levels,
        List<String> notes) {
    private static final int NAMED = 8;

    /** Copies the lists. */
    public Evaluation {
        model = List.copyOf(model);
        naive2 = List.copyOf(naive2);
        notes = List.copyOf(notes);
    }

    /**
     * Measures a model.
     *
     * @param past the histories
     * @param future the actual values: matched by time where the tables have times, else each series' first values
     * @param season of scaled errors and of the simple forecasts
     * @throws IllegalArgumentException when they follow no history
     */
    public static Evaluation of(SeriesModel model, Table past, Table future, int season) {
        Matching matching = new Matching(past, future, model.spec().horizon());
        double[] levels = model.spec().levels();
        List<Forecaster> simple = LocalForecaster.baselines(season);
        Forecaster reference = new LocalForecaster(new Naive2(season), 0);
        List<Outcome> own = new ArrayList<>();
        List<Outcome> naive2 = new ArrayList<>();
        Map<String, List<Outcome>> baselines = new LinkedHashMap<>();
        List<String> constant = new ArrayList<>();
        List<String> tooShort = new ArrayList<>();
        for (Series history : past.series()) {
            double[] actual = matching.actual(history);
            if (actual.length == 0) {
                continue;
            }
            if (history.length() < model.spec().shortest()) {
                tooShort.add(history.id());
                continue;
            }
            double scale = Outcome.scale(history, season);
            if (!(scale > 0)) {
                constant.add(history.id());
            }
            int horizon = actual.length;
            own.add(new Outcome(model.forecast(history, horizon, levels), actual, scale));
            naive2.add(new Outcome(forecast(reference, history, horizon, levels), actual, scale));
            for (Forecaster forecaster : simple) {
                if (history.length() >= forecaster.shortest()) {
                    baselines
                            .computeIfAbsent(forecaster.name(), name -> new ArrayList<>())
                            .add(new Outcome(forecast(forecaster, history, horizon, levels), actual, scale));
                }
            }
        }
        List<String> notes = new ArrayList<>(matching.notes());
        notes.addAll(model.unknown(past.series()));
        note(notes, tooShort, "left out, for the model needs " + model.spec().shortest() + " values of history");
        note(
                notes,
                constant,
                "left out of scaled scores (mase, msis, pinball), for the history repeats itself exactly each " + season
                        + " steps or is shorter");
        if (own.isEmpty()) {
            throw new IllegalArgumentException("no series can be scored: " + String.join("; ", notes)
                    + "; give the values of the steps that follow the history");
        }
        return new Evaluation(own, baselines, naive2, levels, notes);
    }

    private static Forecast forecast(Forecaster forecaster, Series history, int horizon, double[] levels) {
        return forecaster.fit(List.of(history)).forecast(history, horizon, levels);
    }

    private static void note(List<String> notes, List<String> ids, String why) {
        if (!ids.isEmpty()) {
            notes.add(ids.size() + " series " + why + ": " + named(ids));
        }
    }

    /** The first few by name. */
    static String named(List<String> ids) {
        return ids.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (ids.size() > NAMED ? " and " + (ids.size() - NAMED) + " more" : "");
    }

    /** The model's scores, by name; {@code series} is how many series were scored. */
    public Map<String, Double> scores() {
        return scores(model);
    }

    /**
     * The scores of a simple forecast, over the series that are long enough for it.
     *
     * @param name {@code naive}, {@code seasonal_naive}, {@code drift} or {@code theta}
     */
    public Map<String, Double> scores(String name) {
        return scores(baselines.getOrDefault(name, List.of()));
    }

    private Map<String, Double> scores(List<Outcome> outcomes) {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("series", (double) outcomes.size());
        scores.put("smape", Metrics.SMAPE.of(outcomes));
        scores.put("mase", Metrics.MASE.of(outcomes));
        scores.put("owa", Metrics.owa(outcomes, naive2));
        for (Metric metric : Metrics.all(levels)) {
            scores.putIfAbsent(metric.name(), metric.of(outcomes));
        }
        return scores;
    }

    /** Finds the actual values of each series' next steps, and keeps count of what does not fit. */
    private static final class Matching {
        private final Table future;
        private final int horizon;
        private final boolean timed;
        private final boolean consecutive;
        private final Map<String, Series> actuals = new LinkedHashMap<>();
        private final List<String> absent = new ArrayList<>();
        private final List<String> early = new ArrayList<>();
        private final Set<String> histories;
        /** What was done to read numbers of the actual values and of no history. */
        private final List<String> readings;

        private int blank;
        private long unused;
        private String apart = "";

        Matching(Table past, Table future, int horizon) {
            this.future = future;
            this.readings = future.remarks().stream()
                    .filter(note ->
                            note.kind() == Note.Kind.VALUES && !past.remarks().contains(note))
                    .map(Note::text)
                    .map(note -> "actual values alone: " + note)
                    .toList();
            this.horizon = horizon;
            this.timed = past.timed() && future.timed();
            // Days on which a market was shut have no rows: the next row is the next step.
            this.consecutive = past.frequency().unit() == Frequency.Unit.BUSINESS_DAY
                    || past.format().policies().gaps() == Policies.Gaps.SKIP;
            future.series().forEach(series -> actuals.put(series.id(), series));
            this.histories = past.series().stream().map(Series::id).collect(Collectors.toSet());
            if (past.series().size() == 1
                    && future.series().size() == 1
                    && !actuals.containsKey(past.series().get(0).id())) {
                actuals.put(past.series().get(0).id(), future.series().get(0));
            }
        }

        /** The actual values of the next steps, as far as there are any, with NaN for the others. */
        double[] actual(Series history) {
            Series found = actuals.get(history.id());
            if (found == null) {
                absent.add(history.id());
                return new double[0];
            }
            int from = timed ? found.lengthBefore(history.time(history.length())) : 0;
            double[] actual = timed && !consecutive ? byTime(history, found) : inOrder(history, found, from);
            if (actual.length == 0) {
                early.add(history.id());
                if (apart.isEmpty()) {
                    apart = " (which ends at " + future.text(history.time(history.length() - 1))
                            + " where the actual values are from " + future.text(found.time(0)) + " to "
                            + future.text(found.time(found.length() - 1)) + ")";
                }
                return actual;
            }
            blank += (int) Arrays.stream(actual).filter(Double::isNaN).count();
            return actual;
        }

        private double[] byTime(Series history, Series found) {
            double[] actual = new double[horizon];
            Arrays.fill(actual, Double.NaN);
            long last = history.time(history.length() + horizon - 1);
            int end = found.lengthBefore(last + 1);
            int known = 0;
            for (int h = 0; h < horizon; h++) {
                long time = history.time(history.length() + h);
                int place = found.lengthBefore(time);
                if (place < found.length() && found.time(place) == time) {
                    actual[h] = found.value(place);
                    known += Double.isNaN(actual[h]) ? 0 : 1;
                }
            }
            unused += known == 0 ? 0 : found.length() - end;
            return known == 0 ? new double[0] : actual;
        }

        private double[] inOrder(Series history, Series found, int from) {
            int count = Math.min(horizon, found.length() - from);
            boolean follows = count > 0
                    && (!timed
                            || found.frequency().plus(history.time(history.length() - 1), horizon) >= found.time(from));
            if (!follows) {
                return new double[0];
            }
            double[] actual = new double[horizon];
            Arrays.fill(actual, Double.NaN);
            System.arraycopy(found.values(from, from + count), 0, actual, 0, count);
            unused += found.length() - from - count;
            return actual;
        }

        List<String> notes() {
            List<String> notes = new ArrayList<>(readings);
            note(notes, absent, "of the history are absent from the actual values and left out");
            note(notes, early, "left out, for the actual values do not follow the history" + apart);
            List<String> others = future.series().stream()
                    .map(Series::id)
                    .filter(id -> !histories.contains(id))
                    .toList();
            note(
                    notes,
                    histories.size() == 1 && actuals.size() == 2 ? List.of() : others,
                    "of the actual values have no history and are unused");
            if (blank > 0) {
                notes.add(blank + " of the actual values are missing and left out of every score");
            }
            if (unused > 0) {
                notes.add(unused + " actual values beyond the horizon of " + horizon + " are unused");
            }
            return notes;
        }
    }
}
