package dev.namaskar.optim;

import dev.namaskar.params.Call;

/**
 * One line of the registry of schedules.
 *
 * @param name what the command line calls it
 * @param form the name with its arguments; {@code N} stands for the run's number of updates where none is given
 * @param factor what it computes, {@code k} being 0 for the first update
 * @param maker makes the schedule
 */
public record NamedSchedule(String name, String form, String factor, Maker maker) {
    /** Makes a schedule from what was typed. */
    @FunctionalInterface
    public interface Maker {
        /**
         * The schedule.
         *
         * @param call name and numbers
         * @param totalSteps how many updates the run has; 0 if that is not known
         */
        Schedule make(Call call, int totalSteps);
    }

    /** The first argument, or the run's own number of updates. */
    static int steps(Call call, int totalSteps) {
        int steps = call.whole(0, totalSteps);
        if (steps < 1) {
            throw new IllegalArgumentException("expected a number of updates of 1 or more for schedule \"" + call.name()
                    + "\", found " + steps + "; write it down, such as " + call.name() + "(2000)");
        }
        return steps;
    }
}
