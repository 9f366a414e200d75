package dev.namaskar.series.table.layout;

import dev.namaskar.series.Note;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.DecimalMark;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.NumericTime;
import dev.namaskar.series.notation.TableZone;
import dev.namaskar.series.notation.TimeParser;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.cells.ColumnSurvey;
import dev.namaskar.series.table.cells.NumberMarks;
import dev.namaskar.series.table.heading.TableBody;
import dev.namaskar.series.table.roles.ColumnQuestions;
import dev.namaskar.series.table.roles.GroupSearch;
import dev.namaskar.series.table.roles.TableColumns;
import dev.namaskar.series.table.rows.GroupedRows;
import dev.namaskar.series.table.rows.Problems;
import dev.namaskar.series.table.rows.TableAssembly;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.text.Row;
import dev.namaskar.series.table.time.TimeCells;
import dev.namaskar.series.table.time.TimeSurvey;
import java.io.IOException;
import java.util.ArrayList;
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
public final class ColumnTable {
    private static final NumberNotation UNSETTLED = NumberNotation.POINT;

    private final TableBody body;
    private final TableFormat format;
    private final Notes notes;
    private final List<String> names;
    private final TimeCells timeCells;
    private final List<ColumnSurvey> surveys;
    private final TimeSurvey timeSurvey;
    private final GroupSearch search;
    /** Whether the first column counts the rows. */
    private final boolean numbered;

    private final Problems problems;
    private NumberNotation numbers = UNSETTLED;
    private TimeParser times = TimeParser.UNKNOWN;
    private long rows;

    /**
     * Prepares the reading.
     *
     * @param sample the first rows of values
     * @param notes where is said what is found (modified)
     */
    public ColumnTable(TableBody body, TableFormat format, List<Row> sample, Notes notes) {
        this.body = body;
        this.format = format;
        this.notes = notes;
        this.names = body.heading().names(sample);
        this.problems = new Problems(format.policies());
        List<ColumnSurvey> first = survey(names);
        sample.forEach(row -> see(first, row));
        this.timeCells = TableColumns.time(format, names, sample, first);
        this.surveys = survey(names);
        this.timeSurvey = new TimeSurvey(timeCells.names(names));
        this.search = search(first);
        this.numbered = names.size() > 1 && first.get(0).isCountingSoFar();
    }

    private static List<ColumnSurvey> survey(List<String> names) {
        return Stream.generate(ColumnSurvey::new).limit(names.size()).toList();
    }

    private static void see(List<ColumnSurvey> surveys, Row row) {
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

    /** The table. */
    public Table read() throws IOException {
        ColumnQuestions questions = new ColumnQuestions(body, format, names, timeCells, surveys);
        List<Integer> twins = questions.twins();
        TableBody.End end = body.survey(this::isFooter, row -> {
            see(surveys, row);
            rows++;
            questions.askAboutTwo(twins, row);
            questions.askAboutWidth(row);
            if (!timeCells.isNone()) {
                String time = timeCells.text(row);
                timeSurvey.see(time);
                search.see(row, time);
            }
        });
        if (end.footers() > 0) {
            notes.add(Note.Kind.LAYOUT, TableBody.footer(end.footers(), end.footer()));
        }
        settleTimes();
        questions.askAboutCommas();
        List<Integer> group = group(questions);
        questions.askAboutForecasts(group);
        TableColumns columns = TableColumns.find(format, names, timeCells, group, surveys, notes);
        settleNumbers(columns);
        sayWords(columns);
        GroupedRows groups = new GroupedRows(columns, format, times, numbers, surveys, problems);
        int needed = columns.last() + 1;
        body.rows(end.lastLine(), row -> {
            boolean blank =
                    row.isEmpty() && (!timeCells.isNone() || (row.cells().size() == 1 && names.size() > 1));
            if (!blank && row.cells().size() < needed) {
                problems.add(
                        Problems.Kind.SHORT_ROW,
                        "line " + row.line() + " has " + row.cells().size() + " cells, expected at least " + needed);
            } else if (!blank) {
                groups.add(row);
            }
        });
        explain(columns);
        TableColumns used = groups.withoutLabels(notes);
        return new TableAssembly(format, used, times, problems, notes).table(groups.all(notes), resolved(group));
    }

    /** A row that has one cell alone, or words where the times are. */
    private boolean isFooter(Row row) {
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
            throw new TableException("some times of column \"" + timeCells.names(names)
                    + "\" have a zone and others none; give `zone`, the zone of those without one");
        }
        TableZone zone = given.isEmpty() ? timeSurvey.zone() : new TableZone(given);
        times.zone(zone.isNamed() || !times.isEpoch() ? zone : TableZone.UTC);
        if (given.isEmpty() && timeSurvey.zones().size() > 1) {
            notes.add(
                    Note.Kind.TIMES,
                    "times have the offsets " + String.join(", ", timeSurvey.zones()) + " and are kept "
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
            notes.add(
                    Note.Kind.COLUMNS,
                    "series are told apart by " + TableColumns.named(names, found)
                            + " (found; `group` to say otherwise)");
            return found;
        }
        questions.askAboutMerged(rows);
        List<Integer> numbered = search.find(true);
        if (!numbered.isEmpty()) {
            throw new TableException("times stand more than once; if "
                    + numbered.stream().map(c -> "\"" + names.get(c) + "\"").collect(Collectors.joining(" and "))
                    + (numbered.size() == 1 ? " tells" : " tell") + " series apart, give `group` "
                    + numbered.stream().map(questions::place).collect(Collectors.joining(","))
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
            notes.add(Note.Kind.COLUMNS, "left out, for they hold no numbers: " + columns.named(words));
        }
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
        List<Integer> statics = columns.staticNumbers(format, surveys);
        if (mark == 0) {
            DecimalMark evidence = new DecimalMark();
            values.forEach(c -> evidence.add(surveys.get(c).marks));
            if (evidence.isOpen()) {
                statics.forEach(c -> evidence.add(surveys.get(c).marks));
            }
            mark = evidence.settle(body.delimiter());
        }
        numbers = new NumberNotation(mark);
        values.forEach(c -> surveys.get(c).nothing.describe(names.get(c), notes));
        values.addAll(statics);
        Map<String, NumberMarks> marks = new LinkedHashMap<>();
        values.forEach(c -> marks.put("column \"" + names.get(c) + "\": ", surveys.get(c).dress));
        NumberMarks.settle(marks, notes);
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
                .statics(TableColumns.places(names, format.roles().statics(), "static").stream()
                        .map(names::get)
                        .map(Objects::requireNonNull)
                        .toArray(String[]::new))
                .times(new TableFormat.Times(
                        doubtful, as.frequency(), times.zone().name()));
    }
}
