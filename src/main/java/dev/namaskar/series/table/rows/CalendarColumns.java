package dev.namaskar.series.table.rows;

import dev.namaskar.series.notation.Frequency;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Columns that say a part of their rows' times again by whatever name: the hour, the weekday, the month. */
final class CalendarColumns {
    private static final List<TemporalField> PARTS = List.of(
            ChronoField.HOUR_OF_DAY,
            ChronoField.DAY_OF_WEEK,
            ChronoField.DAY_OF_MONTH,
            ChronoField.MONTH_OF_YEAR,
            IsoFields.QUARTER_OF_YEAR);

    /** As many different ones a part has at least of which a column is not the same by chance. */
    private static final int FEWEST = 4;
    /** So often each of them comes back on average. */
    private static final int ROUNDS = 3;

    private CalendarColumns() {}

    /**
     * Which targets do.
     *
     * @param groups of each group a series a target, whose times are milliseconds of their clock
     */
    static List<Integer> find(List<SeriesRows[]> groups, int targets) {
        return IntStream.range(0, targets)
                .filter(t -> PARTS.stream().anyMatch(part -> says(groups, t, part)))
                .boxed()
                .toList();
    }

    /** Whether whole numbers that follow each other stand for the different values of a part, one for each. */
    private static boolean says(List<SeriesRows[]> groups, int target, TemporalField part) {
        Map<Integer, Double> said = new HashMap<>();
        int rows = 0;
        for (SeriesRows[] group : groups) {
            SeriesRows series = group[target];
            for (int i = 0; i < series.size(); i++) {
                double value = series.column(0, i);
                LocalDateTime time = Frequency.clock((long) series.times()[i]);
                Double before = said.putIfAbsent(time.get(part), value);
                if (value != Math.rint(value) || (before != null && before != value)) {
                    return false;
                }
            }
            rows += series.size();
        }
        List<Double> values = new ArrayList<>(new HashSet<>(said.values()));
        values.sort(null);
        int count = values.size();
        return count == said.size()
                && count >= FEWEST
                && rows >= ROUNDS * count
                && values.get(count - 1) - values.get(0) == count - 1;
    }
}
