package dev.namaskar.series.table;

import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.DecimalMark;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.NumericTime;
import dev.namaskar.series.notation.TableZone;
import dev.namaskar.series.notation.TimeParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A row a time: a long table with columns that name its series, a wide one with a column a series, or both at once. */
final class ColumnTable {
    private static final NumberNotation UNSETTLED = NumberNotation.POINT;

    private final TableBody body;
    private final TableFormat format;
    private final List<String> notes;
    private final List<String> names;
    private final String name;
    private final TimeCells timeCells;
    private final List<ColumnSurvey> surveys;
    private final TimeSurvey timeSurvey;
    private final GroupSearch search;
    /** Whether the first column counts the rows. */
    private final boolean numbered;

    private final Problems problems;
    private final Map<String, SeriesRows[]> groups = new LinkedHashMap<>();
    private NumberNotation numbers = UNSETTLED;
    private TimeParser times = TimeParser.UNKNOWN;
    private List<Integer> further = List.of();
    private long rows;
    private List<Integer> statics = List.of();
    private SteadyColumns units = new SteadyColumns("", List.of(), List.of());

    ColumnTable(TableBody body, TableFormat format, List<TableRows.Row> sample, List<String> notes) {
        this.body = body;
        this.format = format;
        this.notes = notes;
        this.names = named(body.heading(), sample);
        this.name = body.text().name();
        this.problems = new Problems(format.policies());
        List<ColumnSurvey> first = survey(names);
        sample.forEach(row -> see(first, row));
        this.timeCells = TableColumns.time(format, names, sample, first);
        this.surveys = survey(names);
        this.timeSurvey = new TimeSurvey(timeCells.names(names));
        this.search = search(first);
        this.numbered = names.size() > 1 && first.get(0).isCountingSoFar();
    }

    /** Names for as many columns as the first rows have; those the header does not name are called by their place. */
    static List<String> named(TableHeading heading, List<TableRows.Row> sample) {
        List<String> names = new ArrayList<>(heading.names());
        int width = sample.stream().mapToInt(TableRows.Row::width).max().orElse(0);
        while (names.size() < width) {
            names.add("#" + (names.size() + 1));
        }
        return names;
    }

    private static List<ColumnSurvey> survey(List<String> names) {
        return Stream.generate(ColumnSurvey::new).limit(names.size()).toList();
    }

    private static void see(List<ColumnSurvey> surveys, TableRows.Row row) {
        for (int c = 0; c < Math.min(surveys.size(), row.cells().size()); c++) {
            surveys.get(c).see(row.cells().get(c));
        }
    }

    private GroupSearch search(List<ColumnSurvey> first) {
        List<Integer> words = new ArrayList<>();
        List<Integer> wholes = new ArrayList<>();
        var named = TableColumns.named(format, names);
        for (int c = 0; c < names.size(); c++) {
            if (timeCells.columns().contains(c) || named.contains(c)) {
                continue;
            }
            if (first.get(c).isWords()) {
                words.add(c);
            } else if (first.get(c).isNumeric()
                    && first.get(c).isWhole()
                    && (ColumnNames.isIdName(names.get(c)) || first.get(c).isRepeating())) {
                wholes.add(c);
            }
        }
        return new GroupSearch(words, wholes);
    }

    Table read() throws IOException {
        ColumnQuestions questions = new ColumnQuestions(body, format, names, timeCells, surveys);
        List<Integer> twins = questions.twins();
        TableBody.End end = body.survey(this::isFooter, row -> {
            see(surveys, row);
            rows++;
            questions.askAboutTwo(twins, row);
            if (!timeCells.isNone()) {
                String time = timeCells.text(row);
                timeSurvey.see(time);
                search.see(row, time);
            }
        });
        if (end.footers() > 0) {
            notes.add(TableBody.footer(end.footers(), end.footer()));
        }
        settleTimes();
        questions.askAboutCommas();
        List<Integer> group = group(questions);
        TableColumns columns = TableColumns.find(format, names, timeCells, group, surveys, notes);
        settleNumbers(columns);
        sayWords(columns);
        this.statics = TableColumns.places(names, format.roles().statics(), "static");
        if (group.isEmpty() && !statics.isEmpty()) {
            throw new TableException(name + ": a row of the table is for all its series, so that \""
                    + names.get(statics.get(0)) + "\" tells none from another; `static` columns need a long table, with"
                    + " columns that name the series (`group`)");
        }
        this.further = columns.further();
        this.units = new SteadyColumns(name, names, SteadyColumns.units(names, columns.others()));
        int needed = columns.last() + 1;
        body.rows(end.lastLine(), row -> {
            boolean blank =
                    row.isEmpty() && (!timeCells.isNone() || (row.cells().size() == 1 && names.size() > 1));
            if (!blank && row.cells().size() < needed) {
                problems.add(
                        Problems.Kind.SHORT_ROW,
                        "line " + row.line() + " has " + row.cells().size() + " cells, expected at least " + needed);
            } else if (!blank) {
                add(row, columns);
            }
        });
        explain(columns);
        TableColumns used = withoutLabels(columns);
        List<SeriesRows> series =
                groups.values().stream().flatMap(Arrays::stream).toList();
        return new TableAssembly(name, format, used, times, problems, notes).table(series, resolved(group));
    }

    /** Targets that nobody named and that say one thing of each series are taken out of its series. */
    private TableColumns withoutLabels(TableColumns columns) {
        List<Integer> labels = format.roles().targets().isEmpty()
                ? SteadyColumns.labels(
                        List.copyOf(groups.values()), columns.targets().size())
                : List.of();
        if (labels.isEmpty()) {
            return columns;
        }
        List<Integer> kept = IntStream.range(0, columns.targets().size())
                .filter(t -> !labels.contains(t))
                .boxed()
                .toList();
        groups.replaceAll((id, series) -> kept.stream()
                .map(t -> series[t].called(kept.size() == 1 ? id : series[t].id))
                .toArray(SeriesRows[]::new));
        notes.add("not forecast, for they say one thing of each series: "
                + named(labels.stream().map(columns.targets()::get).toList())
                + " (`static` lets the networks read them, `target` forecasts them)");
        return columns.targets(kept.stream().map(columns.targets()::get).toList());
    }

    /** A row that has one cell alone, or words where the times are. */
    private boolean isFooter(TableRows.Row row) {
        long filled = row.cells().stream().filter(c -> !c.isEmpty()).count();
        boolean words = !timeCells.isNone() && timeCells.text(row).chars().noneMatch(c -> c >= '0' && c <= '9');
        boolean counted = String.join(" ", row.cells()).matches("\\(?[0-9]+ rows?\\b.*");
        boolean uncounted = timeCells.isNone() && numbered && row.cell(0).isEmpty();
        return words
                || counted
                || uncounted
                || (filled == 1 && (names.size() > 2 || row.cells().size() < names.size()));
    }

    private void settleTimes() {
        if (timeCells.isNone()) {
            times = new TimeParser(NumericTime.ROW);
            return;
        }
        times = timeSurvey.settle(format.times().format(), format.frequency());
        String given = format.times().zone();
        if (given.isEmpty() && timeSurvey.isZoneMixed()) {
            throw new TableException(name + ": some times of column \"" + timeCells.names(names)
                    + "\" have a zone and others none; give `zone`, the zone of those without one");
        }
        TableZone zone = given.isEmpty() ? timeSurvey.zone() : new TableZone(given);
        times.zone(zone.isNamed() || !times.isEpoch() ? zone : TableZone.UTC);
        if (given.isEmpty() && timeSurvey.zones().size() > 1) {
            notes.add("times have the offsets " + String.join(", ", timeSurvey.zones()) + " and are kept "
                    + (zone.equals(TableZone.UTC) ? "in UTC" : "by the clock of " + zone.name())
                    + " (`zone` for another)");
        }
    }

    /** The columns that name the series: given, or found where times stand more than once. */
    private List<Integer> group(ColumnQuestions questions) {
        if (!format.roles().group().isEmpty()) {
            return TableColumns.places(names, format.roles().group(), "group");
        }
        if (timeCells.isNone()) {
            questions.askAboutNames();
            questions.askAboutYears();
        } else {
            questions.askAboutDay();
        }
        if (timeCells.isNone() || !search.repeats()) {
            return List.of();
        }
        List<Integer> found = search.find(false);
        if (!found.isEmpty()) {
            questions.askAboutParts(found);
            notes.add("series are told apart by " + named(found) + " (found; `group` to say otherwise)");
            return found;
        }
        questions.askAboutMerged(rows);
        List<Integer> numbered = search.find(true);
        if (!numbered.isEmpty()) {
            throw new TableException(name + ": times stand more than once; if "
                    + numbered.stream().map(c -> "\"" + names.get(c) + "\"").collect(Collectors.joining(" and "))
                    + (numbered.size() == 1 ? " tells" : " tell") + " series apart, give `group` "
                    + numbered.stream().map(names::get).collect(Collectors.joining(","))
                    + "; if the rows belong to one series, give `duplicates` first, last, mean or sum");
        }
        return List.of();
    }

    /** Columns of words that play no part. */
    private void sayWords(TableColumns columns) {
        Set<Integer> parts = new HashSet<>(columns.group());
        parts.addAll(timeCells.columns());
        parts.addAll(TableColumns.places(names, format.roles().statics(), "static"));
        List<Integer> words = IntStream.range(0, names.size())
                .filter(c -> surveys.get(c).isWords() && !parts.contains(c))
                .boxed()
                .toList();
        if (!words.isEmpty()) {
            notes.add("left out, for they hold no numbers: " + named(words));
        }
    }

    private String named(List<Integer> columns) {
        return columns.stream().map(c -> "\"" + names.get(c) + "\"").collect(Collectors.joining(", "));
    }

    /** Words that may tell series apart. */
    private void explain(TableColumns columns) {
        for (int c = 0; c < names.size() && columns.group().isEmpty(); c++) {
            if (surveys.get(c).isWords() && !timeCells.columns().contains(c)) {
                String hint = "; if column \"" + names.get(c) + "\" tells series apart, give it with `group`";
                problems.explain(Problems.Kind.DISORDER, hint);
                problems.explain(Problems.Kind.DUPLICATE, hint);
                return;
            }
        }
    }

    private void settleNumbers(TableColumns columns) {
        char mark = format.text().decimalMark();
        List<Integer> values = new ArrayList<>(columns.targets());
        values.addAll(columns.further());
        if (mark == 0) {
            DecimalMark evidence = new DecimalMark();
            values.forEach(c -> evidence.add(surveys.get(c).marks));
            mark = evidence.settle(name, body.delimiter());
        }
        numbers = new NumberNotation(mark);
        values.forEach(c -> surveys.get(c).nothing.describe(names.get(c), notes));
        for (int c : values) {
            NumberMarks dress = surveys.get(c).dress;
            dress.notes().forEach(note -> notes.add("column \"" + names.get(c) + "\": " + note));
            dress.check(name + ": column \"" + names.get(c) + "\"");
        }
        if (values.stream().anyMatch(c -> surveys.get(c).dress.isPercent())) {
            notes.add(NumberMarks.PERCENT);
        }
    }

    private void add(TableRows.Row row, TableColumns columns) {
        double time = 0;
        if (!timeCells.isNone()) {
            String cell = timeCells.text(row);
            time = times.parse(cell);
            if (Double.isNaN(time)) {
                if (problems.wants(Problems.Kind.BAD_TIME)) {
                    problems.add(
                            Problems.Kind.BAD_TIME,
                            columns.cell(row.line(), timeCells.columns().get(0)) + ": '" + shortened(cell) + "'");
                }
                return;
            }
        }
        String id = columns.group().stream().map(row::cell).collect(Collectors.joining("/"));
        units.see(id, row);
        SeriesRows[] series = groups.computeIfAbsent(id, group -> series(group, columns));
        label(row, series, columns);
        for (int t = 0; t < series.length; t++) {
            series[t].add(timeCells.isNone() ? series[t].size() + 1 : time, (int) row.line());
            series[t].set(0, number(row, columns.targets().get(t), columns));
            for (int i = 0; i < further.size(); i++) {
                series[t].set(1 + i, number(row, further.get(i), columns));
            }
        }
    }

    /** What the columns that name the series and the static ones say; the latter may not change their minds. */
    private void label(TableRows.Row row, SeriesRows[] series, TableColumns columns) {
        if (series[0].labels.isEmpty()) {
            columns.group().forEach(c -> label(series, c, row.cell(c)));
        }
        for (int c : statics) {
            String said = series[0].labels.getOrDefault(names.get(c), "");
            String cell = row.cell(c);
            if (!NumberNotation.isBlank(cell) && !said.isEmpty() && !said.equals(cell)) {
                throw new TableException(name + ": " + columns.cell(row.line(), c) + ": '" + shortened(cell)
                        + "' where the same series had '" + shortened(said)
                        + "' before; a static column says one thing of a whole series");
            }
            if (said.isEmpty()) {
                label(series, c, NumberNotation.isBlank(cell) ? "" : cell);
            }
        }
    }

    private void label(SeriesRows[] series, int column, String cell) {
        for (SeriesRows each : series) {
            each.labels.put(names.get(column), cell);
        }
    }

    private SeriesRows[] series(String group, TableColumns columns) {
        List<Integer> targets = columns.targets();
        SeriesRows[] series = new SeriesRows[targets.size()];
        Arrays.setAll(series, t -> {
            String target = columns.names().get(targets.get(t));
            String id = columns.group().isEmpty() ? target : series.length == 1 ? group : group + "/" + target;
            return new SeriesRows(id, 1 + further.size());
        });
        return series;
    }

    private double number(TableRows.Row row, int column, TableColumns columns) {
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
            problems.add(Problems.Kind.NOT_A_NUMBER, columns.cell(row.line(), column) + ": '" + shortened(cell) + "'");
        }
        return broken ? 0 : surveys.get(column).nothing.takes(value) ? Double.NaN : value;
    }

    static String shortened(String cell) {
        return cell.length() <= 40 ? cell : cell.substring(0, 40) + "...";
    }

    /** The format with what another table of the same kind might not show by itself. */
    private TableFormat resolved(List<Integer> group) {
        TableFormat.Times as = format.times();
        String doubtful = times.isDoubtful() && as.format().equals("auto") ? times.label() : as.format();
        return format.layout(TableFormat.Layout.COLUMNS)
                .marks(format.text().delimiter(), numbers.decimalMark())
                .group(group.stream()
                        .map(names::get)
                        .map(Objects::requireNonNull)
                        .toArray(String[]::new))
                .times(new TableFormat.Times(
                        doubtful, as.frequency(), times.zone().name()));
    }
}
