package dev.namaskar.series.table.layout;

import dev.namaskar.series.Note;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.DecimalMark;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.cells.ColumnSurvey;
import dev.namaskar.series.table.cells.NothingMark;
import dev.namaskar.series.table.cells.NumberMarks;
import dev.namaskar.series.table.heading.TableBody;
import dev.namaskar.series.table.roles.TableColumns;
import dev.namaskar.series.table.rows.Problems;
import dev.namaskar.series.table.rows.SeriesGrid;
import dev.namaskar.series.table.rows.SeriesRows;
import dev.namaskar.series.table.rows.TableAssembly;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.text.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A row a series: its names first and then as many values as it has, under times or merely counted (M4's files). */
public final class RaggedTable {
    private final TableBody body;
    private final TableFormat format;
    private final Notes notes;
    private final List<String> names;
    private final int from;
    private final int to;
    private final ColumnTimes times;
    private final Problems problems;
    private long missing;

    /**
     * Prepares the reading.
     *
     * @param sample the first rows of values
     * @param notes where is said what is found (modified)
     */
    public RaggedTable(TableBody body, TableFormat format, List<Row> sample, Notes notes) {
        this.body = body;
        this.format = format;
        this.notes = notes;
        this.names = body.heading().names(sample);
        this.problems = new Problems(format.policies());
        ValueSpan span =
                ValueSpan.find(body.heading(), names, sample, format.roles().targets());
        this.times = new ColumnTimes(span, names, format);
        this.from = span.from();
        this.to = span.to();
        if (!format.known().isEmpty() || !format.observed().isEmpty()) {
            throw new TableException("a table with a row a series has no further columns;"
                    + " `known` and `observed` need a long or wide table");
        }
    }

    /** The table. */
    public Table read() throws IOException {
        NumberMarks dress = new NumberMarks();
        Map<Integer, ColumnSurvey> said = new LinkedHashMap<>();
        TableColumns.places(names, format.roles().statics(), "static").forEach(c -> said.put(c, new ColumnSurvey()));
        NumberNotation numbers = notation(dress, said);
        List<NamedRow> lines = new ArrayList<>();
        body.rows(Long.MAX_VALUE, row -> {
            if (!row.isEmpty()) {
                lines.add(named(row, numbers));
            }
        });
        dropFooter(lines);
        List<String> given = format.roles().group();
        List<Integer> naming = given.isEmpty()
                ? IntStream.range(0, from).boxed().toList()
                : TableColumns.places(names, given, "group").stream()
                        .filter(c -> c < from)
                        .toList();
        List<String> ids = new RowNames(names, lines).settle(naming, !given.isEmpty(), notes);
        said.values().removeIf(survey -> !survey.isNumeric());
        Map<String, NumberMarks> marks = new LinkedHashMap<>(Map.of("", dress));
        said.forEach((c, survey) -> marks.put("column \"" + names.get(c) + "\": ", survey.dress));
        NumberMarks.settle(marks, notes);
        NothingMark.sweep(lines.stream().map(NamedRow::values).toList(), notes);
        Frequency frequency = frequency(ids, lines);
        List<Series> series = new ArrayList<>();
        List<Series> beginning = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Series one =
                    series(ids.get(i), lines.get(i), frequency).labelled(labels(lines.get(i), said.keySet(), numbers));
            if (one.length() > 0) {
                series.add(one);
            } else {
                beginning.add(one);
                notes.add(Note.Kind.SERIES, "series \"" + ids.get(i) + "\" has no values: nothing is learned from it");
            }
        }
        problems.check();
        if (series.isEmpty()) {
            throw new TableException("no series in it");
        }
        boolean dated = !times.isNone();
        TableAssembly.describeWhole(series, notes);
        notes.add(
                Note.Kind.SERIES,
                series.size() + " series, a row each; "
                        + (dated
                                ? "times from the names of columns \"" + names.get(from) + "\" to \""
                                        + names.get(to - 1) + "\""
                                : "steps are row numbers")
                        + ", step " + frequency.name());
        TableAssembly.describe(missing, notes);
        return new Table(
                series,
                frequency,
                dated,
                dated,
                List.of(),
                List.of(),
                notes.all(),
                resolved(numbers, frequency),
                beginning);
    }

    /** Remarks below the rows: one cell and no value, where rows have several cells before their values. */
    private void dropFooter(List<NamedRow> lines) {
        int rows = lines.size();
        String first = "";
        while (rows > 1 && from > 1 && lines.get(rows - 1).isRemark()) {
            first = lines.get(--rows).cells().get(0);
        }
        if (rows < lines.size()) {
            notes.add(Note.Kind.LAYOUT, TableBody.footer(lines.size() - rows, first));
            lines.subList(rows, lines.size()).clear();
        }
    }

    /**
     * @param dress takes what stands beside the digits
     * @param said takes what static columns hold
     */
    private NumberNotation notation(NumberMarks dress, Map<Integer, ColumnSurvey> said) throws IOException {
        char given = format.text().decimalMark();
        DecimalMark.Column marks = new DecimalMark.Column();
        body.rows(Long.MAX_VALUE, row -> {
            NumberMarks own = new NumberMarks();
            said.forEach((c, survey) -> survey.see(row.cell(c)));
            for (int c = from; c < Math.min(to, row.width()); c++) {
                String cell = row.cell(c);
                double number = NumberNotation.either(cell);
                if (!Double.isNaN(number)) {
                    marks.see(cell);
                    dress.see(cell, number);
                    own.see(cell, number);
                }
            }
            own.check("line " + row.line() + ": ");
        });
        if (given != 0) {
            return new NumberNotation(given);
        }
        DecimalMark evidence = new DecimalMark();
        evidence.add(marks);
        if (evidence.isOpen()) {
            said.values().forEach(survey -> evidence.add(survey.marks));
        }
        return new NumberNotation(evidence.settle(body.delimiter()));
    }

    private NamedRow named(Row row, NumberNotation numbers) {
        int end = Math.min(to, row.width());
        while (end > from && NumberNotation.isBlank(row.cell(end - 1))) {
            end--;
        }
        double[] values = new double[Math.max(0, end - from)];
        for (int i = 0; i < values.length; i++) {
            String cell = row.cell(from + i);
            values[i] = numbers.parse(cell);
            boolean broken = Double.isNaN(values[i]) && !NumberNotation.isBlank(cell);
            if (broken && format.policies().nonNumeric() == Policies.NonNumeric.ERROR) {
                values[i] = 0;
                if (problems.wants(Problems.Kind.NOT_A_NUMBER)) {
                    problems.add(Problems.Kind.NOT_A_NUMBER, place(row.line(), i, row.cell(0)) + ": '" + cell + "'");
                }
            }
        }
        List<String> cells = new ArrayList<>(
                row.cells().subList(0, Math.min(from, row.cells().size())));
        for (int c = to; c < Math.min(row.cells().size(), names.size()); c++) {
            cells.add(row.cell(c));
        }
        return new NamedRow(cells, values, row.line());
    }

    private String place(long line, int value, String series) {
        return "line " + line + ", column " + (from + value + 1) + ", series \"" + series + "\"";
    }

    /**
     * What the columns before the values say.
     *
     * @param measured the columns of numbers among the static ones
     */
    private Map<String, String> labels(NamedRow line, Set<Integer> measured, NumberNotation numbers) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int c = 0; c < from; c++) {
            String cell = measured.contains(c) ? numbers.plain(line.cell(c)) : line.cell(c);
            labels.putIfAbsent(names.get(c), NumberNotation.isBlank(cell) ? "" : cell);
        }
        for (int c : TableColumns.places(names, format.roles().statics(), "static")) {
            if (c >= from) {
                throw new TableException("static columns of a table with a row a series stand before its values; \""
                        + names.get(c) + "\" does not");
            }
            labels.put(names.get(c), labels.getOrDefault(names.get(c), ""));
        }
        return labels;
    }

    private Frequency frequency(List<String> ids, List<NamedRow> lines) {
        Frequency given = format.frequency().isEmpty() ? null : Frequency.parse(format.frequency());
        if (times.isDated()) {
            return given != null ? given : times.frequency();
        }
        if (given != null) {
            return given.isClock() ? given.counted() : given;
        }
        Frequency told = TableInfo.frequency(body.text(), ids, names, columnsOf(lines), notes);
        return told == null ? new Frequency(Frequency.Unit.ROW, 1) : told.counted();
    }

    /** The cells beside the values, column by column. */
    private List<List<String>> columnsOf(List<NamedRow> lines) {
        return IntStream.range(0, from)
                .mapToObj(c -> lines.stream().map(line -> line.cell(c)).toList())
                .toList();
    }

    private Series series(String id, NamedRow line, Frequency frequency) {
        SeriesRows rows = new SeriesRows(id, 1);
        double[] values = line.values();
        int first = 0;
        while (first < values.length && Double.isNaN(values[first])) {
            first++;
        }
        int before = times.isNone() ? first : 0;
        List<Integer> order = IntStream.range(before, values.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> times.isNone() ? i : times.at(i)))
                .toList();
        for (int i : order) {
            rows.add((double) (times.isNone() ? rows.size() + 1L : times.at(i)), (int) line.line());
            rows.set(0, values[i]);
        }
        rows.trim();
        String[] cell = {"values"};
        long[] grid = Arrays.stream(rows.times()).mapToLong(t -> (long) t).toArray();
        SeriesGrid regular = new SeriesGrid(frequency, format.policies(), problems, cell, 0);
        Series one = regular.series(rows, grid);
        missing += regular.missing();
        return one;
    }

    private TableFormat resolved(NumberNotation numbers, Frequency frequency) {
        boolean told = frequency.unit() == Frequency.Unit.SEASON_PART;
        return (told ? format.frequency(frequency.name()) : format)
                .layout(TableFormat.Layout.ROWS)
                .statics(TableColumns.places(names, format.roles().statics(), "static").stream()
                        .map(names::get)
                        .toArray(String[]::new))
                .marks(format.text().delimiter(), numbers.decimalMark());
    }
}
