package dev.namaskar.series.table;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
                HeadingQuestions.askAboutMonths(heading, sample, table);
                HeadingQuestions.askAboutTurned(heading, sample, table);
                if (format.text().header() == TableFormat.Header.AUTO) {
                    HeadingQuestions.askAboutHeading(sample, table);
                }
            }
            return isNamedRows(heading, sample) && format.roles().time().isEmpty() ? ROWS : COLUMNS;
        }
        if (HeadingRun.isSerial(heading.names())) {
            return ROWS;
        }
        HeadingRun run = HeadingRun.find(heading.names());
        HeadingQuestions.askAboutMarks(heading.names(), run, table);
        Sides sides = new Sides(heading, sample, run);
        if (sides.hasTimes() || !format.roles().time().isEmpty()) {
            HeadingQuestions.askAboutParts(heading.names(), run, sides, table);
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
                HeadingQuestions.askAboutTotals(heading.names(), table);
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
    record Sides(
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
                if (name.matches("(?:.*[ _])?(?:week|wk|kw|semana|semaine|day|doy|hour)|.*(?:woche|tag|stunde)"
                                + "|day[ _]of[ _]year")
                        && numbered(c)) {
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
