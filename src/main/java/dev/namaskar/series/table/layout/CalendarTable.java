package dev.namaskar.series.table.layout;

import dev.namaskar.series.Note;
import dev.namaskar.series.Table;
import dev.namaskar.series.notation.DecimalMark;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.TimeParser;
import dev.namaskar.series.notation.Years;
import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.cells.Look;
import dev.namaskar.series.table.cells.NothingMark;
import dev.namaskar.series.table.cells.NumberMarks;
import dev.namaskar.series.table.heading.HeadingRun;
import dev.namaskar.series.table.heading.TableBody;
import dev.namaskar.series.table.roles.TableColumns;
import dev.namaskar.series.table.rows.Problems;
import dev.namaskar.series.table.rows.SeriesRows;
import dev.namaskar.series.table.rows.TableAssembly;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.text.Row;
import dev.namaskar.series.table.time.TimeCells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A row a year and a column a month or quarter: one series, or one for each name that stands before the year. */
public final class CalendarTable {
    private static final String ALONE = "value";

    private final TableBody body;
    private final TableFormat format;
    private final Notes notes;
    private final HeadingRun run;
    private final int year;
    private final List<Integer> ids;
    private boolean descends = true;
    private int years;
    private double last = Double.POSITIVE_INFINITY;

    /**
     * Prepares the reading.
     *
     * @param sample the first rows of values
     * @param notes where is said what is found (modified)
     */
    public CalendarTable(TableBody body, TableFormat format, List<Row> sample, Notes notes) {
        this.body = body;
        this.format = format;
        this.notes = notes;
        List<String> names = body.heading().names();
        this.run = Objects.requireNonNull(HeadingRun.find(names));
        this.year = IntStream.range(0, names.size())
                .filter(c -> !run.holds(c) && sample.stream().anyMatch(r -> Years.is(r.cell(c))))
                .findFirst()
                .orElseThrow();
        this.ids = format.roles().group().isEmpty()
                ? IntStream.range(0, run.from())
                        .filter(c -> c != year && sample.stream().anyMatch(r -> Look.of(r.cell(c)) == Look.WORD))
                        .boxed()
                        .toList()
                : TableColumns.places(names, format.roles().group(), "group");
    }

    /** The table. */
    public Table read() throws IOException {
        List<String> names = body.heading().names();
        Problems problems = new Problems(format.policies());
        DecimalMark.Column marks = new DecimalMark.Column();
        NumberMarks dress = new NumberMarks();
        TableBody.End end = body.survey(
                row -> !row.cell(year).matches("[0-9]{4}"),
                row -> IntStream.range(run.from(), run.to())
                        .mapToObj(row::cell)
                        .filter(NumberNotation::isNumber)
                        .forEach(cell -> {
                            marks.see(cell);
                            dress.see(cell, NumberNotation.either(cell));
                        }));
        NumberMarks.settle(Map.of("", dress), notes);
        DecimalMark evidence = new DecimalMark();
        evidence.add(marks);
        char mark = format.text().decimalMark() == 0
                ? evidence.settle(body.delimiter())
                : format.text().decimalMark();
        NumberNotation numbers = new NumberNotation(mark);
        int months = run.kind() == HeadingRun.Kind.MONTHS ? 1 : 3;
        TimeParser parser = TimeParser.of("uuuu-MM");
        Map<String, SeriesRows> series = new LinkedHashMap<>();
        body.rows(end.lastLine(), row -> {
            if (!row.isEmpty()) {
                add(row, series, numbers, parser, months, problems);
            }
        });
        series.values().forEach(SeriesRows::trim);
        NothingMark.sweep(series.values().stream().map(rows -> rows.column(0)).toList(), notes);
        if (descends && years > 1) {
            series.values().forEach(SeriesRows::sort);
            notes.add(Note.Kind.TIMES, "the newest year stands first: rows are taken in the order of their times");
        }
        List<String> left = new ArrayList<>(names.subList(run.to(), names.size()));
        left.removeIf(String::isEmpty);
        notes.add(
                Note.Kind.LAYOUT,
                "a row a year and a column a " + (months == 1 ? "month" : "quarter") + ": read as one series"
                        + (ids.isEmpty()
                                ? ""
                                : " for each " + ids.stream().map(names::get).collect(Collectors.joining(" and ")))
                        + (left.isEmpty() ? "" : "; left out: " + String.join(", ", left))
                        + " (`layout` columns to say otherwise)");
        TableColumns columns =
                new TableColumns(names, TimeCells.of(year), List.of(), List.of(run.from()), List.of(), List.of());
        return new TableAssembly(format, columns, parser, problems, notes)
                .table(List.copyOf(series.values()), format.marks(format.text().delimiter(), mark));
    }

    private void add(
            Row row,
            Map<String, SeriesRows> all,
            NumberNotation numbers,
            TimeParser parser,
            int months,
            Problems problems) {
        String id = ids.isEmpty() ? ALONE : ids.stream().map(row::cell).collect(Collectors.joining("/"));
        SeriesRows series = all.computeIfAbsent(id, i -> new SeriesRows(i, 1));
        for (int c = run.from(); c < run.to(); c++) {
            int month = (c - run.from()) * months + 1;
            String time = row.cell(year) + (month < 10 ? "-0" : "-") + month;
            double at = parser.parse(time);
            if (Double.isNaN(at)) {
                problems.add(Problems.Kind.BAD_TIME, "line " + row.line() + ": '" + row.cell(year) + "'");
                return;
            }
            String cell = row.cell(c);
            double value = numbers.parse(cell);
            if (Double.isNaN(value)
                    && !NumberNotation.isBlank(cell)
                    && format.policies().nonNumeric() == Policies.NonNumeric.ERROR) {
                problems.add(
                        Problems.Kind.NOT_A_NUMBER, "line " + row.line() + ", column " + (c + 1) + ": '" + cell + "'");
                value = 0;
            }
            descends &= c > run.from() || at < last;
            last = c == run.from() ? at : last;
            years += c == run.from() ? 1 : 0;
            series.add(at, (int) row.line());
            series.set(0, value);
        }
    }
}
