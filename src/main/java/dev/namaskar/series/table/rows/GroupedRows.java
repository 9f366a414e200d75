package dev.namaskar.series.table.rows;

import dev.namaskar.series.Note;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.TimeParser;
import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.cells.ColumnSurvey;
import dev.namaskar.series.table.roles.TableColumns;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.text.Row;
import dev.namaskar.series.table.time.TimeCells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Takes the rows of a table one after another and hands their cells to the series that they belong to. */
public final class GroupedRows {
    private final TableColumns columns;
    private final TableFormat format;
    private final TimeParser times;
    private final NumberNotation numbers;
    private final List<ColumnSurvey> surveys;
    private final Problems problems;
    private final List<Integer> statics;
    private final List<Integer> staticNumbers;
    private final List<Integer> further;
    private final SteadyColumns units;
    private long totals;
    private final List<String> asides = new ArrayList<>();
    private final Map<String, SeriesRows[]> groups = new LinkedHashMap<>();

    /**
     * For the rows of one table.
     *
     * @param columns which column plays which part
     * @param surveys what stands in each column
     * @param problems where is counted what is wrong (modified)
     */
    public GroupedRows(
            TableColumns columns,
            TableFormat format,
            TimeParser times,
            NumberNotation numbers,
            List<ColumnSurvey> surveys,
            Problems problems) {
        this.columns = columns;
        this.format = format;
        this.times = times;
        this.numbers = numbers;
        this.surveys = surveys;
        this.problems = problems;
        List<String> names = columns.names();
        this.statics = TableColumns.places(names, format.roles().statics(), "static");
        if (columns.group().isEmpty() && !statics.isEmpty()) {
            throw new TableException("a row of the table is for all its series, so that \"" + names.get(statics.get(0))
                    + "\" tells none from another; `static` columns need a long table, with columns that name the"
                    + " series (`group`)");
        }
        this.staticNumbers = columns.staticNumbers(format, surveys);
        this.further = columns.further();
        this.units = new SteadyColumns(names, SteadyColumns.units(names, columns.others()));
    }

    /** Takes a row in. */
    public void add(Row row) {
        double time = 0;
        if (!columns.time().isNone()) {
            String cell = columns.time().text(row);
            time = times.parse(cell);
            if (Double.isNaN(time) && (TimeCells.isWholeYear(cell) || ColumnNames.isTotal(cell))) {
                totals++;
                return;
            }
            if (Double.isNaN(time) && ColumnNames.isAside(cell)) {
                asides.add(cell);
                return;
            }
            if (Double.isNaN(time)) {
                if (problems.wants(Problems.Kind.BAD_TIME)) {
                    problems.add(
                            Problems.Kind.BAD_TIME,
                            columns.cell(row.line(), columns.time().columns().get(0)) + ": '" + Row.shortened(cell)
                                    + "'");
                }
                return;
            }
        }
        String id = columns.group().stream().map(row::cell).collect(Collectors.joining("/"));
        units.see(id, row);
        SeriesRows[] series = groups.computeIfAbsent(id, this::series);
        label(row, series);
        for (int t = 0; t < series.length; t++) {
            series[t].add(columns.time().isNone() ? series[t].size() + 1 : time, (int) row.line());
            series[t].set(0, number(row, columns.targets().get(t)));
            for (int i = 0; i < further.size(); i++) {
                series[t].set(1 + i, number(row, further.get(i)));
            }
        }
    }

    private SeriesRows[] series(String group) {
        List<Integer> targets = columns.targets();
        SeriesRows[] series = new SeriesRows[targets.size()];
        Arrays.setAll(series, t -> {
            String target = columns.names().get(targets.get(t));
            String id = columns.group().isEmpty() ? target : series.length == 1 ? group : group + "/" + target;
            return new SeriesRows(id, 1 + further.size());
        });
        return series;
    }

    /** What the columns that name the series and the static ones say; the latter may not change their minds. */
    private void label(Row row, SeriesRows[] series) {
        if (series[0].labels.isEmpty()) {
            columns.group().forEach(c -> label(series, c, row.cell(c)));
        }
        for (int c : statics) {
            String said = series[0].labels.getOrDefault(columns.names().get(c), "");
            String cell = staticNumbers.contains(c) ? numbers.plain(row.cell(c)) : row.cell(c);
            if (!NumberNotation.isBlank(cell) && !said.isEmpty() && !said.equals(cell)) {
                throw new TableException(columns.cell(row.line(), c) + ": '" + Row.shortened(cell)
                        + "' where the same series had '" + Row.shortened(said)
                        + "' before; a static column says one thing of a whole series");
            }
            if (said.isEmpty()) {
                label(series, c, NumberNotation.isBlank(cell) ? "" : cell);
            }
        }
    }

    private void label(SeriesRows[] series, int column, String cell) {
        for (SeriesRows each : series) {
            each.labels.put(columns.names().get(column), cell);
        }
    }

    private double number(Row row, int column) {
        String cell = row.cell(column);
        double value = numbers.parse(cell);
        boolean broken = Double.isNaN(value)
                && !NumberNotation.isBlank(cell)
                && format.policies().nonNumeric() == Policies.NonNumeric.ERROR;
        if (broken && numbers.other().isRead(cell)) {
            char mark = numbers.other().decimalMark();
            problems.explain(
                    Problems.Kind.NOT_A_NUMBER,
                    "; where the decimal mark is a " + (mark == ',' ? "comma" : "point") + ", give `decimal` " + mark);
        }
        if (broken && problems.wants(Problems.Kind.NOT_A_NUMBER)) {
            problems.add(
                    Problems.Kind.NOT_A_NUMBER, columns.cell(row.line(), column) + ": '" + Row.shortened(cell) + "'");
        }
        return broken ? 0 : surveys.get(column).nothing.takes(value) ? Double.NaN : value;
    }

    /**
     * Takes those targets out of their series that nobody named and that say one thing of each series, or of its times.
     *
     * @param notes where they are named (modified)
     * @return the columns that are left
     */
    public TableColumns withoutLabels(Notes notes) {
        List<Integer> targets = columns.targets();
        boolean open = format.roles().targets().isEmpty();
        List<SeriesRows[]> all = List.copyOf(groups.values());
        List<Integer> labels = open ? SteadyColumns.labels(all, targets.size()) : List.of();
        List<Integer> dates = open && times.isClock() ? CalendarColumns.find(all, targets.size()) : List.of();
        List<Integer> kept = IntStream.range(0, targets.size())
                .filter(t -> !labels.contains(t) && !dates.contains(t))
                .boxed()
                .toList();
        if (kept.isEmpty() || kept.size() == targets.size()) {
            return columns;
        }
        groups.replaceAll((id, series) -> kept.stream()
                .map(t -> series[t].called(kept.size() == 1 && !columns.group().isEmpty() ? id : series[t].id()))
                .toArray(SeriesRows[]::new));
        say(labels, "not forecast, for they say one thing of each series: ", "static", notes);
        say(dates, "not forecast, for they say a part of the time again: ", "known", notes);
        return columns.targets(kept.stream().map(targets::get).toList());
    }

    private void say(List<Integer> places, String what, String setting, Notes notes) {
        if (!places.isEmpty()) {
            notes.add(
                    Note.Kind.COLUMNS,
                    what
                            + columns.named(
                                    places.stream().map(columns.targets()::get).toList()) + " (`" + setting
                            + "` lets the networks read them, `target` forecasts them)");
        }
    }

    /**
     * The series, in the order in which they first appear.
     *
     * @param notes where is said which rows are in none of them (modified)
     */
    public List<SeriesRows> all(Notes notes) {
        if (totals > 0) {
            notes.add(
                    Note.Kind.LAYOUT,
                    totals + (totals == 1 ? " row" : " rows") + " of totals or whole years, as M13 is, left out");
        }
        if (!asides.isEmpty()) {
            notes.add(
                    Note.Kind.LAYOUT,
                    "left out, for they say something of whole columns: the rows " + String.join(", ", asides));
        }
        return groups.values().stream().flatMap(Arrays::stream).toList();
    }
}
