package dev.namaskar.optim.schedules;

/** Always 1. */
public record ConstantRate() implements Schedule {
    static final ScheduleRow DEFINITION = new ScheduleRow("constant", "constant", "always 1", (call, total) -> {
        call.expect(0, 0, "constant");
        return new ConstantRate();
    });

    @Override
    public double factor(long step, double[] memory, int at) {
        return 1;
    }

    @Override
    public String spec() {
        return "constant";
    }
}
