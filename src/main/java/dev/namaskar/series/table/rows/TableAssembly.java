package dev.namaskar.series.table.rows;

import dev.namaskar.series.Note;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.notation.NumericTimes;
import dev.namaskar.series.notation.TableZone;
import dev.namaskar.series.notation.TimeParser;
import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.roles.TableColumns;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.time.FrequencyDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Brings the rows of every series into order and on a regular grid. */
public final class TableAssembly {
    /** A meter that begins anew falls to less than this part of where it stood. */
    private static final double RESET = 0.1;

    private static final int FEWEST_READINGS = 20;

    private final TableFormat format;
    private final TableColumns columns;
    private final TimeParser times;
    private final Problems problems;
    private final Notes notes;

    /**
     * A table of nothing so far.
     *
     * @param format what was said of the table
     * @param columns which column plays which part
     * @param times reads a row's time
     * @param problems told what is wrong with single rows
     * @param notes told what was found
     */
    public TableAssembly(TableFormat format, TableColumns columns, TimeParser times, Problems problems, Notes notes) {
        this.format = format;
        this.columns = columns;
        this.times = times;
        this.problems = problems;
        this.notes = notes;
    }

    /**
     * The table.
     *
     * @param rows of every series, in the order in which they appear
     * @param resolved the format as it was found
     */
    public Table table(List<SeriesRows> rows, TableFormat resolved) {
        TableZone zone = times.zone();
        if (times.isClock() && format.policies().duplicates() == Policies.Duplicates.ERROR) {
            ClockChange.apply(rows, zone, notes);
        }
        if (!rows.isEmpty() && rows.stream().allMatch(SeriesRows::isDescending)) {
            rows.forEach(SeriesRows::sort);
            notes.add(Note.Kind.TIMES, "the newest row stands first: rows are taken in the order of their times");
        }
        for (SeriesRows series : rows) {
            series.order(format.policies(), problems);
            series.trim();
        }
        problems.explain(Problems.Kind.BAD_TIME, times.expected());
        if (rows.isEmpty()) {
            problems.check();
            throw new TableException("no rows of values in it");
        }
        List<long[]> grid = new ArrayList<>();
        Frequency frequency = frequency(rows, grid);
        List<String> cellNames = new ArrayList<>(List.of("target"));
        columns.further().forEach(c -> cellNames.add(columns.names().get(c)));
        SeriesGrid regular = new SeriesGrid(
                frequency,
                format.policies(),
                problems,
                cellNames.toArray(String[]::new),
                columns.known().size());
        List<Series> series = new ArrayList<>();
        List<Series> beginning = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            regular.target(columns.names()
                    .get(columns.targets().get(i % columns.targets().size())));
            Series one = regular.series(rows.get(i), grid.get(i)).labelled(rows.get(i).labels);
            if (one.length() > 0) {
                series.add(one);
            } else {
                beginning.add(one);
                notes.add(
                        Note.Kind.SERIES,
                        "series \"" + rows.get(i).id() + "\" has no values: nothing is learned from it");
            }
        }
        problems.check();
        if (series.isEmpty()) {
            throw new TableException("no values in column "
                    + columns.names().get(columns.targets().get(0)));
        }
        describe(series, frequency, regular.holidays);
        describeCounters(series);
        describeWhole(series, notes);
        describe(regular.missing(), notes);
        return new Table(
                series,
                frequency,
                true,
                !columns.time().isNone(),
                format.known(),
                format.observed(),
                notes.all(),
                resolved,
                beginning);
    }

    /** Decides the frequency and puts every row's time on its grid. */
    private Frequency frequency(List<SeriesRows> rows, List<long[]> grid) {
        Frequency given = format.frequency().isEmpty() ? null : Frequency.parse(format.frequency());
        if (!times.isClock()) {
            Frequency found =
                    NumericTimes.grid(rows.stream().map(SeriesRows::times).toList(), times.label());
            if (given != null && given.isClock() && !found.isClock()) {
                // The rows have no dates, but it is known what lies between them.
                found = given.counted();
                given = null;
            }
            if (given != null && given.isClock() != found.isClock()) {
                throw new TableException("the time column holds " + found + " times, so `frequency` "
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
        boolean irregular = format.policies().gaps() == Policies.Gaps.SKIP;
        Frequency found = given != null ? given : detected(grid, irregular);
        if (found.unit() == Frequency.Unit.MONTH && !irregular && FrequencyDetector.snap(grid, found)) {
            notes.add(Note.Kind.TIMES, "dates that fall on differing days are taken for their months");
        }
        if (found.unit() == Frequency.Unit.BUSINESS_DAY && given == null) {
            int weekends = BusinessDays.dropWeekends(rows, grid);
            if (weekends > 0) {
                notes.add(
                        Note.Kind.TIMES,
                        weekends + " rows on weekends among business days are left out (`frequency` day keeps them)");
            }
        }
        return found;
    }

    private Frequency detected(List<long[]> grid, boolean irregular) {
        try {
            return FrequencyDetector.clock(grid, irregular)
                    .orElseThrow(() -> new TableException(
                            "one time a series says nothing about the step between two; give `frequency`"));
        } catch (TableException e) {
            // What is wrong with single rows comes first: it may be why.
            problems.check();
            throw e;
        }
    }

    /** Says which series may be the sum of others, and where all end in noughts that none had before. */
    public static void describeWhole(List<Series> series, Notes notes) {
        if (series.size() > 1) {
            series.stream()
                    .map(Series::id)
                    .filter(ColumnNames::isTotal)
                    .forEach(id -> notes.add(
                            Note.Kind.SERIES,
                            "\"" + id + "\" is read as a series beside the others; take it out if it is their sum"));
        }
        int fewest = series.stream().mapToInt(TableAssembly::noughts).min().orElse(0);
        if (fewest > 1) {
            notes.add(
                    Note.Kind.VALUES,
                    (series.size() == 1 ? "the series ends" : "all series end") + " in " + fewest
                            + " noughts or more and had none before: where these are times yet to come, leave them"
                            + " blank");
        }
    }

    /** How many noughts a series ends in that has no others; 0 for what is mostly nought. */
    private static int noughts(Series series) {
        double[] values = series.raw();
        int from = values.length;
        while (from > 0 && values[from - 1] == 0) {
            from--;
        }
        boolean none = Arrays.stream(values, 0, from).noneMatch(value -> value == 0);
        return none && 2 * from > values.length ? values.length - from : 0;
    }

    /** Says how many values are missing. */
    public static void describe(long missing, Notes notes) {
        if (missing > 0) {
            notes.add(
                    Note.Kind.SERIES,
                    missing + (missing == 1 ? " value is" : " values are")
                            + " missing and taken as such (`blanks` to say otherwise)");
        }
    }

    /** Says which series end before the others: their forecasts begin earlier. */
    private void describeEnds(List<Series> series, Frequency frequency) {
        long last = series.stream().mapToLong(TableAssembly::end).max().orElse(0);
        List<Series> earlier = series.stream().filter(one -> end(one) < last).toList();
        if (times.isClock() && !earlier.isEmpty()) {
            Series first = earlier.get(0);
            notes.add(
                    Note.Kind.SERIES,
                    earlier.size() + " of " + series.size() + " series "
                            + (earlier.size() == 1 ? "ends" : "end") + " before the last row, \"" + first.id()
                            + "\" at "
                            + times.zone().text(frequency, end(first)) + ": a forecast begins where its series ends");
        }
    }

    /** Says which series only ascend but for falls to near nothing, as meters do that begin anew. */
    private void describeCounters(List<Series> series) {
        List<String> counters =
                series.stream().filter(TableAssembly::isCounter).map(Series::id).toList();
        if (!counters.isEmpty()) {
            notes.add(
                    Note.Kind.SERIES,
                    "\"" + counters.get(0) + "\""
                            + (counters.size() == 1
                                    ? " only ascends"
                                    : " and " + (counters.size() - 1) + " more only ascend")
                            + " but for falls to near nothing, as a meter does that begins anew: it is forecast as it"
                            + " stands; write what was added in each step to forecast that");
        }
    }

    private static boolean isCounter(Series series) {
        double[] values = Arrays.stream(series.raw())
                .filter(value -> !Double.isNaN(value))
                .toArray();
        int rises = 0;
        int falls = 0;
        for (int i = 1; i < values.length; i++) {
            boolean anew = values[i] < values[i - 1];
            if (anew && !(values[i] >= 0 && values[i] < RESET * values[i - 1])) {
                return false;
            }
            falls += anew ? 1 : 0;
            rises += values[i] > values[i - 1] ? 1 : 0;
        }
        return falls > 0
                && values.length >= FEWEST_READINGS
                && falls * FEWEST_READINGS <= values.length
                && 2 * rises > values.length;
    }

    private static long end(Series series) {
        return series.time(series.length() - 1);
    }

    private void describe(List<Series> series, Frequency frequency, long holidays) {
        String time = columns.time().isNone()
                ? "rows are numbered"
                : "times from column \"" + columns.time().names(columns.names()) + "\"";
        String zone = times.zone().isNamed() ? " in " + times.zone().name() : "";
        notes.add(
                Note.Kind.SERIES,
                series.size() + " series, " + time + zone + ", step " + frequency.name()
                        + (format.frequency().isEmpty() ? " (found)" : " (given)"));
        describeEnds(series, frequency);
        if (holidays > 0) {
            notes.add(Note.Kind.SERIES, holidays + " business days without a row are stepped over as holidays");
        }
    }
}
