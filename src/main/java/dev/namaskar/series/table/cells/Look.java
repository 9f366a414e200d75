package dev.namaskar.series.table.cells;

import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.TimeShape;
import dev.namaskar.series.notation.Years;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What a cell looks like by itself. */
public enum Look {
    /** Nothing, or a word for it. */
    BLANK,
    /** A number in one notation or another; a year and a day counted from somewhere look like this, too. */
    NUMBER,
    /** A time written as text. */
    TIME,
    /** Anything else. */
    WORD;

    /** {@code 01.2020}: no number begins with a nought before others. */
    private static final Pattern MONTH = Pattern.compile("0{1,2}[1-9]\\." + Years.DIGITS);

    /** What a cell looks like. */
    public static Look of(String cell) {
        if (NumberNotation.isBlank(cell)) {
            return BLANK;
        }
        if (NumberNotation.isNumber(cell) && !MONTH.matcher(cell).matches()) {
            return NUMBER;
        }
        return Arrays.stream(TimeShape.values()).anyMatch(shape -> shape.parse(cell) != null) ? TIME : WORD;
    }
}
