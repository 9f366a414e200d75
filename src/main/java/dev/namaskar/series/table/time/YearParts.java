package dev.namaskar.series.table.time;

import dev.namaskar.series.notation.Years;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Six digits that are weeks or months behind their years, {@code 202012}, told from mere numbers by how they go on. */
public final class YearParts {
    private static final int FEWEST_STEPS = 5;
    private static final Pattern DIGITS = Pattern.compile("(" + Years.DIGITS + ")(0[1-9]|[1-4][0-9]|5[0-3])(?:\\.0)?");

    private YearParts() {}

    /** A hundred times the year and its part, or -1 where a cell is no such time. */
    public static long of(String cell) {
        Matcher m = DIGITS.matcher(cell);
        return m.matches() ? 100 * Long.parseLong(m.group(1)) + Long.parseLong(m.group(2)) : -1;
    }

    /** Whether the first part of a year follows one of the year before. */
    public static boolean isNewYear(long before, long now) {
        return now % 100 == 1 && now / 100 == before / 100 + 1;
    }

    /**
     * Whether cells below each other are such times, and most of them follow each other or stay.
     *
     * @param called whether they are called so: others have to go on from one year to the next, as no mere count does
     */
    static boolean are(List<String> cells, boolean called) {
        long before = -1;
        int steps = 0;
        int next = 0;
        boolean crossed = called;
        for (String cell : cells) {
            long now = of(cell);
            if (now < 0) {
                return false;
            }
            if (now != before && before >= 0) {
                steps++;
                crossed |= isNewYear(before, now);
                next += now == before + 1 || isNewYear(before, now) ? 1 : 0;
            }
            before = now;
        }
        return crossed && steps >= FEWEST_STEPS && 10 * next >= 8 * steps;
    }
}
