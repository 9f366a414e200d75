package dev.namaskar.train.run;

import java.util.Arrays;

/** The times of single steps, of which the median is told: warm-up and interruptions do not sway it. */
public final class StepTimes {
    private static final int KEPT = 4096;

    private final long[] nanos = new long[KEPT];
    private long count;

    /** Takes note of a step. */
    public void add(long stepNanos) {
        nanos[(int) (count++ % KEPT)] = stepNanos;
    }

    /** The quickest of the last few thousand steps in nanoseconds, 0 before the first: what the machine can do. */
    public double quickest() {
        return Arrays.stream(nanos, 0, (int) Math.min(count, KEPT)).min().orElse(0);
    }

    /** Median in nanoseconds of the last few thousand steps, 0 before the first. */
    public double median() {
        int size = (int) Math.min(count, KEPT);
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[size / 2];
    }
}
