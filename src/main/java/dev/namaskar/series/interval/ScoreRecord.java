package dev.namaskar.series.interval;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a forecaster has said so far of windows that it had not been fitted to, and the actual values: no more than so many of
 * each series, the latest. Forecasts whose steps have not all come yet wait until they have. Records never change.
 *
 * @param most windows of each series that are kept
 * @param stride steps between the origins of further ones
 * @param trials of each series, ascending in origin
 * @param waiting forecasts of each series, ascending in origin
 */
public record ScoreRecord(int most, int stride, Map<String, List<Trial>> trials, Map<String, List<Waiting>> waiting) {
    /** A forecast made at an origin, and how the history moved until then. */
    record Waiting(int origin, Forecast forecast, Spread spread) {}

    /** A record of nothing yet. */
    public static ScoreRecord empty(int most, int stride) {
        return new ScoreRecord(most, stride, Map.of(), Map.of());
    }

    /** The first origin of a series that is worth a forecast next. */
    int next(String series) {
        List<Waiting> made = waiting.getOrDefault(series, List.of());
        List<Trial> known = trials.getOrDefault(series, List.of());
        if (!made.isEmpty()) {
            return made.get(made.size() - 1).origin() + stride;
        }
        return known.isEmpty() ? 0 : known.get(known.size() - 1).origin() + stride;
    }

    /**
     * The record with later forecasts, and with the actual values for all whose steps are there.
     *
     * @param further later forecasts, ascending in origin within each series
     */
    ScoreRecord with(List<Waiting> further, List<Series> histories) {
        Map<String, List<Waiting>> made = copy(waiting);
        for (Waiting forecast : further) {
            made.computeIfAbsent(forecast.forecast().series(), id -> new ArrayList<>())
                    .add(forecast);
        }
        Map<String, List<Trial>> later = copy(trials);
        for (Series series : histories) {
            List<Waiting> left = made.getOrDefault(series.id(), List.of());
            while (!left.isEmpty() && has(series, left.get(0))) {
                Waiting first = left.remove(0);
                later.computeIfAbsent(series.id(), id -> new ArrayList<>())
                        .add(Trial.of(first.forecast(), first.origin(), series, first.spread()));
            }
        }
        later.replaceAll((id, all) -> all.subList(Math.max(0, all.size() - most), all.size()));
        return new ScoreRecord(most, stride, later, made);
    }

    private static boolean has(Series series, Waiting made) {
        return made.origin() + made.forecast().horizon() <= series.length();
    }

    private static <T> Map<String, List<T>> copy(Map<String, List<T>> lists) {
        Map<String, List<T>> copy = new LinkedHashMap<>();
        lists.forEach((id, list) -> copy.put(id, new ArrayList<>(list)));
        return copy;
    }

    /** All trials, series by series. */
    public List<Trial> all() {
        return trials.values().stream().flatMap(List::stream).toList();
    }
}
