package dev.namaskar.series.table;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The shapes that a table can have. */
enum TableShape {
    /** A row a time. */
    COLUMNS,
    /** A row a series. */
    ROWS,
    /** A row a year, a column a month or quarter. */
    CALENDAR,
    /** A row a month or quarter, a column a year. */
    TURNED;

    private static final int FEW = 3;
    private static final int LEAST_CLOCKS = 12;
    private static final Pattern CLOCK = Pattern.compile("(?:[01]?[0-9]|2[0-4])[:h][0-5][0-9](?::[0-5][0-9])?");

    /**
     * The shape, as given or as names and first rows show it.
     *
     * @throws TableException where they show two
     */
    static TableShape of(TableHeading heading, List<TableRows.Row> sample, TableFormat format, String table) {
        if (format.layout() != TableFormat.Layout.AUTO) {
            return format.layout() == TableFormat.Layout.ROWS ? ROWS : COLUMNS;
        }
        if (!heading.named()) {
            if (format.roles().time().isEmpty() && format.roles().targets().isEmpty()) {
                askAboutMonths(heading, sample, table);
                askAboutTurned(heading, sample, table);
            }
            return isNamedRows(heading, sample) && format.roles().time().isEmpty() ? ROWS : COLUMNS;
        }
        if (HeadingRun.isSerial(heading.names())) {
            return ROWS;
        }
        HeadingRun run = HeadingRun.find(heading.names());
        Sides sides = new Sides(heading, sample, run);
        if (sides.hasTimes() || !format.roles().time().isEmpty()) {
            askAboutParts(heading.names(), run, sides, table);
        }
        if (run == null || 2 * run.length() < heading.names().size() - 6) {
            if (format.roles().time().isEmpty()
                    && sides.isCrossSection()
                    && format.roles().group().isEmpty()) {
                throw new TableException(table + ": no column of times found, and \"" + sides.words()
                        + "\" names every row anew: give `layout` columns where the rows follow each other in time, "
                        + "`layout` rows where each is a series, or `time-format` where these are times");
            }
            if (format.roles().time().isEmpty() && !sides.hasTimes()) {
                askAboutTotals(heading.names(), table);
            }
            return COLUMNS;
        }
        if (run.kind() == HeadingRun.Kind.MONTHS || run.kind() == HeadingRun.Kind.QUARTERS) {
            return sides.hasYears() ? CALENDAR : COLUMNS;
        }
        int calendars = run.kind() == HeadingRun.Kind.YEARS ? sides.calendars() : 0;
        String part = run.kind() == HeadingRun.Kind.YEARS ? sides.countedPart() : "";
        if (!part.isEmpty() && calendars == 0) {
            throw new TableException(table + ": a row a " + part + " and a column a year: write one " + part + " a row,"
                    + " with its date, or give `layout` columns to take each year for a series of its own");
        }
        if (calendars == 1 && format.roles().group().isEmpty()) {
            return TURNED;
        }
        if (calendars > 0) {
            throw new TableException(table + ": a row a month and a column a year, for several things: write a row a"
                    + " year and a column a month, or a time a row; or give `layout` rows to take each row for a"
                    + " series of its own");
        }
        if (sides.hasTimes() || !format.roles().time().isEmpty()) {
            return COLUMNS;
        }
        boolean dated = run.kind() == HeadingRun.Kind.YEARS || run.kind() == HeadingRun.Kind.DATES;
        return dated || sides.hasNames() ? ROWS : COLUMNS;
    }

    /** Nameless columns of years and months, or twelve behind years, would be read as a series each. */
    private static void askAboutMonths(TableHeading heading, List<TableRows.Row> sample, String table) {
        boolean years = heading.width() == 13
                && sample.stream()
                                .filter(row -> HeadingRun.year(row.cell(0)) > 0)
                                .count()
                        > sample.size() / 2
                && sample.stream().map(row -> row.cell(0)).distinct().count() == sample.size();
        boolean months = heading.width() > 2
                && sample.size() > 12
                && sample.stream()
                        .allMatch(row ->
                                HeadingRun.year(row.cell(0)) > 0 && row.cell(1).matches("0?[1-9]|1[0-2]"))
                && sample.stream().map(row -> row.cell(1)).distinct().count() == 12;
        if (months) {
            throw new TableException(table + ": the first two columns have no names and look like years and months; put"
                    + " a line of names above, year,month,..., or name the columns to forecast with `target`");
        }
        if (years) {
            throw new TableException(table + ": twelve columns without names behind a column of years look like months;"
                    + " put a line Year,Jan,Feb,... above them, or give `layout` columns to take each for a series");
        }
    }

    /** Dates above the columns among which others stand, such as the totals of each year. */
    private static void askAboutTotals(List<String> names, String table) {
        int first = IntStream.range(0, names.size())
                .filter(c -> HeadingRun.isDate(names.get(c)))
                .findFirst()
                .orElse(names.size());
        List<String> others = names.subList(first, names.size()).stream()
                .filter(n -> !HeadingRun.isDate(n))
                .toList();
        int dates = names.size() - first - others.size();
        if (dates >= LEAST_CLOCKS && !others.isEmpty() && 2 * dates > names.size()) {
            throw new TableException(table + ": " + dates + " columns are called by dates such as \"" + names.get(first)
                    + "\", but \"" + others.get(0) + "\" stands among them: take such columns out and the rows are"
                    + " series, or give `layout` columns where each column is one");
        }
    }

    /** A few long rows of nothing but numbers are series in rows more often than a series a column. */
    private static void askAboutTurned(TableHeading heading, List<TableRows.Row> sample, String table) {
        boolean numbers = sample.stream()
                .allMatch(row -> row.cells().stream()
                        .allMatch(c -> NumberNotation.isBlank(c) || TableHeading.look(c) == TableHeading.Look.NUMBER));
        if (numbers && heading.width() >= LEAST_CLOCKS && heading.width() > sample.size()) {
            throw new TableException(table + ": " + sample.size() + (sample.size() == 1 ? " row" : " rows") + " of "
                    + heading.width() + " numbers without names: give `layout` rows where each row is a series, or"
                    + " `layout` columns where each column is");
        }
    }

    /** Columns that are called as the parts of a row's time would be read as a series each. */
    private static void askAboutParts(List<String> names, @Nullable HeadingRun run, Sides sides, String table) {
        List<String> clocks =
                names.stream().filter(n -> CLOCK.matcher(n).matches()).toList();
        if (clocks.size() >= LEAST_CLOCKS) {
            throw parts(table, clocks.get(0), clocks.get(clocks.size() - 1), "hours of a day", "time");
        }
        if (run == null || run.kind() != HeadingRun.Kind.COUNTED) {
            return;
        }
        String prefix = run.prefix(names);
        String first = names.get(run.from());
        String last = names.get(run.to() - 1);
        boolean bare = prefix.isEmpty();
        if (run.length() == 24 && (bare || prefix.matches("(?i)(?:h|hr|he|hour)[ _-]?"))) {
            throw parts(table, first, last, "hours of a day", "hour");
        }
        boolean fromOne = run.time(first) == 1;
        if (fromOne
                && run.length() == 12
                && (bare || prefix.matches("(?i)(?:m|mon|month)[ _-]?"))
                && sides.hasYears()) {
            throw parts(table, first, last, "months of a year", "month");
        }
        if (fromOne
                && (run.length() == 52 || run.length() == 53)
                && (bare || prefix.matches("(?i)(?:w|wk|week|kw)[ _-]?"))
                && sides.hasYears()) {
            throw parts(table, first, last, "weeks of a year", "week");
        }
        if (fromOne && run.length() == 31 && (bare || prefix.matches("(?i)(?:d|day)[ _-]?"))) {
            throw parts(table, first, last, "days of a month", "day");
        }
    }

    private static TableException parts(String table, String first, String last, String of, String one) {
        return new TableException(table + ": \"" + first + "\" to \"" + last
                + "\" beside a column of times look like the " + of + "; write one " + one
                + " a row, or give `layout` columns to take each for a series of its own");
    }

    /** Without a header: words first, each once, and nothing but numbers behind them. */
    private static boolean isNamedRows(TableHeading heading, List<TableRows.Row> sample) {
        Set<String> names = new HashSet<>();
        for (TableRows.Row row : sample) {
            boolean numbers = row.width() > 2
                    && row.cells().stream()
                            .skip(1)
                            .allMatch(c -> NumberNotation.isBlank(c) || NumberNotation.isNumber(c));
            if (TableHeading.look(row.cell(0)) != TableHeading.Look.WORD || !numbers || !names.add(row.cell(0))) {
                return false;
            }
        }
        return heading.width() > 1;
    }

    /** The columns beside the run of names. */
    private record Sides(
            TableHeading heading,
            List<TableRows.Row> sample,
            @Nullable HeadingRun run) {
        private IntStream columns() {
            return IntStream.range(0, heading.names().size()).filter(c -> run == null || !run.holds(c));
        }

        private boolean looks(int column, TableHeading.Look look) {
            long filled = sample.stream()
                    .filter(r -> !NumberNotation.isBlank(r.cell(column)))
                    .count();
            long same = sample.stream()
                    .filter(r -> TableHeading.look(r.cell(column)) == look)
                    .count();
            return filled > 0 && 2 * same >= filled;
        }

        boolean hasTimes() {
            return columns()
                    .anyMatch(c -> looks(c, TableHeading.Look.TIME)
                            || (ColumnNames.isTimeName(heading.names().get(c)) && looks(c, TableHeading.Look.NUMBER))
                            || (c == 0 && ColumnNames.isRowName(heading.names().get(c)) && counts(c) && noWords()));
        }

        private boolean noWords() {
            return columns().noneMatch(c -> looks(c, TableHeading.Look.WORD));
        }

        private boolean counts(int column) {
            ColumnSurvey survey = new ColumnSurvey();
            sample.forEach(row -> survey.see(row.cell(column)));
            return survey.isCountingSoFar();
        }

        boolean hasYears() {
            return columns()
                    .anyMatch(c -> sample.stream()
                                    .map(r -> r.cell(c))
                                    .allMatch(cell -> cell.isEmpty()
                                            || cell.matches("(?:1[5-9]|2[01])[0-9]{2}")
                                            || !cell.matches(".*[0-9].*"))
                            && sample.stream().anyMatch(r -> r.cell(c).matches("[0-9]{4}")));
        }

        /** How often all months or quarters stand below each other in a column before the run, one name a row. */
        int calendars() {
            for (int c = 0; run != null && c < run.from(); c++) {
                int count = 0;
                List<String> cells = cells(c);
                if (isMonths(c)) {
                    return 1;
                }
                HeadingRun part = HeadingRun.find(cells);
                while (part != null
                        && (part.kind() == HeadingRun.Kind.MONTHS || part.kind() == HeadingRun.Kind.QUARTERS)) {
                    count++;
                    cells = cells.subList(part.to(), cells.size());
                    part = HeadingRun.find(cells);
                }
                if (count > 0) {
                    return count;
                }
            }
            return 0;
        }

        /** Whether a column called month counts them from 1 to 12. */
        private boolean isMonths(int column) {
            return TimeCells.isMonth(heading.names().get(column))
                    && numbered(column)
                    && sample.size() >= 12
                    && sample.size() <= 13;
        }

        /** Whether a column's cells count from 1, as far as they are numbers. */
        private boolean numbered(int column) {
            List<String> numbers = cells(column).stream()
                    .filter(cell -> cell.matches("[0-9]{1,3}"))
                    .toList();
            return numbers.size() + 1 >= sample.size()
                    && IntStream.range(0, numbers.size()).allMatch(i -> Integer.parseInt(numbers.get(i)) == i + 1);
        }

        /** What a column before the run counts from 1 by its name, other than months; empty for nothing. */
        String countedPart() {
            for (int c = 0; run != null && c < run.from(); c++) {
                String name = heading.names().get(c).toLowerCase(Locale.ROOT).strip();
                if (name.matches("week|wk|kw|woche|semana|semaine|day|doy|day[ _]of[ _]year|hour") && numbered(c)) {
                    return name;
                }
            }
            return "";
        }

        private List<String> cells(int column) {
            return sample.stream().map(row -> row.cell(column)).toList();
        }

        boolean hasNames() {
            return columns()
                    .anyMatch(c -> looks(c, TableHeading.Look.WORD)
                            || ColumnNames.isIdName(heading.names().get(c)));
        }

        /** Words of which no two are alike, and no times anywhere. */
        boolean isCrossSection() {
            return sample.size() >= FEW && !hasTimes() && !words().isEmpty();
        }

        String words() {
            return columns()
                    .filter(c -> looks(c, TableHeading.Look.WORD)
                            && sample.stream().map(r -> r.cell(c)).distinct().count() == sample.size())
                    .mapToObj(heading.names()::get)
                    .findFirst()
                    .orElse("");
        }
    }
}
