package dev.namaskar.optim.schedules;

import dev.namaskar.params.Settings;

/** One schedule for a while, then another that counts from there; {@link Schedule#then}. */
record ScheduleSequence(Schedule first, int steps, Schedule next) implements Schedule {
    ScheduleSequence {
        Settings.require(steps >= 1, "steps", "1 or more", steps);
    }

    static String guarded(Schedule schedule) {
        return schedule instanceof ScheduleSequence ? "(" + schedule.spec() + ")" : schedule.spec();
    }

    @Override
    public double factor(long step, double[] memory, int at) {
        return step < steps
                ? first.factor(step, memory, at)
                : next.factor(step - steps, memory, at + first.memorySize());
    }

    @Override
    public boolean listens() {
        return first.listens() || next.listens();
    }

    @Override
    public int memorySize() {
        return first.memorySize() + next.memorySize();
    }

    @Override
    public void init(double[] memory, int at) {
        first.init(memory, at);
        next.init(memory, at + first.memorySize());
    }

    // A report carries no step, so both take note; a plateau before its turn reduces before its turn.
    @Override
    public void report(double metric, double[] memory, int at) {
        first.report(metric, memory, at);
        next.report(metric, memory, at + first.memorySize());
    }

    @Override
    public String spec() {
        return guarded(first) + "@" + steps + ">" + next.spec();
    }
}
