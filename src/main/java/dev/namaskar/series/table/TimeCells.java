package dev.namaskar.series.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns that make up a row's time: one, a date and a clock, or the parts of a date.
 *
 * @param columns their places; none where rows are merely counted
 * @param parts what stands before each column's cell in the text that is read as a time
 */
record TimeCells(List<Integer> columns, List<String> parts) {
    static final TimeCells NONE = new TimeCells(List.of(), List.of());

    private static final List<List<String>> NAMES = List.of(
            List.of("year", "yr", "yyyy", "jahr", "ano", "año", "anno", "annee", "année"),
            List.of("month", "mon", "mo", "mm", "monat", "mes", "mois", "period", "per"),
            List.of("day", "dd", "dom", "tag", "dia", "día", "jour", "day_of_month", "dayofmonth"),
            List.of("hour", "hr", "hh", "stunde", "hora", "heure", "he", "hour_ending"),
            List.of("minute", "min", "mi"));
    private static final List<String> QUARTER = List.of("quarter", "qtr", "quartal", "q", "trimestre");
    private static final List<String> WEEK = List.of("week", "wk", "isoweek", "woche", "kw", "semana", "semaine");

    static TimeCells of(int column) {
        return new TimeCells(List.of(column), List.of(""));
    }

    boolean isNone() {
        return columns.isEmpty();
    }

    /** The text of a row's time. */
    String text(TableRows.Row row) {
        if (columns.size() == 1) {
            return row.cell(columns.get(0));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            String cell = row.cell(columns.get(i));
            boolean hour = parts.get(i).equals(" ") && cell.matches("[0-9]{1,2}");
            text.append(parts.get(i)).append(hour ? cell + ":00" : cell);
        }
        return text.toString();
    }

    /** The columns' names, for messages. */
    String names(List<String> names) {
        return columns.stream().map(names::get).collect(Collectors.joining(","));
    }

    /** Columns that the user named, in the order in which they make a time. */
    static TimeCells given(List<Integer> columns, List<String> names, List<TableRows.Row> head) {
        if (columns.size() == 1) {
            return of(columns.get(0));
        }
        boolean dated =
                head.stream().anyMatch(row -> TableHeading.look(row.cell(columns.get(0))) == TableHeading.Look.TIME);
        return dated ? joined(columns, List.of("", " ", ":")) : parts(columns, names);
    }

    private static TimeCells joined(List<Integer> columns, List<String> marks) {
        return new TimeCells(
                columns,
                IntStream.range(0, columns.size())
                        .mapToObj(i -> i < marks.size() ? marks.get(i) : ":")
                        .toList());
    }

    /** Year, month and so on, put into this order by their names. */
    private static TimeCells parts(List<Integer> columns, List<String> names) {
        List<Integer> sorted = new ArrayList<>(columns);
        sorted.sort((a, b) -> Integer.compare(rank(names.get(a)), rank(names.get(b))));
        String second = lower(names.get(sorted.get(1)));
        String mark = QUARTER.contains(second) ? "Q" : WEEK.contains(second) ? "W" : "-";
        return joined(sorted, List.of("", mark, "-", " ", ":"));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT).strip();
    }

    /** Place among the parts of a date by name; behind all others where the name says nothing. */
    private static int rank(String name) {
        String bare = lower(name);
        for (int i = 0; i < NAMES.size(); i++) {
            if (NAMES.get(i).contains(bare)) {
                return i;
            }
        }
        return QUARTER.contains(bare) || WEEK.contains(bare) ? 1 : NAMES.size();
    }

    /** Whether a name is that of a part of a date. */
    static boolean isPart(String name) {
        return rank(name) < NAMES.size();
    }

    /** Whether a name is that of a column of months. */
    static boolean isMonth(String name) {
        return rank(name) == 1 && NAMES.get(1).contains(lower(name));
    }

    /** A year and a month, quarter or week in columns of their own, perhaps with day and hour; none if there are not. */
    static TimeCells findParts(List<String> names, List<TableHeading.Look[]> looks, Set<Integer> taken) {
        int[] found = {-1, -1, -1, -1, -1};
        for (int c = 0; c < names.size(); c++) {
            int rank = rank(names.get(c));
            if (rank < NAMES.size() && found[rank] < 0 && !taken.contains(c) && !isBlank(looks, c)) {
                found[rank] = c;
            }
        }
        List<Integer> columns = new ArrayList<>();
        for (int rank = 0; rank < found.length && found[rank] >= 0; rank++) {
            columns.add(found[rank]);
        }
        return columns.size() < 2 ? NONE : parts(columns, names);
    }

    private static boolean isBlank(List<TableHeading.Look[]> looks, int column) {
        return looks.stream().allMatch(l -> column >= l.length || l[column] == TableHeading.Look.BLANK);
    }

    /** A date and the clock or the hour that stands in another column, or the date alone. */
    static TimeCells withClock(int date, List<String> names, List<TableRows.Row> head, Set<Integer> taken) {
        boolean clocked = head.stream().anyMatch(row -> row.cell(date).contains(":"));
        for (int c = 0; c < names.size() && !clocked; c++) {
            int column = c;
            boolean clock = c != date
                    && !taken.contains(c)
                    && head.stream()
                                    .map(row -> row.cell(column))
                                    .filter(cell -> !cell.isEmpty())
                                    .count()
                            > 0
                    && head.stream()
                            .map(row -> row.cell(column))
                            .allMatch(cell -> cell.isEmpty()
                                    || cell.matches("[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}.*)?(?: ?[AaPp][Mm])?"));
            boolean hour = c != date
                    && !taken.contains(c)
                    && rank(names.get(c)) == 3
                    && head.stream().allMatch(row -> row.cell(column).matches("[0-9]{0,2}"));
            if (clock || hour) {
                return joined(List.of(date, c), List.of("", " "));
            }
        }
        return of(date);
    }
}
