package dev.namaskar.series.table.heading;

import dev.namaskar.series.Note;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.cells.ColumnSurvey;
import dev.namaskar.series.table.cells.Look;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.text.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the row of names above the values of a table, and what else stands there. */
final class HeadingFinder {
    /** A date or a clock, which is no name: a line of a preamble says when. */
    private static final Pattern DATED = Pattern.compile("[0-9]{1,4}([-/.:])[0-9]{1,2}\\1[0-9]{1,4}");

    /** Of so many columns of values one may hold words, which are told of when they are read. */
    private static final int FEW_WORDS = 8;

    private final List<Row> rows;
    private final TableFormat.Header header;
    private final int width;
    private final RowLooks looks;
    private final long before;
    private final Notes notes;

    /**
     * Prepares the search.
     *
     * @param all rows that are neither blank nor skipped
     * @param before the last line before them
     * @param notes where is said what is left out (modified)
     */
    HeadingFinder(List<Row> all, TableFormat format, long before, Notes notes) {
        this.notes = notes;
        this.before = before;
        this.header = format.text().header();
        int usual = usualWidth(all);
        this.rows = withoutRemarks(all, usual);
        this.width = usual;
        this.looks = new RowLooks(rows, usual);
    }

    /** Remarks are left out but one: the last above the values, where it has a name for each column behind its mark. */
    private static List<Row> withoutRemarks(List<Row> all, int width) {
        List<Row> kept = new ArrayList<>();
        for (int r = annotations(all); r < all.size(); r++) {
            Row row = all.get(r);
            boolean last = kept.isEmpty() && r + 1 < all.size() && !TableHeading.isRemark(all.get(r + 1), width);
            if (last && row.cell(0).matches("#+") && row.cells().size() == width + 1) {
                kept.add(new Row(row.cells().subList(1, width + 1), row.line()));
            } else if (!TableHeading.isRemark(row, width)) {
                kept.add(row);
            }
        }
        return kept;
    }

    /** How many rows begin with {@code #} and a word before one of names alone that does not: they say what its columns hold. */
    private static int annotations(List<Row> all) {
        int count = 0;
        while (count < all.size() && all.get(count).cell(0).matches("#[A-Za-z].*")) {
            count++;
        }
        boolean names = count > 1
                && count < all.size()
                && all.get(count).cells().stream().allMatch(cell -> Look.of(cell) == Look.WORD || cell.isEmpty());
        return names ? count : 0;
    }

    /** The most common width of the later rows that hold more than a remark; of equally common ones the greatest. */
    private static int usualWidth(List<Row> all) {
        List<Row> full = all.stream()
                .filter(r -> r.cells().stream().filter(c -> !c.isEmpty()).count() > 1)
                .toList();
        List<Row> rows = full.isEmpty() ? all : full;
        int[] counts =
                new int[1 + rows.stream().mapToInt(r -> r.cells().size()).max().orElse(0)];
        rows.subList(rows.size() / 2, rows.size()).forEach(r -> counts[r.cells().size()]++);
        int best = 0;
        for (int w = 0; w < counts.length; w++) {
            best = counts[w] >= counts[best] ? w : best;
        }
        return best;
    }

    TableHeading find() {
        int first = 0;
        List<Integer> candidates = new ArrayList<>();
        List<String> top = rows.get(0).cells();
        if (header == TableFormat.Header.AUTO && (isCountedFromNought(top) || isYearsBesideTime(top))) {
            return result(rows.get(0), 0);
        }
        int run = header == TableFormat.Header.AUTO ? times() : -1;
        if (run > 0 && isBelowYears(run)) {
            return result(
                    new Row(
                            joined(rows.get(run - 1).cells(), rows.get(run).cells()),
                            rows.get(run).line()),
                    run);
        } else if (run >= 0) {
            candidates.add(run);
            first = run + 1;
        } else {
            while (first < rows.size() && !looks.isBody(first)) {
                if (looks.isNames(first)) {
                    candidates.add(first);
                }
                first++;
            }
        }
        if (first == rows.size()) {
            // Nothing looks like the later rows: the first row is names, or everything is.
            first = 1;
            candidates = new ArrayList<>(List.of(0));
        }
        if (header == TableFormat.Header.YES && candidates.isEmpty()) {
            return result(rows.get(0), 0);
        }
        if (header == TableFormat.Header.NO || candidates.isEmpty()) {
            // Narrow rows above are a preamble; others are values of which some are broken.
            int above = 0;
            while (above < first && rows.get(above).width() < width - 1) {
                above++;
            }
            return result(null, above - 1);
        }
        return choose(candidates);
    }

    /** Whether a first row says years, though too few to follow each other, beside what a column of times is called. */
    private boolean isYearsBesideTime(List<String> cells) {
        List<String> years = cells.subList(1, cells.size());
        return !years.isEmpty()
                && ColumnNames.isTimeName(cells.get(0))
                && years.stream().allMatch(cell -> HeadingRun.year(cell) > 0)
                && new HashSet<>(years).size() == years.size();
    }

    /** Whether a first row says nothing but 0, 1, 2 and so on behind a blank, as pandas calls columns without names. */
    private boolean isCountedFromNought(List<String> cells) {
        return cells.size() == width
                && width > 1
                && cells.get(0).isEmpty()
                && IntStream.range(1, width).allMatch(c -> cells.get(c).equals(Integer.toString(c - 1)))
                && rows.stream().skip(1).noneMatch(row -> row.cell(0).isEmpty());
    }

    /** Whether the parts of a year stand in a row several times, each time below another year. */
    private boolean isBelowYears(int r) {
        HeadingRun run = HeadingRun.find(rows.get(r).cells());
        int from = run == null ? 0 : run.from();
        List<String> years = rows.get(r - 1).cells().stream()
                .skip(from)
                .filter(cell -> !cell.isEmpty())
                .toList();
        List<String> parts = rows.get(r).cells().stream().skip(from).toList();
        return years.size() > 1
                && years.stream().distinct().count() > 1
                && years.stream().allMatch(cell -> HeadingRun.year(cell) > 0)
                && new HashSet<>(parts).size()
                        < parts.stream().filter(cell -> !cell.isEmpty()).count();
    }

    /** The row whose cells follow each other as times do, above rows that do not repeat it; -1 for none. */
    private int times() {
        for (int r = 0; r < Math.min(rows.size() - 1, 50); r++) {
            HeadingRun run = HeadingRun.find(rows.get(r).cells());
            if (run != null && isHeadingOf(run, r)) {
                return r;
            }
        }
        return -1;
    }

    private boolean isHeadingOf(HeadingRun run, int r) {
        long words = IntStream.range(run.from(), Math.min(run.to(), width))
                .filter(c -> !looks.holdsNumbers(c))
                .count();
        if (words > run.length() / FEW_WORDS) {
            return false;
        }
        if (2 * run.length() < rows.get(r).width() - 6) {
            return false;
        }
        boolean plain = run.kind() == HeadingRun.Kind.COUNTED
                && run.prefix(rows.get(r).cells()).isEmpty();
        if (!plain) {
            return run.kind() != HeadingRun.Kind.YEARS || !isYearsBelow(run, r);
        }
        // 1,2,3,... may be values: only behind a name that no row of values would have.
        for (int c = 0; c < run.from(); c++) {
            if (ColumnNames.isIdName(rows.get(r).cell(c))
                    || ColumnNames.isTimeName(rows.get(r).cell(c))) {
                return true;
            }
        }
        return false;
    }

    /** Values may look like years themselves. */
    private boolean isYearsBelow(HeadingRun run, int r) {
        HeadingRun next = HeadingRun.find(rows.get(r + 1).cells());
        return next != null && next.kind() == HeadingRun.Kind.YEARS && next.length() == run.length();
    }

    /** Of neighbouring rows of names the one that speaks of time or, if none does, the last that is no row of units. */
    private TableHeading choose(List<Integer> candidates) {
        List<Integer> block = new ArrayList<>();
        int last = candidates.get(candidates.size() - 1);
        for (int r = last; candidates.contains(r); r--) {
            block.add(0, r);
        }
        int chosen = block.stream()
                .filter(r -> unmarked(rows.get(r).cells()).stream().anyMatch(ColumnNames::isTimeName)
                        && !saysSteps(r)
                        && rows.get(r).cells().stream()
                                .noneMatch(cell -> DATED.matcher(cell).lookingAt()))
                .findFirst()
                .orElseGet(() -> block.stream()
                        .filter(r -> !isUnits(r))
                        .reduce((a, b) -> b)
                        .orElse(block.get(0)));
        List<String> names = rows.get(chosen).cells();
        boolean repeated = new HashSet<>(names).size()
                < names.stream().filter(n -> !n.isEmpty()).count();
        int other = chosen == block.get(0) ? block.get(Math.min(1, block.size() - 1)) : block.get(0);
        boolean joins = block.size() > 1 && (repeated || leavesOpen(rows.get(chosen), rows.get(other)));
        if (joins) {
            names = joined(
                    rows.get(Math.min(chosen, other)).cells(),
                    rows.get(Math.max(chosen, other)).cells());
        }
        int end = last;
        while (end + 1 < rows.size() && looks.isWords(end + 1)) {
            end++;
        }
        for (int r = 0; r <= end; r++) {
            if (r != chosen && !(joins && block.contains(r))) {
                leaveOut(r, r > chosen ? "taken for units" : "no part of the table");
            }
        }
        return result(new Row(names, rows.get(chosen).line()), end);
    }

    private void leaveOut(int r, String as) {
        notes.add(
                Note.Kind.LAYOUT,
                as + ": line " + rows.get(r).line() + " (" + rows.get(r).shortened() + ")");
    }

    /** Whether what speaks of time stands there again and again, as the step of each column does. */
    private boolean saysSteps(int r) {
        List<String> times = rows.get(r).cells().stream()
                .skip(1)
                .filter(ColumnNames::isTimeName)
                .toList();
        return times.size() > 1
                && 2 * times.size() >= width
                && Set.copyOf(times).size() == 1;
    }

    /** Whether names are missing that another row has. */
    private boolean leavesOpen(Row chosen, Row other) {
        return IntStream.range(1, Math.min(width, other.cells().size()))
                .anyMatch(c -> chosen.cell(c).isEmpty() && !other.cell(c).isEmpty());
    }

    /** Units are short and in brackets, or leave the column of times blank. */
    private boolean isUnits(int r) {
        List<String> cells = rows.get(r).cells();
        boolean bracketed = cells.stream().filter(c -> !c.isEmpty()).allMatch(c -> c.matches("[\\[(].*[\\])]|-"));
        return bracketed || NumberNotation.isBlank(cells.get(0));
    }

    /** Names of two rows: the upper one's reach over what is empty behind them. */
    private static List<String> joined(List<String> upper, List<String> lower) {
        List<String> names = new ArrayList<>();
        String above = "";
        for (int c = 0; c < Math.max(upper.size(), lower.size()); c++) {
            above = c < upper.size() && !upper.get(c).isEmpty() ? upper.get(c) : above;
            String below = c < lower.size() ? lower.get(c) : "";
            names.add(below.isEmpty() ? above : above.isEmpty() || above.equals(below) ? below : above + "/" + below);
        }
        return names;
    }

    private TableHeading result(@Nullable Row row, int last) {
        if (row == null) {
            for (int r = 0; r <= last; r++) {
                leaveOut(r, "no part of the table");
            }
        }
        long line = last >= 0 ? rows.get(last).line() : before;
        List<String> names = row == null
                ? IntStream.rangeClosed(1, width).mapToObj(i -> "#" + i).toList()
                : unmarked(row.cells());
        if (names.size() == width && names.get(0).equals("#") && !isCounted(last + 1)) {
            names = new ArrayList<>(names.subList(1, width));
            names.add("#" + width);
        }
        if (row != null && names.size() == width - 1 && isRowNames(last + 1)) {
            askAboutCells(names.get(0), last + 1);
            List<String> shifted = new ArrayList<>(List.of(""));
            shifted.addAll(names);
            names = shifted;
            notes.add(Note.Kind.LAYOUT, "the first column has no name, as R writes row names");
        }
        return new TableHeading(names, row != null, line, width);
    }

    /** Whether a first column called {@code #} counts; else it is a mark for remarks and the names stand behind it. */
    private boolean isCounted(int from) {
        ColumnSurvey survey = new ColumnSurvey();
        rows.stream().skip(from).forEach(r -> survey.see(r.cell(0)));
        return survey.isCountingSoFar() || survey.isWords();
    }

    /** Times that stand below their name, not before it: a number further on was divided at its decimal comma. */
    private void askAboutCells(String first, int from) {
        boolean below = rows.stream()
                .skip(from)
                .allMatch(row -> Look.of(row.cell(0)) == Look.TIME && Look.of(row.cell(1)) != Look.TIME);
        if (ColumnNames.isTimeName(first) && below) {
            throw new TableException("the rows have " + width + " cells, the names above them " + (width - 1)
                    + ", and times stand below \"" + first + "\": where decimal commas divide numbers, put the"
                    + " numbers in quotes or give another delimiter; where a name is missing, add it");
        }
    }

    /** Rows one cell wider than the names, of which the last holds something, begin with the row's own name. */
    private boolean isRowNames(int from) {
        return from < rows.size()
                && IntStream.range(from, rows.size())
                        .allMatch(r -> rows.get(r).cells().size() == width)
                && IntStream.range(from, rows.size())
                        .anyMatch(r -> !rows.get(r).cell(width - 1).isEmpty());
    }

    /** Names without a mark for remarks before the first. */
    private static List<String> unmarked(List<String> names) {
        List<String> bare = new ArrayList<>(names);
        bare.replaceAll(String::strip);
        if (!bare.isEmpty() && bare.get(0).matches("#+ *[^# 0-9].*")) {
            bare.set(0, bare.get(0).replaceFirst("#+ *", ""));
        }
        return bare;
    }
}
