package dev.namaskar.series.table.layout;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.table.heading.HeadingRun;
import dev.namaskar.series.table.heading.TableHeading;
import dev.namaskar.series.table.roles.TableColumns;
import dev.namaskar.series.table.text.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a row stand that is a series.
 *
 * @param run the names of columns that follow each other, or null where values are merely counted
 * @param from the first column of values
 * @param to the column after the last
 */
record ValueSpan(@Nullable HeadingRun run, int from, int to) {
    private static final int LEAST_ASKED = 3;

    /**
     * Finds it.
     *
     * @param targets as they were given: the first is where values begin
     * @throws TableException where it can be read in two ways
     */
    static ValueSpan find(TableHeading heading, List<String> names, List<Row> sample, List<String> targets) {
        boolean serial = !heading.named() || HeadingRun.isSerial(names);
        HeadingRun found = serial ? null : HeadingRun.find(names);
        HeadingRun run = found != null
                        && found.from() == 0
                        && sample.stream().noneMatch(row -> NumberNotation.isNumber(row.cell(0)))
                ? null
                : found;
        if (run != null) {
            askAboutBreak(run, names);
        }
        int from = !targets.isEmpty()
                ? TableColumns.places(names, targets, "target").get(0)
                : run == null ? firstValue(sample) : run.from();
        if (run == null && targets.isEmpty()) {
            askAboutHorizon(from, sample);
        }
        return new ValueSpan(run, from, run == null ? Integer.MAX_VALUE : run.to());
    }

    /** Columns behind a break in their names would be left out. */
    private static void askAboutBreak(HeadingRun times, List<String> names) {
        HeadingRun further = times.further(names);
        if (further != null && further.isLike(times, names)) {
            boolean before = further.from() < times.from();
            HeadingRun first = before ? further : times;
            HeadingRun second = before ? times : further;
            throw new TableException("columns \"" + names.get(first.from()) + "\" to \""
                    + names.get(first.to() - 1) + "\" follow each other, and so do \"" + names.get(second.from())
                    + "\" to \"" + names.get(second.to() - 1) + "\", with a break between them; put in the columns"
                    + " that are missing, blank, or take one part out");
        }
    }

    /** The first column of numbers, but never the first of all. */
    private static int firstValue(List<Row> sample) {
        int column = 1;
        int last = column;
        while (last < sample.get(0).width()) {
            int at = last;
            if (sample.stream().anyMatch(row -> NumberNotation.isNumber(row.cell(at)))) {
                return last;
            }
            last++;
        }
        return column;
    }

    /** A column that says the horizon in every row would be read as every series' first value. */
    private static void askAboutHorizon(int from, List<Row> sample) {
        long same = sample.stream().map(row -> row.cell(from)).distinct().count();
        long followed = sample.stream()
                .filter(row -> row.cell(from).equals(row.cell(from + 1)))
                .count();
        boolean small = sample.stream().allMatch(row -> row.cell(from).matches("[1-9][0-9]?"));
        if (small
                && sample.size() >= LEAST_ASKED
                && 2 * same <= sample.size()
                && same <= 2
                && 2 * followed < sample.size()) {
            throw new TableException(
                    "column " + (from + 1) + " holds " + sample.get(0).cell(from)
                            + " in row after row, a horizon or the first value; give `target` #" + (from + 2)
                            + " if the values begin behind it, or #" + (from + 1) + " if it is the first");
        }
    }
}
