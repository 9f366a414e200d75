package dev.namaskar.series.table.time;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.notation.NumericTimes;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the times of many series tell of the step between two, gathered series by series, in any order and in several places
 * at once: the step is the one that a table of all of them would have.
 */
public final class TimeSteps implements Serializable {
    private static final long serialVersionUID = 1;

    private final boolean clock;
    private final FrequencyDetector detector = new FrequencyDetector(List.of());
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long least = Long.MAX_VALUE;

    /** @param clock whether times are milliseconds of a clock ({@link Frequency}); else whole numbers, of rows or years */
    public TimeSteps(boolean clock) {
        this.clock = clock;
    }

    /** Takes in one series. */
    public void see(long[] ascending) {
        if (clock) {
            detector.see(ascending);
            return;
        }
        for (int i = 0; i < ascending.length; i++) {
            first = Math.min(first, ascending[i]);
            last = Math.max(last, ascending[i]);
            if (i > 0 && ascending[i] > ascending[i - 1]) {
                least = Math.min(least, ascending[i] - ascending[i - 1]);
            }
        }
    }

    /** Takes in what others have gathered. */
    public TimeSteps add(TimeSteps others) {
        detector.add(others.detector);
        first = Math.min(first, others.first);
        last = Math.max(last, others.last);
        least = Math.min(least, others.least);
        return this;
    }

    /**
     * The step.
     *
     * @param given what is asked for, or empty to find it
     * @throws TableException if the times have no regular step, or not one of this kind
     */
    public Frequency frequency(String given) {
        Frequency asked = given.isEmpty() ? null : Frequency.parse(given);
        return clock ? ofClock(asked) : ofNumbers(asked);
    }

    private Frequency ofClock(@Nullable Frequency asked) {
        Frequency found = asked != null ? asked : detector.step(false);
        if (found == null) {
            throw new TableException("one time a series says nothing about the step between two; give `frequency`");
        }
        if (!found.isClock()) {
            throw new TableException("the times are dates, so `frequency` " + found + " does not fit");
        }
        return found;
    }

    private Frequency ofNumbers(@Nullable Frequency asked) {
        List<double[]> ends = least == Long.MAX_VALUE
                ? List.of(new double[] {first, last})
                : List.of(new double[] {first, first + least}, new double[] {last});
        Frequency found = NumericTimes.grid(ends, "auto");
        if (asked != null && asked.isClock() && !found.isClock()) {
            return asked.counted();
        }
        if (asked != null && asked.isClock() != found.isClock()) {
            throw new TableException("the time column holds " + found + " times, so `frequency` " + asked
                    + " does not fit; give dates, or leave it out");
        }
        return asked == null ? found : asked;
    }

    /** A time as series of this step have it. */
    public static long time(boolean clock, long time, Frequency frequency) {
        return clock ? time : NumericTimes.time((double) time, frequency);
    }
}
