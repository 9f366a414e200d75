package dev.namaskar.series.table.cells;

import dev.namaskar.series.Note;
import dev.namaskar.series.table.text.Notes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A number that people and instruments write where they saw nothing: -999, 9999 and the like, the ends of what a machine
 * can count, or -1, among values that come nowhere near it. What could be a value stays one.
 */
public final class NothingMark {
    private static final double[] MARKS = {
        -999,
        -9999,
        -99999,
        -999999,
        -999.9,
        -9999.9,
        -999.99,
        -9999.99,
        -99,
        -99.9,
        -99.99,
        -9.99,
        -200,
        -1,
        99,
        99.9,
        99.99,
        999,
        9999,
        99999,
        999999,
        9999999,
        999.9,
        9999.9,
        999.99,
        9999.99,
        -32768,
        32767,
        65535,
        -2147483648,
        2147483647,
        -1e20,
        1e20,
        9.99e20,
        -1e30,
        1e30,
        1e31,
        1e35,
        1e36,
        1e37,
        9.96921e36,
        -3.40282e38,
        3.40282e38
    };

    /** Beyond this there are no quantities, and marks are written with as many digits as somebody likes. */
    private static final double HUGE = 1e15;

    /** A mark that went through single precision is the mark. */
    private static final double SINGLE = 1e-7;

    /** Other values reach no further towards the mark than to this part of it. */
    private static final double NEAR = 0.1;

    /** Smaller marks are values now and then; one of them alone is. */
    private static final double SURE = 900;

    /** A minus one, three of them, where everything else is at least ten. */
    private static final double LEAST_BESIDE_ONE = 10;

    private static final int FEW = 3;

    private final long[] seen = new long[MARKS.length];
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private long others;

    void see(double number) {
        if (Double.isNaN(number)) {
            return;
        }
        int mark = place(number);
        if (mark >= 0) {
            seen[mark]++;
            return;
        }
        least = Math.min(least, number);
        most = Math.max(most, number);
        others++;
    }

    private static int place(double number) {
        for (int i = 0; (number == -1 || number == -9.99 || Math.abs(number) >= 98.9) && i < MARKS.length; i++) {
            if (is(number, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean is(double number, int mark) {
        double size = Math.abs(MARKS[mark]);
        return Math.abs(number - MARKS[mark]) <= (size >= HUGE ? 1e-3 : SINGLE) * size;
    }

    private boolean isFar(int i) {
        if (MARKS[i] == -1) {
            return least >= LEAST_BESIDE_ONE && seen[i] >= FEW;
        }
        boolean far = MARKS[i] < 0 ? least > NEAR * MARKS[i] : most < NEAR * MARKS[i];
        for (int j = 0; j < MARKS.length; j++) {
            far &= j == i || seen[j] == 0 || (MARKS[i] < 0 ? MARKS[j] > NEAR * MARKS[i] : MARKS[j] < NEAR * MARKS[i]);
        }
        return far;
    }

    private boolean isMark(int i) {
        return seen[i] > 0 && seen[i] <= others && isFar(i) && (seen[i] > 1 || Math.abs(MARKS[i]) >= SURE);
    }

    /** Whether there is nothing but one such mark, again and again, as of an instrument that was not there. */
    public boolean isAll() {
        for (int i = 0; i < MARKS.length; i++) {
            boolean sure = MARKS[i] <= -SURE || MARKS[i] >= HUGE || (MARKS[i] >= SURE && MARKS[i] % 1 != 0);
            if (others == 0 && seen[i] >= FEW && sure) {
                return true;
            }
        }
        return false;
    }

    /** Whether a value is such a mark. */
    public boolean takes(double number) {
        int mark = place(number);
        return mark >= 0 && isMark(mark);
    }

    /** Says what is taken for nothing. */
    public void describe(String column, Notes notes) {
        for (int i = 0; i < MARKS.length; i++) {
            if (isMark(i)) {
                notes.add(Note.Kind.VALUES, "column \"" + column + "\": " + text(MARKS[i], seen[i]));
            }
        }
    }

    private static String text(double mark, long count) {
        String number = mark == Math.rint(mark) ? Long.toString((long) mark) : Double.toString(mark);
        return number + " stands in " + count + (count == 1 ? " cell" : " cells")
                + ", far from all other values, and is taken for a missing value";
    }

    /**
     * Takes the marks out of tables whose series have rows of their own, each series judged by its own values: what is
     * a mark in one is in all that come nowhere near it, even where nothing else is left.
     *
     * @param series the values of each. Modified: marks become not-a-number
     */
    public static void sweep(List<double[]> series, Notes notes) {
        List<NothingMark> marks = new ArrayList<>();
        for (double[] values : series) {
            NothingMark one = new NothingMark();
            Arrays.stream(values).forEach(one::see);
            marks.add(one);
        }
        for (int i = 0; i < MARKS.length; i++) {
            int mark = i;
            if (marks.stream().noneMatch(m -> m.isMark(mark))) {
                continue;
            }
            long count = 0;
            long kept = 0;
            for (int s = 0; s < marks.size(); s++) {
                // A series of nothing else may be missing throughout; one of 99 is more likely what it says.
                boolean sure = Math.abs(MARKS[mark]) >= SURE || marks.get(s).isMark(mark);
                boolean far = sure && marks.get(s).isFar(mark);
                count += far ? marks.get(s).seen[mark] : 0;
                kept += far || marks.get(s).seen[mark] == 0 ? 0 : 1;
                if (far) {
                    double[] values = series.get(s);
                    Arrays.setAll(values, t -> is(values[t], mark) ? Double.NaN : values[t]);
                }
            }
            notes.add(
                    Note.Kind.VALUES,
                    text(MARKS[mark], count)
                            + (kept == 0 ? "" : ", but not in " + kept + " series whose values come near it"));
        }
    }
}
