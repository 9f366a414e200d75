package dev.namaskar.series.table;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A row a time: a long table with a group column, a wide one with a column a series, or both at once. */
final class ColumnTable {
    /** Rows that are looked at to tell the columns apart. */
    private static final int SAMPLED = 20;

    private final String name;
    private final TableFormat format;
    private final List<String> notes;
    private final TableColumns columns;
    private final TimeParser times;
    private final Problems problems = new Problems();
    private final Map<String, SeriesRows[]> groups = new LinkedHashMap<>();
    /** The row's numbers other than the targets: known, then observed. */
    private final double[] further;

    private ColumnTable(String name, TableFormat format, List<String> notes, TableColumns columns) {
        this.name = name;
        this.format = format;
        this.notes = notes;
        this.columns = columns;
        this.times = new TimeParser(columns.time() < 0 ? "row" : format.timeFormat());
        this.further = new double[columns.known().length + columns.observed().length];
    }

    static Table read(
            TableReader.Rows rows,
            List<String> first,
            boolean header,
            String name,
            TableFormat format,
            List<String> notes) {
        List<String> names = header
                ? first
                : IntStream.rangeClosed(1, first.size()).mapToObj(i -> "#" + i).toList();
        List<List<String>> sample = new ArrayList<>(header ? List.of() : List.of(first));
        sample.addAll(rows.peek(SAMPLED));
        if (sample.isEmpty()) {
            throw new TableException(name + " has a header but no rows");
        }
        ColumnTable table = new ColumnTable(name, format, notes, TableColumns.find(format, names, sample));
        int needed = table.columns.last() + 1;
        int number = 1;
        for (@Nullable List<String> row = header ? rows.next() : first; row != null; row = rows.next(), number++) {
            if (row.size() < needed) {
                table.problems.add(
                        Problems.Kind.SHORT_ROW,
                        "line " + rows.line() + " has " + row.size() + " cells, expected at least " + needed);
            } else {
                table.add(row, rows.line(), number);
            }
        }
        return table.finish();
    }

    private void add(List<String> row, long line, int number) {
        double time = number;
        if (columns.time() >= 0) {
            String cell = row.get(columns.time());
            time = times.parse(cell);
            if (Double.isNaN(time)) {
                if (problems.wants(Problems.Kind.BAD_TIME)) {
                    problems.add(
                            Problems.Kind.BAD_TIME, columns.cell(line, columns.time()) + ": '" + shortened(cell) + "'");
                }
                return;
            }
        }
        for (int i = 0; i < further.length; i++) {
            int known = columns.known().length;
            int column = i < known ? columns.known()[i] : columns.observed()[i - known];
            further[i] = number(row, column, line);
        }
        String group = columns.group() < 0 ? "" : row.get(columns.group());
        SeriesRows[] series = groups.computeIfAbsent(group, this::series);
        for (int t = 0; t < series.length; t++) {
            series[t].add(columns.time() < 0 ? series[t].size() + 1 : time, (int) line);
            series[t].set(0, number(row, columns.targets()[t], line));
            for (int i = 0; i < further.length; i++) {
                series[t].set(1 + i, further[i]);
            }
        }
    }

    private SeriesRows[] series(String group) {
        SeriesRows[] series = new SeriesRows[columns.targets().length];
        Arrays.setAll(series, t -> {
            String target = columns.names().get(columns.targets()[t]);
            String id = columns.group() < 0 ? target : series.length == 1 ? group : group + "/" + target;
            return new SeriesRows(id, 1 + further.length);
        });
        return series;
    }

    private double number(List<String> row, int column, long line) {
        String cell = row.get(column);
        if (TableReader.isBlank(cell)) {
            return Double.NaN;
        }
        double value = Numbers.parse(cell, format.decimalMark());
        if (Double.isNaN(value)
                && format.policies().nonNumeric() == Policies.NonNumeric.ERROR
                && problems.wants(Problems.Kind.NOT_A_NUMBER)) {
            problems.add(Problems.Kind.NOT_A_NUMBER, columns.cell(line, column) + ": '" + shortened(cell) + "'");
        }
        return value;
    }

    private static String shortened(String cell) {
        return cell.length() <= 40 ? cell : cell.substring(0, 40) + "...";
    }

    private Table finish() {
        List<SeriesRows> rows = groups.values().stream().flatMap(Arrays::stream).toList();
        for (SeriesRows series : rows) {
            series.order(format.policies(), problems);
            series.trim();
        }
        problems.explain(Problems.Kind.BAD_TIME, times.expected());
        if (columns.group() < 0 && columns.name() >= 0) {
            String hint = "; if column \"" + columns.names().get(columns.name())
                    + "\" tells series apart, give it with --group";
            problems.explain(Problems.Kind.DISORDER, hint);
            problems.explain(Problems.Kind.DUPLICATE, hint);
        }
        problems.check(name);
        List<long[]> grid = new ArrayList<>();
        Frequency frequency = frequency(rows, grid);
        String[] cellNames = IntStream.range(0, 1 + further.length)
                .mapToObj(i -> i == 0 ? "target" : columns.names().get(furtherColumn(i - 1)))
                .toArray(String[]::new);
        SeriesGrid regular = new SeriesGrid(frequency, format.policies(), problems, cellNames, columns.known().length);
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            cellNames[0] = columns.names().get(columns.targets()[i % columns.targets().length]);
            Series one = regular.series(rows.get(i), grid.get(i));
            if (one.length() > 0) {
                series.add(one);
            } else {
                notes.add("series \"" + rows.get(i).id + "\" has no values and is left out");
            }
        }
        problems.check(name);
        if (series.isEmpty()) {
            throw new TableException(
                    name + " holds no values in " + columns.names().get(columns.targets()[0]));
        }
        describe(series, frequency, regular.holidays);
        return new Table(
                series, frequency, true, columns.time() >= 0, format.known(), format.observed(), notes, format);
    }

    private int furtherColumn(int i) {
        int known = columns.known().length;
        return i < known ? columns.known()[i] : columns.observed()[i - known];
    }

    /** Decides the frequency and puts every row's time on its grid. */
    private Frequency frequency(List<SeriesRows> rows, List<long[]> grid) {
        Frequency given = format.frequency().isEmpty() ? null : Frequency.parse(format.frequency());
        if (times.kind() == TimeParser.Kind.NUMBER) {
            Frequency found =
                    NumericTimes.grid(rows.stream().map(SeriesRows::times).toList(), times.format());
            if (given != null && given.isClock() != found.isClock()) {
                throw new TableException(name + ": the time column holds " + found + " times, so --frequency "
                        + format.frequency() + " does not fit; give dates, or leave it out");
            }
            Frequency use = given == null ? found : given;
            rows.forEach(r -> grid.add(Arrays.stream(r.times())
                    .mapToLong(t -> NumericTimes.time(t, use))
                    .toArray()));
            return use;
        }
        rows.forEach(
                r -> grid.add(Arrays.stream(r.times()).mapToLong(t -> (long) t).toArray()));
        if (given != null) {
            return given;
        }
        return FrequencyDetector.clock(grid, format.policies().gaps() == Policies.Gaps.SKIP)
                .orElseThrow(() -> new TableException(
                        name + ": one time a series says nothing about the step between two; give --frequency"));
    }

    private void describe(List<Series> series, Frequency frequency, long holidays) {
        String time = columns.time() < 0
                ? "rows are numbered"
                : "times from column \"" + columns.names().get(columns.time()) + "\"";
        notes.add(series.size() + " series, " + time + ", step " + frequency.name()
                + (format.frequency().isEmpty() ? " (found)" : " (given)"));
        if (holidays > 0) {
            notes.add(holidays + " business days without a row are stepped over as holidays");
        }
    }
}
