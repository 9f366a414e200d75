package dev.namaskar.series;

import dev.namaskar.series.table.Frequency;
import java.util.Arrays;
import java.util.List;

/**
 * What was read from a table.
 *
 * @param series the series, in the order in which they first appear
 * @param frequency the step of all of them
 * @param aligned whether one time means the same moment in every series; false for a table with a row a series
 * @param timed whether times were read from the table; false where its rows are merely counted
 * @param known names of the columns known ahead
 * @param observed names of the columns observed only so far
 * @param notes what was found and decided while reading, one sentence each
 */
public record Table(
        List<Series> series,
        Frequency frequency,
        boolean aligned,
        boolean timed,
        List<String> known,
        List<String> observed,
        List<String> notes) {
    /** Copies the lists. */
    public Table {
        series = List.copyOf(series);
        known = List.copyOf(known);
        observed = List.copyOf(observed);
        notes = List.copyOf(notes);
    }

    /** A number that changes when any series' name, time or value does. */
    public long fingerprint() {
        long hash = frequency.name().hashCode();
        for (Series one : series) {
            hash = 31 * hash + one.id().hashCode();
            hash = 31 * hash + Arrays.hashCode(one.times());
            hash = 31 * hash + Arrays.hashCode(one.raw());
        }
        return hash;
    }

    /**
     * The series of that name.
     *
     * @throws IllegalArgumentException that names the first series there are
     */
    public Series series(String id) {
        return series.stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no series \"" + id + "\" in the table; it has "
                        + String.join(
                                ", ", series.stream().limit(10).map(Series::id).toList())));
    }
}
