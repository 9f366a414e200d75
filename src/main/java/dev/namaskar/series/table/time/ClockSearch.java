package dev.namaskar.series.table.time;

import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.text.Row;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds the clock that stands beside a date in a column of its own: hours and minutes, an hour, or a part of the day.
 *
 * @param names the columns' names
 * @param head a table's first rows
 */
record ClockSearch(List<String> names, List<Row> head) {
    /** Names of a clock beside a date that no other row has. */
    private static final Pattern CLOCK_NAME = Pattern.compile("(?:(?:start|begin|local|utc|obs|observation)[ _]?)?"
            + "(?:time|clock|hours?|uhrzeit|zeit|hora|heure|ora|hhmm|hhmmss|von|from)");
    /** Names of columns that count the parts of a day, 48 or 96 of them. */
    private static final Pattern DAY_PART = Pattern.compile(
            "(?:settlement[ _]?)?(?:period|sp|interval)|half[ _-]?hour|hh|trading[ _]?(?:period|interval)");

    private static final Pattern CLOCK =
            Pattern.compile("[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}.*)?(?: ?[AaPp]\\.?\\h?[Mm]\\.?)?");

    /** A date and the clock or the hour that stands in another column, or the date alone. */
    TimeCells beside(int date, Set<Integer> taken) {
        boolean clocked = head.stream().anyMatch(row -> row.cell(date).contains(":"));
        boolean alone = head.stream().map(row -> row.cell(date)).distinct().count() == head.size();
        for (int c = 0; c < names.size() && !clocked; c++) {
            boolean called = CLOCK_NAME.matcher(ColumnNames.lower(names.get(c))).matches();
            // Dates that never come again need no clock: another column that looks like one is how long something took.
            boolean open = c != date
                    && !taken.contains(c)
                    && (!alone || called || names.get(c).matches("#[0-9]+"));
            String mark = open ? mark(c, called) : "";
            if (!mark.isEmpty()) {
                return TimeCells.joined(List.of(date, c), List.of("", mark));
            }
        }
        return TimeCells.of(date);
    }

    /** How a column goes on behind a date; empty where it is no clock. */
    private String mark(int column, boolean called) {
        int parts = dayParts(column);
        if (parts > 0) {
            return TimeCells.CLOCK_PART + parts;
        }
        if (all(column, cell -> cell.matches("(?:24:?00(?::?00)?)?"))) {
            // The end of every day says no more than the day.
            return "";
        }
        if (called && isCompact(column)) {
            return TimeCells.COMPACT_CLOCK;
        }
        boolean clock = head.stream().anyMatch(row -> !row.cell(column).isEmpty())
                && all(
                        column,
                        cell -> cell.isEmpty()
                                || cell.matches(TimeCells.POINTED_CLOCK)
                                || CLOCK.matcher(cell).matches());
        boolean hour = DateParts.rank(names.get(column)) == DateParts.HOUR
                && all(column, cell -> cell.matches("[0-9]{0,2}") || TimeCells.isHours(cell));
        return clock || hour ? " " : "";
    }

    /** A date with a clock behind it, or with the number of a part of the day, in columns that were named. */
    TimeCells given(List<Integer> columns) {
        int parts = columns.size() == 2 ? dayParts(columns.get(1)) : 0;
        return TimeCells.joined(columns, parts > 0 ? List.of("", TimeCells.CLOCK_PART + parts) : List.of("", " ", ":"));
    }

    /** Into how many parts a column divides the day, 48 or 96 counted from one; 0 where it does not. */
    private int dayParts(int column) {
        String name = names.get(column).toLowerCase(Locale.ROOT).strip();
        if (!DAY_PART.matcher(name).matches() || !all(column, cell -> cell.matches("(?!0$)[0-9]{1,3}"))) {
            return 0;
        }
        int most = head.stream()
                .mapToInt(row -> Integer.parseInt(row.cell(column)))
                .max()
                .orElse(0);
        return most >= 46 && most <= 50 ? 48 : most >= 92 && most <= 100 ? 96 : 0;
    }

    /** Whether a column holds hours and minutes without a mark between them, 1830 or 183000. */
    private boolean isCompact(int column) {
        return all(
                        column,
                        cell -> cell.isEmpty()
                                || TimeCells.clock(cell).matches("(?:[01][0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?"))
                && head.stream().anyMatch(row -> row.cell(column).length() > 2);
    }

    private boolean all(int column, Predicate<String> test) {
        return head.stream().map(row -> row.cell(column)).allMatch(test);
    }
}
