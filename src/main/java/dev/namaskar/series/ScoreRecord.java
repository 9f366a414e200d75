package dev.namaskar.series;

import dev.namaskar.series.interval.Conformal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far off a forecaster has been so far, in windows that its network had not seen: no more than so many of each
 * series, the latest. Forecasts whose steps have not all come yet wait until they have.
 *
 * @param most windows of each series that are kept
 * @param stride steps between the origins of further ones
 * @param scores of each series, ascending in origin
 * @param waiting forecasts of each series, ascending in origin
 */
record ScoreRecord(
        int most, int stride, Map<String, List<Conformal.Score>> scores, Map<String, List<Waiting>> waiting) {
    /** A forecast made at an origin. */
    record Waiting(int origin, Forecast forecast) {}

    /** A record of nothing yet. */
    static ScoreRecord empty(int most, int stride) {
        return new ScoreRecord(most, stride, Map.of(), Map.of());
    }

    /** The first origin of a series that is worth a forecast next. */
    int next(String series) {
        List<Waiting> made = waiting.getOrDefault(series, List.of());
        List<Conformal.Score> known = scores.getOrDefault(series, List.of());
        if (!made.isEmpty()) {
            return made.get(made.size() - 1).origin() + stride;
        }
        return known.isEmpty() ? 0 : known.get(known.size() - 1).origin() + stride;
    }

    /**
     * The record with later forecasts, and with scores for all whose steps have come.
     *
     * @param windows where the forecasts were made, in the histories as they are now
     */
    ScoreRecord with(List<RawForecasts.At> windows, List<Forecast> forecasts, List<Series> histories) {
        Map<String, List<Waiting>> made = copy(waiting);
        for (int i = 0; i < windows.size(); i++) {
            RawForecasts.At at = windows.get(i);
            made.computeIfAbsent(at.series().id(), id -> new ArrayList<>())
                    .add(new Waiting(at.origin(), forecasts.get(i)));
        }
        Map<String, List<Conformal.Score>> judged = copy(scores);
        for (Series series : histories) {
            List<Waiting> left = made.getOrDefault(series.id(), List.of());
            while (!left.isEmpty() && has(series, left.get(0))) {
                Waiting first = left.remove(0);
                judged.computeIfAbsent(series.id(), id -> new ArrayList<>())
                        .add(Conformal.score(first.forecast(), first.origin(), series));
            }
        }
        judged.replaceAll((id, all) -> all.subList(Math.max(0, all.size() - most), all.size()));
        return new ScoreRecord(most, stride, judged, made);
    }

    private static boolean has(Series series, Waiting made) {
        return made.origin() + made.forecast().horizon() <= series.length();
    }

    private static <T> Map<String, List<T>> copy(Map<String, List<T>> lists) {
        Map<String, List<T>> copy = new LinkedHashMap<>();
        lists.forEach((id, list) -> copy.put(id, new ArrayList<>(list)));
        return copy;
    }

    /** All scores, series by series. */
    List<Conformal.Score> all() {
        return scores.values().stream().flatMap(List::stream).toList();
    }
}
