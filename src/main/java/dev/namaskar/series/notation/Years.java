package dev.namaskar.series.notation;

import java.util.regex.Pattern;

/** Which whole numbers are years: of what people have tables of, not of all that there were. */
public final class Years {
    /** The first. */
    public static final int FIRST = 1500;

    /** The first that is none any more. */
    public static final int END = 2200;

    /** Their four digits, for patterns. */
    public static final String DIGITS = "(?:1[5-9]|2[01])[0-9]{2}";

    private static final Pattern YEAR = Pattern.compile(DIGITS);

    private Years() {}

    /** Whether a number is a year, or lies within one. */
    public static boolean is(double number) {
        return number >= FIRST && number < END;
    }

    /** Whether a cell is the digits of a year. */
    public static boolean is(String cell) {
        return YEAR.matcher(cell).matches();
    }
}
