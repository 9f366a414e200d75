package dev.namaskar.optim.schedules;

/** Two factors multiplied; {@link Schedule#times}. */
record ScheduleProduct(Schedule first, Schedule second) implements Schedule {
    @Override
    public double factor(long step, double[] memory, int at) {
        return first.factor(step, memory, at) * second.factor(step, memory, at + first.memorySize());
    }

    @Override
    public boolean listens() {
        return first.listens() || second.listens();
    }

    @Override
    public int memorySize() {
        return first.memorySize() + second.memorySize();
    }

    @Override
    public void init(double[] memory, int at) {
        first.init(memory, at);
        second.init(memory, at + first.memorySize());
    }

    @Override
    public void report(double metric, double[] memory, int at) {
        first.report(metric, memory, at);
        second.report(metric, memory, at + first.memorySize());
    }

    @Override
    public String spec() {
        return ScheduleSequence.guarded(first) + "*" + ScheduleSequence.guarded(second);
    }
}
