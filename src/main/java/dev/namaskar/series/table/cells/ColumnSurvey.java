package dev.namaskar.series.table.cells;

import dev.namaskar.series.notation.DecimalMark;
import dev.namaskar.series.notation.MonthNames;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.NumericTime;
import dev.namaskar.series.notation.Years;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What all cells of one column say together. */
public final class ColumnSurvey {
    /** So many rows in a row counted through are no chance. */
    private static final int COUNTED = 10;

    private static final int MOST_SEEN = 1000;

    private static final double FAR = 20_000;

    private static final Pattern PART = Pattern.compile("[QqPpMmWwHh][0-9]{1,2}");

    /** Marks among its numbers. */
    public final DecimalMark.Column marks = new DecimalMark.Column();

    /** What stands beside the digits of its numbers. */
    public final NumberMarks dress = new NumberMarks();

    /** Numbers that may stand for nothing. */
    public final NothingMark nothing = new NothingMark();

    private long filled;
    private long numbers;
    private boolean whole = true;
    private boolean counts = true;
    private boolean countsDown = true;
    private boolean regular = true;
    private double step = Double.NaN;
    private long fractions;
    private boolean ascends = true;
    private boolean constant = true;
    private boolean years = true;
    private double first = Double.NaN;
    private double before = Double.NaN;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private double usual = Double.NaN;
    private long steady;
    private boolean partsOfYears = true;
    private long months;
    private long run;
    private String example = "";
    private String cellBefore = "";
    private long runs;
    private final Set<String> seen = new HashSet<>();

    /** Takes a cell into account. */
    public void see(String cell) {
        if (NumberNotation.isBlank(cell)) {
            return;
        }
        filled++;
        if (!cell.equals(cellBefore)) {
            runs++;
            cellBefore = cell;
            if (seen.size() <= MOST_SEEN) {
                seen.add(cell);
            }
        }
        if (example.isEmpty()) {
            example = cell;
        }
        months += MonthNames.number(cell) > 0 ? 1 : 0;
        partsOfYears = partsOfYears && (PART.matcher(cell).matches() || MonthNames.number(cell) > 0);
        double number = NumberNotation.either(cell);
        if (Double.isNaN(number)) {
            return;
        }
        numbers++;
        nothing.see(number);
        dress.see(cell, number);
        marks.see(cell);
        fractions += cell.length() <= 2 && number >= 0 && number == Math.rint(number) && cell.indexOf('.') < 0 ? 1 : 0;
        whole &= number == Math.rint(number);
        low = Math.min(low, number);
        high = Math.max(high, number);
        years &= Years.is(number) && (Double.isNaN(before) || Math.abs(number - before) <= 1);
        if (Double.isNaN(before)) {
            first = number;
        } else {
            boolean anew = number == first && run >= COUNTED;
            counts &= number == before + 1 || anew;
            countsDown &= number == before - 1;
            step = Double.isNaN(step) ? number - before : step;
            regular &= Math.abs(number - before - step) <= 1e-3 * Math.abs(step);
            run = anew ? 0 : run;
            // The step of most rows, by the vote of Boyer and Moore: what is left of it stands against all others.
            boolean alike = Math.abs(number - before - usual) <= 1e-3 * Math.abs(usual);
            usual = steady == 0 ? number - before : usual;
            steady += steady == 0 || alike ? 1 : -1;
            ascends &= number > before;
            constant &= number == before;
        }
        before = number;
        run++;
    }

    /** Whether there is nothing in it. */
    public boolean isBlank() {
        return filled == 0;
    }

    /** Whether at least half of what stands in it is numbers. */
    public boolean isNumeric() {
        return numbers > 0 && 2 * numbers >= filled;
    }

    /** Whether it holds words. */
    public boolean isWords() {
        return filled > 0 && !isNumeric();
    }

    /** Whether all of it is one or two digits, as what stands behind a decimal comma. */
    public boolean isFraction() {
        return filled > 0 && fractions == filled;
    }

    /** Whether it is blank in three of four rows and more, and says different things. */
    public boolean isSparse(long rows) {
        return 4 * filled <= rows && seen.size() > 1;
    }

    /** Whether all numbers are whole. */
    public boolean isWhole() {
        return whole;
    }

    /** Whether it does nothing but count its rows, from anywhere, perhaps anew for each series or down to the last. */
    public boolean isCounting() {
        return isCountingSoFar() && numbers >= COUNTED;
    }

    /** Whether its numbers ascend by the same step from row to row, as the places do at which something is measured. */
    public boolean isRegular() {
        return numbers == filled && numbers >= COUNTED && ascends && regular;
    }

    /** Whether it counts rows, however few. */
    public boolean isCountingSoFar() {
        return numbers == filled && whole && (counts || countsDown) && !constant;
    }

    /** Whether its numbers ascend and do so by one step in by far the most rows, but not in all. */
    public boolean isMostlySteady() {
        return numbers == filled && numbers >= COUNTED && ascends && !regular && steady > numbers / 2;
    }

    private boolean steadySteps() {
        return usual != 0 && steady > numbers / 2;
    }

    /** Whether its numbers begin where days are counted by spreadsheets and astronomers, far from the first. */
    public boolean isFar() {
        return first >= FAR;
    }

    /** Whether its numbers are times since 1970, one step apart in most rows. */
    public boolean isEpoch() {
        boolean steady = numbers == filled && numbers >= COUNTED && !constant && (regular || steadySteps());
        return steady && NumericTime.isEpoch(low, high);
    }

    /** Whether most of it is months without their years. */
    public boolean isMonths() {
        return filled >= COUNTED && 2 * months >= filled;
    }

    /** Whether it holds quarters, periods, weeks or months, called by letters. */
    public boolean isPartOfYear() {
        return filled > 0 && partsOfYears && seen.size() > 1;
    }

    /** Whether its numbers never go back. */
    public boolean isAscending() {
        return numbers == filled && ascends && numbers > 1;
    }

    /** Whether its numbers are years that go on with every row, with the part of the year behind the mark. */
    public boolean isFractionalYear() {
        return isYear() && !whole;
    }

    /** Whether its numbers are years that go on with every row, whole or not. */
    public boolean isYear() {
        return isAscending() && years && numbers >= COUNTED;
    }

    /** Whether all of it is years, each the one before or its neighbour. */
    public boolean isYears() {
        return numbers == filled && whole && years && numbers >= COUNTED;
    }

    /** Whether all of it is whole numbers from nought to a greatest. */
    public boolean isCountedTo(int greatest) {
        return numbers == filled && whole && low >= 0 && high <= greatest;
    }

    /** Whether its numbers are not all the same. */
    public boolean isChanging() {
        return !constant;
    }

    /** Whether every cell says the same, and there are several. */
    public boolean isSame() {
        return filled > 1 && seen.size() == 1;
    }

    /** Whether all numbers are the same. */
    public boolean isConstant() {
        return numbers == filled && constant && numbers > 1;
    }

    /** Whether its numbers are instants since 1970 that ascend, however unevenly. */
    public boolean isLateEpoch() {
        return numbers == filled && numbers >= COUNTED && ascends && NumericTime.isEpoch(first, before);
    }

    /** Whether it holds different things of which some come again. */
    public boolean isRepeating() {
        return seen.size() > 1 && seen.size() < filled && 2L * seen.size() <= filled;
    }

    /** Whether what comes again follows itself, as in tables sorted by it. */
    public boolean isSorted() {
        return runs == seen.size();
    }

    /** A word of a kind that stands beside others which are none; empty where there is none, or nothing else. */
    public String oneOf(Pattern kind) {
        List<String> some =
                seen.stream().filter(cell -> kind.matcher(cell).matches()).toList();
        return some.isEmpty() || some.size() == seen.size() || !isWords() ? "" : some.get(0);
    }

    /** The first cell that is not blank. */
    public String example() {
        return example;
    }
}
