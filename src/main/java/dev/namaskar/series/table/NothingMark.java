package dev.namaskar.series.table;

import java.util.Arrays;

/**
 * A number that instruments write where they saw nothing: -999 or -9999, among values that come nowhere near it. What
 * could be a value stays one.
 */
final class NothingMark {
    private static final double[] MARKS = {-999, -9999, -99999, -999.9, -9999.9, -999.99, -9999.99};

    /** Other values reach no further down than to this part of the mark. */
    private static final double NEAR = 0.1;

    private final long[] seen = new long[MARKS.length];
    private double least = Double.POSITIVE_INFINITY;
    private long others;

    void see(double number) {
        for (int i = 0; number < 0 && i < MARKS.length; i++) {
            if (number == MARKS[i]) {
                seen[i]++;
                return;
            }
        }
        least = Math.min(least, number);
        others++;
    }

    /** The mark; not a number where there is none. */
    double mark() {
        long all = Arrays.stream(seen).sum();
        for (int i = 0; i < MARKS.length; i++) {
            if (seen[i] > 0 && seen[i] == all && seen[i] <= others && least > NEAR * MARKS[i]) {
                return MARKS[i];
            }
        }
        return Double.NaN;
    }

    /** Says that it is taken for nothing. */
    String text(String column) {
        double mark = mark();
        String number = mark == Math.rint(mark) ? Long.toString((long) mark) : Double.toString(mark);
        long count = Arrays.stream(seen).sum();
        return "column \"" + column + "\": " + number + " stands in " + count + (count == 1 ? " cell" : " cells")
                + ", far from all other values, and is taken for a missing value";
    }
}
