package dev.namaskar.train.settings;

import dev.namaskar.params.Setting;
import org.jspecify.annotations.Nullable;

/**
 * How long a run is, as far as it is asked for: what is null is not, and what comes first ends the run.
 *
 * @param steps at most
 * @param epochs passes over the data at most
 * @param minutes at most
 */
public record RunLength(
        @Nullable Long steps,
        @Nullable Long epochs,
        @Nullable Double minutes) {
    /** Nothing asked for: as long as is usual for the data. */
    public static final RunLength USUAL = new RunLength(null, null, null);

    /** Checks that what is asked for is positive. */
    public RunLength {
        Setting.atLeast("steps", 1, steps);
        Setting.atLeast("epochs", 1, epochs);
        Setting.positive("minutes", minutes);
    }

    /**
     * Steps that the run has at most; 0 if only the time limits it.
     *
     * @param perEpoch steps of one pass over the data
     * @param usual steps where nothing is asked for
     */
    public long total(long perEpoch, long usual) {
        if (steps == null && epochs == null) {
            return minutes == null ? usual : 0;
        }
        long byEpochs = epochs == null ? Long.MAX_VALUE : saturated(epochs, perEpoch);
        return Math.min(steps == null ? Long.MAX_VALUE : steps, byEpochs);
    }

    private static long saturated(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b > 0 ? a * b : Long.MAX_VALUE;
    }
}
