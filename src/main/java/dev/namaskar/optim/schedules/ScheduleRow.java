package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;

/** A built-in schedule's line in the documentation's table, with what makes it. */
record ScheduleRow(String name, String form, String factor, Maker maker) implements NamedSchedule {
    /** Makes a schedule from what was typed. */
    @FunctionalInterface
    interface Maker {
        Schedule make(Call call, int totalSteps);
    }

    @Override
    public Schedule make(Call call, int totalSteps) {
        return maker.make(call, totalSteps);
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
