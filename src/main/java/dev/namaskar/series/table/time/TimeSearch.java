package dev.namaskar.series.table.time;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.MonthNames;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.TimeShape;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.cells.ColumnSurvey;
import dev.namaskar.series.table.cells.Look;
import dev.namaskar.series.table.text.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds the columns that make up the time of a row, from their names and a table's first rows.
 *
 * @param names the columns' names
 * @param head a table's first rows
 * @param surveys what stands in each column of them
 * @param taken columns that have another part
 */
public record TimeSearch(List<String> names, List<Row> head, List<ColumnSurvey> surveys, Set<Integer> taken) {
    /** So many different numbers that are days are no chance. */
    private static final int FEWEST_DAYS = 5;

    /** The time: a column of dates, the parts of a date, or a column that counts. */
    public TimeCells find() {
        int dated = dated();
        TimeCells parts = dated < 0 || isYears(dated) ? parts() : TimeCells.NONE;
        if (!parts.isNone()) {
            return parts;
        }
        dated = dated < 0 ? first(this::isCompact) : dated;
        dated = dated < 0 && names.size() > 1 ? first(this::isEpoch) : dated;
        dated = dated < 0 && names.size() > 1 ? first(this::isYearParts) : dated;
        if (dated >= 0) {
            return new ClockSearch(names, head).beside(dated, taken);
        }
        int counting = first(c -> ColumnNames.isTimeName(names.get(c)) && !isElapsed(surveys.get(c)));
        counting = counting < 0 ? first(this::isCount) : counting;
        boolean nameless = counting < 0
                && names.size() > 1
                && names.get(0).equals("#1")
                && !taken.contains(0)
                && surveys.get(0).isAscending();
        return nameless ? TimeCells.of(0) : counting < 0 ? TimeCells.NONE : TimeCells.of(counting);
    }

    /** The first free column that holds something and is of a kind; -1 for none. */
    private int first(IntPredicate kind) {
        return IntStream.range(0, names.size())
                .filter(c -> !taken.contains(c) && !surveys.get(c).isBlank() && kind.test(c))
                .findFirst()
                .orElse(-1);
    }

    /** The column of times written as text that speaks most for itself; -1 for none. */
    private int dated() {
        int dated = -1;
        for (int c = 0; c < names.size(); c++) {
            if (!taken.contains(c) && isMostlyTimes(c) && (dated < 0 || promise(c) > promise(dated))) {
                dated = c;
            }
        }
        return dated;
    }

    private boolean isMostlyTimes(int column) {
        List<Look> looks = head.stream()
                .map(row -> Look.of(row.cell(column)))
                .filter(look -> look != Look.BLANK)
                .toList();
        long times = looks.stream().filter(look -> look == Look.TIME).count();
        return times > 0 && 2 * times >= looks.size();
    }

    /** How much a column of times speaks for itself: one that never changes says when a file was written, not a row. */
    private int promise(int column) {
        return (surveys.get(column).isSame() ? 0 : 2) + (ColumnNames.isTimeName(names.get(column)) ? 1 : 0);
    }

    /** Whether a column of eight digits holds days in every row, by whatever name. */
    private boolean isCompact(int column) {
        List<String> cells = filled(column);
        long fewest = ColumnNames.isTimeName(names.get(column)) ? 1 : FEWEST_DAYS;
        return cells.stream().allMatch(cell -> TimeShape.COMPACT.parse(cell) != null)
                && cells.stream().distinct().count() >= fewest;
    }

    /**
     * Whether a column holds seconds since 1970 or parts of them, by whatever name where it goes on by one step in nearly
     * all rows, by the name of a time where it goes on at all.
     */
    private boolean isEpoch(int column) {
        String name = names.get(column);
        boolean called = ColumnNames.isTimeName(name) || ColumnNames.isRowName(name);
        return surveys.get(column).isEpoch() || (called && surveys.get(column).isLateEpoch());
    }

    /** Whether a column of six digits holds weeks or months behind their years which follow each other, by whatever name. */
    private boolean isYearParts(int column) {
        List<String> cells = head.stream().map(row -> row.cell(column)).toList();
        return YearParts.are(cells, DateParts.isCalledPart(names.get(column)));
    }

    /** Whether a column counts rows by its name, or years as the first of all. */
    private boolean isCount(int column) {
        ColumnSurvey survey = surveys.get(column);
        return (ColumnNames.isRowName(names.get(column)) && survey.isNumeric() && survey.isWhole())
                || (column == 0 && survey.isYear());
    }

    /** Parts of a second or the like since the first row, which say no more than the rows' numbers. */
    private static boolean isElapsed(ColumnSurvey survey) {
        return survey.isRegular() && !survey.isWhole() && !survey.isYear() && !survey.isFar();
    }

    /** A year and a month, quarter, week or day of it in columns of their own, perhaps with day and hour; none if there are not. */
    private TimeCells parts() {
        int[] found = new int[DateParts.NONE];
        Arrays.fill(found, -1);
        int yearDay = -1;
        for (int c = 0; c < names.size(); c++) {
            if (taken.contains(c) || surveys.get(c).isBlank()) {
                continue;
            }
            int rank = DateParts.rank(names.get(c), c, head);
            // Where months are MM, minutes are mm.
            rank = rank == DateParts.MONTH && found[DateParts.MONTH] >= 0 && found[DateParts.HOUR] >= 0
                    ? DateParts.MINUTE
                    : rank;
            if (rank < DateParts.NONE && DateParts.isYearDay(DateParts.lower(names.get(c)))) {
                yearDay = yearDay < 0 ? c : yearDay;
            } else if (rank < DateParts.NONE && (found[rank] < 0 || isNarrower(found[rank], c))) {
                found[rank] = c;
            }
        }
        boolean counted = found[DateParts.MONTH] < 0 && yearDay >= 0;
        found[DateParts.MONTH] = counted ? yearDay : found[DateParts.MONTH];
        List<Integer> columns = new ArrayList<>();
        for (int rank = 0; rank < found.length && (found[rank] >= 0 || (rank == DateParts.DAY && counted)); rank++) {
            if (found[rank] >= 0) {
                columns.add(found[rank]);
            }
        }
        if (columns.size() < 2) {
            return TimeCells.NONE;
        }
        askAboutYears(columns);
        return marked(columns);
    }

    /** Whether a month stands beside its quarter. */
    private boolean isNarrower(int before, int column) {
        return DateParts.isQuarter(DateParts.word(names.get(before))) && DateParts.isMonth(names.get(column));
    }

    /** Columns that the user named, in the order in which they make a time. */
    public TimeCells given(List<Integer> columns) {
        if (columns.size() == 1) {
            return TimeCells.of(columns.get(0));
        }
        int first = columns.get(0);
        if (!isYears(first) && head.stream().anyMatch(row -> Look.of(row.cell(first)) == Look.TIME)) {
            return new ClockSearch(names, head).given(columns);
        }
        askAboutYears(columns);
        List<Integer> sorted = new ArrayList<>(columns);
        sorted.sort(Comparator.comparingInt(c -> DateParts.rank(DateParts.word(names.get(c)))));
        return marked(sorted);
    }

    private TimeCells marked(List<Integer> sorted) {
        String second = DateParts.word(names.get(sorted.get(1)));
        if (DateParts.isYearDay(second)) {
            return TimeCells.joined(sorted, List.of("", TimeCells.YEAR_DAY_MARK, " ", ":"));
        }
        String mark = DateParts.isQuarter(second) ? "Q" : DateParts.isWeek(second) ? "W" : "-";
        return TimeCells.joined(sorted, List.of("", mark, "-", " ", ":"));
    }

    /** Years that stand once for several rows, and years of accounts, whose months do not say which of them comes first. */
    private void askAboutYears(List<Integer> columns) {
        int years = columns.get(0);
        int parts = columns.get(1);
        String year = names.get(years);
        String part = names.get(parts);
        long blank = head.stream()
                .filter(row -> row.cell(years).isEmpty() && !row.cell(parts).isEmpty())
                .count();
        if (2 * blank > head.size() && !head.get(0).cell(years).isEmpty()) {
            throw new TableException("most rows have a \"" + part + "\" but no \"" + year
                    + "\", as merged cells are written: fill the blank cells with the " + DateParts.lower(year)
                    + " above them");
        }
        boolean accounts = DateParts.isOfAccounts(DateParts.lower(year))
                || head.stream()
                        .map(row -> row.cell(years))
                        .anyMatch(cell -> TimeCells.isYear(cell) && !cell.matches("[0-9]*"));
        boolean months = head.stream().anyMatch(row -> MonthNames.number(row.cell(parts)) > 0);
        if (accounts && months) {
            throw new TableException("\"" + year + "\" holds years of accounts and \"" + part
                    + "\" months: which month such a year begins with is not said; write dates, or number the months"
                    + " of its year from P01 to P12");
        }
    }

    /** Whether a column holds years, some of them of accounts. */
    private boolean isYears(int column) {
        return head.stream()
                .map(row -> row.cell(column))
                .allMatch(cell ->
                        cell.isEmpty() || (TimeCells.isYear(cell) && !cell.matches("[0-9]{4}-(?:0[1-9]|1[0-2])")));
    }

    private List<String> filled(int column) {
        return head.stream()
                .map(row -> row.cell(column))
                .filter(cell -> !NumberNotation.isBlank(cell))
                .toList();
    }
}
