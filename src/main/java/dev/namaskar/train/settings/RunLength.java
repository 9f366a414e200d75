package dev.namaskar.train.settings;

import dev.namaskar.params.Setting;
import org.jspecify.annotations.Nullable;

/**
 * How long a run is, as far as it is asked for: what is null is not, and what comes first ends the run.
 *
 * @param steps at most
 * @param epochs passes over the data at most
 * @param minutes at most
 * @param part of the steps that these or what is usual would be, as a first trial of settings has it; 1 for all
 */
public record RunLength(
        @Nullable Long steps,
        @Nullable Long epochs,
        @Nullable Double minutes,
        double part) {
    /** Nothing asked for: as long as is usual for the data. */
    public static final RunLength USUAL = new RunLength(null, null, null);

    /** Checks that what is asked for is positive. */
    public RunLength {
        Setting.atLeast("steps", 1, steps);
        Setting.atLeast("epochs", 1, epochs);
        Setting.positive("minutes", minutes);
        Setting.require(part > 0 && part <= 1, "part", "0 < number <= 1", part);
        Setting.require(
                part == 1 || minutes == null,
                "minutes",
                "none for a part of a run, which has a number of steps",
                minutes);
    }

    /** The whole of this length. */
    public RunLength(@Nullable Long steps, @Nullable Long epochs, @Nullable Double minutes) {
        this(steps, epochs, minutes, 1);
    }

    /**
     * Only this part of it.
     *
     * @throws IllegalArgumentException if it is limited by minutes
     */
    public RunLength part(double share) {
        return new RunLength(steps, epochs, minutes, share);
    }

    /**
     * Steps that the run has at most; 0 if only the time limits it.
     *
     * @param perEpoch steps of one pass over the data
     * @param usual steps where nothing is asked for
     */
    public long total(long perEpoch, long usual) {
        if (steps == null && epochs == null) {
            return minutes == null ? ofPart(usual) : 0;
        }
        long byEpochs = epochs == null ? Long.MAX_VALUE : saturated(epochs, perEpoch);
        return ofPart(Math.min(steps == null ? Long.MAX_VALUE : steps, byEpochs));
    }

    private long ofPart(long whole) {
        return part == 1 ? whole : Math.max(1, Math.round(part * whole));
    }

    private static long saturated(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b > 0 ? a * b : Long.MAX_VALUE;
    }
}
