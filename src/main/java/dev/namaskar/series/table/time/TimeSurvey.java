package dev.namaskar.series.table.time;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.NumericTime;
import dev.namaskar.series.notation.TableZone;
import dev.namaskar.series.notation.TimeParser;
import dev.namaskar.series.notation.TimeShape;
import dev.namaskar.series.notation.Years;
import dev.namaskar.series.table.cells.ColumnNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks over all cells of a column to find how its times are written: one way for all of them. */
public final class TimeSurvey {
    private static final int KEPT = 4000;
    private static final int MOST_ZONES = 4;
    /** Less than one cell of so many is an oddity, not a kind. */
    private static final int RARE = 60;

    private static final Set<TimeShape> QUARTERS = EnumSet.of(TimeShape.YEAR_QUARTER, TimeShape.QUARTER_YEAR);
    private static final Set<TimeShape> MONTHS =
            EnumSet.of(TimeShape.YEAR_MONTH, TimeShape.NAMED_YEAR, TimeShape.YEAR_NAMED);
    /** A reading of which fewer steps than this are the usual one has gaps that another may not have. */
    private static final double REGULAR = 0.9;

    private final String column;
    private @Nullable Set<TimeShape> shapes;
    private final NumericTime.Evidence numbers = new NumericTime.Evidence();
    private final Set<String> zones = new LinkedHashSet<>();
    private final List<String> kept = new ArrayList<>();
    private long texts;
    private long times;
    private long cells;
    private long late;
    private boolean unzoned;
    private String zoneBefore = "";
    private String cellBefore = "";
    /** Cells on both sides of every change of offset. */
    private final List<String> changes = new ArrayList<>();

    /** A survey of the column of this name, of no cell so far. */
    public TimeSurvey(String column) {
        this.column = column;
    }

    /** Takes a cell into account. */
    public void see(String cell) {
        if (NumberNotation.isBlank(cell)) {
            return;
        }
        cells++;
        if (kept.size() < KEPT) {
            kept.add(cell);
        }
        double number = TimeParser.number(cell);
        if (!Double.isNaN(number)) {
            numbers.see(number);
        } else {
            texts++;
        }
        Set<TimeShape> fitting = EnumSet.noneOf(TimeShape.class);
        for (TimeShape shape : shapes == null ? EnumSet.allOf(TimeShape.class) : shapes) {
            TimeShape.Written written = shape.parse(cell);
            if (written != null) {
                if (fitting.isEmpty()) {
                    unzoned |= written.zone().isEmpty();
                    note(cell, written.zone());
                }
                fitting.add(shape);
            }
        }
        if (!fitting.isEmpty()) {
            times++;
            late += fitting.stream().allMatch(shape -> isLate(shape, cell)) ? 1 : 0;
            shapes = fitting;
        }
    }

    private static boolean isLate(TimeShape shape, String cell) {
        TimeShape.Written written = shape.parse(cell);
        return written != null && written.local().getYear() >= Years.END;
    }

    private void note(String cell, String zone) {
        if (zones.size() < MOST_ZONES && !zone.isEmpty()) {
            zones.add(zone);
        }
        if (!zone.equals(zoneBefore) && changes.size() < KEPT) {
            if (!cellBefore.isEmpty()) {
                changes.add(cellBefore);
            }
            changes.add(cell);
        }
        zoneBefore = zone;
        cellBefore = cell;
    }

    /** The clock of the times: the zone that all of them name, the region whose offsets they have, or the world's. */
    public TableZone zone() {
        if (zones.isEmpty() || shapes == null) {
            return TableZone.NONE;
        }
        if (zones.size() == 1) {
            return new TableZone(zones.iterator().next());
        }
        TimeShape shape = shapes.iterator().next();
        List<TimeShape.Written> written =
                changes.stream().map(shape::parse).filter(Objects::nonNull).toList();
        return ClockRegion.of(written);
    }

    /** Whether at least half of the cells are times written as text, such as dates. */
    public boolean isText() {
        return times > 0 && 2 * times >= cells;
    }

    /** Whether at least half of the cells are numbers. */
    boolean isNumber() {
        return cells > 0 && 2 * (cells - texts) >= cells;
    }

    /** Zones that stand behind the times. */
    public Set<String> zones() {
        return zones;
    }

    /** Whether times without a zone stand beside such with one. */
    public boolean isZoneMixed() {
        return unzoned && !zones.isEmpty();
    }

    /**
     * How the column is to be read.
     *
     * @param format {@code auto}, {@code day-first} and the like, or a date pattern
     * @param step the frequency given, or empty
     * @throws TableException where it can be read in two ways
     */
    public TimeParser settle(String format, String step) {
        if (!format.equals("auto")) {
            return TimeParser.of(format);
        }
        askAboutSteps();
        if (2 * late > times) {
            throw new TableException("column \"" + column + "\": '" + kept.get(0) + "' and others lie beyond the year "
                    + Years.END
                    + ": where years are counted otherwise (in Thailand 543 more), write those of the common"
                    + " calendar, or give `time-format` with the order of the parts where they are meant so");
        }
        if (isText()) {
            TimeShape shape = shape(step);
            askAboutDays(shape);
            return new TimeParser(shape);
        }
        if (isNumber()) {
            return new TimeParser(numbers.settle(column, ColumnNames.isTimeName(column), step));
        }
        return TimeParser.UNKNOWN;
    }

    /** Years, quarters and months below each other, as offices publish them in one column, are totals of each other. */
    private void askAboutSteps() {
        Map<String, Long> steps = new TreeMap<>();
        kept.stream().map(TimeSurvey::step).filter(s -> !s.isEmpty()).forEach(s -> steps.merge(s, 1L, Long::sum));
        long least = Math.max(2, kept.size() / RARE);
        boolean mixed = steps.size() > 1 && steps.values().stream().allMatch(count -> count >= least);
        if (mixed && steps.values().stream().mapToLong(count -> count).sum() >= REGULAR * kept.size()) {
            throw new TableException("column \"" + column + "\" holds "
                    + steps.entrySet().stream()
                            .map(step -> step.getValue() + " " + step.getKey())
                            .collect(Collectors.joining(" and "))
                    + ", which are totals of each other: leave one kind of rows");
        }
    }

    private static String step(String cell) {
        return Years.is(cell)
                ? "years"
                : QUARTERS.stream().anyMatch(shape -> shape.parse(cell) != null)
                        ? "quarters"
                        : MONTHS.stream().anyMatch(shape -> shape.parse(cell) != null) ? "months" : "";
    }

    /** {@code 01 Jan, 02 Jan, 03 Jan} are days, not the first months of three years. */
    private void askAboutDays(TimeShape shape) {
        boolean named = shape == TimeShape.YEAR_NAMED || shape == TimeShape.NAMED_YEAR;
        int days = 0;
        for (int i = 1; i < kept.size() && named; i++) {
            String month = kept.get(i).replaceAll("[0-9]", "");
            String number = kept.get(i).replaceAll("[^0-9]", "");
            boolean same = month.equals(kept.get(i - 1).replaceAll("[0-9]", ""));
            days += same && number.length() == 2 && !kept.get(i).equals(kept.get(i - 1)) ? 1 : 0;
        }
        if (days > 2 && 2 * days >= kept.size()) {
            throw new TableException("column \"" + column + "\": '" + kept.get(0) + "', '" + kept.get(1)
                    + "' and so on look like days without a year; write dates with their years");
        }
    }

    private TimeShape shape(String step) {
        List<TimeShape> fitting = List.copyOf(shapes == null ? Set.of() : shapes);
        Set<List<Long>> readings = fitting.stream().map(this::reading).collect(Collectors.toSet());
        if (readings.size() <= 1) {
            return fitting.get(0);
        }
        List<TimeShape> regular = fitting.stream()
                .filter(shape -> !step.isEmpty() ? has(shape, step) : share(shape, true) == 1)
                .toList();
        if (regular.isEmpty() && step.isEmpty()) {
            // Every series of a long table begins anew: so often and no more in the right reading.
            int fewest = fitting.stream().mapToInt(s -> runs(s).size()).min().orElse(0);
            regular = fitting.stream()
                    .filter(shape -> runs(shape).size() == fewest && share(shape, false) == 1)
                    .toList();
        }
        if (regular.isEmpty() && step.isEmpty()) {
            regular = fitting.stream()
                    .filter(shape -> share(shape, true) >= REGULAR)
                    .toList();
        }
        if (regular.size() == 1) {
            return regular.get(0);
        }
        List<TimeShape> asked = regular.isEmpty() ? fitting : regular;
        String cell = kept.stream().filter(c -> differs(c, asked)).findFirst().orElse(kept.get(0));
        throw new TableException("column \"" + column + "\": '" + cell + "' is "
                + asked.stream().map(s -> day(s, cell)).collect(Collectors.joining(" or "))
                + ", and the other times do not say which; give `time-format` "
                + asked.stream().map(s -> s.label).collect(Collectors.joining(" or ")));
    }

    private static boolean differs(String cell, List<TimeShape> shapes) {
        return shapes.stream().map(s -> day(s, cell)).distinct().count() > 1;
    }

    private static String day(TimeShape shape, String cell) {
        TimeShape.Written written = shape.parse(cell);
        return written == null ? "nothing" : written.local().toLocalDate().toString();
    }

    private List<Long> reading(TimeShape shape) {
        List<Long> times = new ArrayList<>();
        for (String cell : kept) {
            TimeShape.Written written = shape.parse(cell);
            if (written != null) {
                times.add(Frequency.millis(written.local()));
            }
        }
        return times;
    }

    /** The ascending runs of a reading: of a table with several series there is one for each. */
    private List<long[]> runs(TimeShape shape) {
        List<long[]> runs = new ArrayList<>();
        List<Long> run = new ArrayList<>();
        for (long time : reading(shape)) {
            if (!run.isEmpty() && time < run.get(run.size() - 1)) {
                runs.add(run.stream().mapToLong(t -> t).toArray());
                run.clear();
            }
            if (run.isEmpty() || time > run.get(run.size() - 1)) {
                run.add(time);
            }
        }
        runs.add(run.stream().mapToLong(t -> t).toArray());
        return runs;
    }

    private boolean has(TimeShape shape, String step) {
        return FrequencyDetector.clock(runs(shape), true)
                .map(found -> found.equals(Frequency.parse(step)))
                .orElse(true);
    }

    /** How large a part of the steps is the usual one; times that run backwards count as irregular where breaks count. */
    private double share(TimeShape shape, boolean withBreaks) {
        List<long[]> runs = runs(shape);
        Frequency step = FrequencyDetector.clock(runs, true).orElse(null);
        long usual = 0;
        long all = withBreaks ? Math.max(0, runs.size() - 1) : 0;
        for (long[] run : runs) {
            all += run.length - 1;
            for (int i = 1; i < run.length; i++) {
                usual += step != null && step.steps(run[i - 1], run[i]) == 1 ? 1 : 0;
            }
        }
        boolean odd =
                step != null && step.unit() == Frequency.Unit.MONTH && 12 % step.count() != 0 && step.count() % 12 != 0;
        return all == 0 ? 1 : odd ? 0 : usual / (double) all;
    }

    @Override
    public String toString() {
        return "TimeSurvey[" + column + ", " + cells + " cells, "
                + (shapes == null ? "[]" : Arrays.toString(shapes.toArray())) + "]";
    }
}
