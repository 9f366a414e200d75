package dev.namaskar.series.table.heading;

import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.Years;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.cells.ColumnSurvey;
import dev.namaskar.series.table.cells.Look;
import dev.namaskar.series.table.text.Row;
import dev.namaskar.series.table.time.DateParts;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The columns beside the run of names. */
record Sides(
        TableHeading heading, List<Row> sample, @Nullable HeadingRun run) {
    private static final int FEW_ROWS = 3;

    private IntStream columns() {
        return IntStream.range(0, heading.names().size()).filter(c -> run == null || !run.holds(c));
    }

    private boolean looks(int column, Look look) {
        long filled = sample.stream()
                .filter(r -> !NumberNotation.isBlank(r.cell(column)))
                .count();
        long same = sample.stream().filter(r -> Look.of(r.cell(column)) == look).count();
        return filled > 0 && 2 * same >= filled;
    }

    boolean hasTimes() {
        return columns()
                .anyMatch(c -> looks(c, Look.TIME)
                        || (ColumnNames.isTimeName(heading.names().get(c)) && looks(c, Look.NUMBER))
                        || (c == 0 && ColumnNames.isRowName(heading.names().get(c)) && counts(c) && noWords()));
    }

    private boolean noWords() {
        return columns().noneMatch(c -> looks(c, Look.WORD));
    }

    private boolean counts(int column) {
        ColumnSurvey survey = new ColumnSurvey();
        sample.forEach(row -> survey.see(row.cell(column)));
        return survey.isCountingSoFar();
    }

    /** Whether dates stand there that say no hour and no two rows have in common. */
    boolean hasDays() {
        return columns()
                .anyMatch(c -> sample.stream()
                                .allMatch(r -> Look.of(r.cell(c)) == Look.TIME
                                        && !r.cell(c).contains(":"))
                        && cells(c).stream().distinct().count() == sample.size());
    }

    boolean hasYears() {
        return columns()
                .anyMatch(c -> sample.stream()
                                .map(r -> r.cell(c))
                                .allMatch(cell -> cell.isEmpty() || Years.is(cell) || !cell.matches(".*[0-9].*"))
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
            while (part != null && (part.kind() == HeadingRun.Kind.MONTHS || part.kind() == HeadingRun.Kind.QUARTERS)) {
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
        return DateParts.isMonth(heading.names().get(column))
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
            if (cells(c).stream().allMatch(cell -> cell.matches("[0-3]?[0-9](?:[-/][0-3]?[0-9]|\\.[01]?[0-9]\\.)"))) {
                return "day";
            }
        }
        return "";
    }

    private List<String> cells(int column) {
        return sample.stream().map(row -> row.cell(column)).toList();
    }

    boolean hasNames() {
        return columns()
                .anyMatch(c -> looks(c, Look.WORD)
                        || ColumnNames.isIdName(heading.names().get(c)));
    }

    /** Words of which no two are alike, and no times anywhere. */
    boolean isCrossSection() {
        return sample.size() >= FEW_ROWS && !hasTimes() && !words().isEmpty();
    }

    String words() {
        return columns()
                .filter(c -> looks(c, Look.WORD)
                        && sample.stream().map(r -> r.cell(c)).distinct().count() == sample.size())
                .mapToObj(c ->
                        c >= heading.names().size() || heading.names().get(c).isEmpty()
                                ? "#" + (c + 1)
                                : heading.names().get(c))
                .findFirst()
                .orElse("");
    }
}
