package dev.namaskar.series.table.heading;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.cells.Look;
import dev.namaskar.series.table.text.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The shapes that a table can have. */
public enum TableShape {
    /** A row a time. */
    COLUMNS,
    /** A row a series. */
    ROWS,
    /** A row a year, a column a month or quarter. */
    CALENDAR,
    /** A row a month or quarter, a column a year. */
    TURNED;

    /**
     * The shape, as given or as names and first rows show it.
     *
     * @throws TableException where they show two
     */
    public static TableShape of(TableHeading heading, List<Row> sample, TableFormat format) {
        if (format.layout() != TableFormat.Layout.AUTO) {
            return format.layout() == TableFormat.Layout.ROWS ? ROWS : COLUMNS;
        }
        if (!heading.named()) {
            HeadingQuestions.askAboutVector(sample);
            if (format.roles().time().isEmpty() && format.roles().targets().isEmpty()) {
                HeadingQuestions.askAboutMonths(heading, sample);
                HeadingQuestions.askAboutTurned(heading, sample);
                if (format.text().header() == TableFormat.Header.AUTO) {
                    HeadingQuestions.askAboutHeading(sample);
                }
            }
            return isNamedRows(heading, sample) && format.roles().time().isEmpty() ? ROWS : COLUMNS;
        }
        if (HeadingRun.isSerial(heading.names())) {
            return ROWS;
        }
        HeadingRun run = HeadingRun.find(heading.names());
        HeadingQuestions.askAboutMarks(heading.names(), run);
        if (run != null) {
            HeadingQuestions.askAboutEstimates(heading.names());
        }
        Sides sides = new Sides(heading, sample, run);
        if (sides.hasTimes() || !format.roles().time().isEmpty()) {
            HeadingQuestions.askAboutParts(heading.names(), run, sides);
        }
        if (run == null
                && format.roles().time().isEmpty()
                && format.roles().targets().isEmpty()) {
            HeadingQuestions.askAboutTwoYears(heading.names());
        }
        if (run == null || 2 * run.length() < heading.names().size() - 6) {
            if (format.roles().time().isEmpty()
                    && sides.isCrossSection()
                    && format.roles().group().isEmpty()) {
                throw new TableException("no column of times found, and \"" + sides.words()
                        + "\" names every row anew: give `layout` columns where the rows follow each other in time, "
                        + "`layout` rows where each is a series, or `time-format` where these are times");
            }
            if (format.roles().time().isEmpty() && !sides.hasTimes()) {
                HeadingQuestions.askAboutTotals(heading.names());
            }
            return COLUMNS;
        }
        if (run.kind() == HeadingRun.Kind.MONTHS || run.kind() == HeadingRun.Kind.QUARTERS) {
            return sides.hasYears() ? CALENDAR : COLUMNS;
        }
        int calendars = run.kind() == HeadingRun.Kind.YEARS ? sides.calendars() : 0;
        String part = run.kind() == HeadingRun.Kind.YEARS ? sides.countedPart() : "";
        if (!part.isEmpty() && calendars == 0) {
            throw new TableException("a row a " + part + " and a column a year: write one " + part + " a row,"
                    + " with its date, or give `layout` columns to take each year for a series of its own");
        }
        if (calendars == 1 && format.roles().group().isEmpty()) {
            return TURNED;
        }
        if (calendars > 0) {
            throw new TableException("a row a month and a column a year, for several things: write a row a"
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
    private static boolean isNamedRows(TableHeading heading, List<Row> sample) {
        Set<String> names = new HashSet<>();
        for (Row row : sample) {
            boolean numbers = row.width() > 2
                    && row.cells().stream()
                            .skip(1)
                            .allMatch(c -> NumberNotation.isBlank(c) || NumberNotation.isNumber(c));
            if (Look.of(row.cell(0)) != Look.WORD || !numbers || !names.add(row.cell(0))) {
                return false;
            }
        }
        return heading.width() > 1;
    }
}
