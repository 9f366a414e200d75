package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;
import dev.namaskar.params.Settings;

/**
 * {@code min(1, (k + 1) / steps)}: the first update uses 1/steps of the rate, update {@code steps} all of it. Multiply
 * it with another schedule.
 *
 * @param steps updates until the full rate
 */
public record LinearWarmup(int steps) implements Schedule {
    static final ScheduleRow DEFINITION =
            new ScheduleRow("linear-warmup", "linear-warmup(steps)", "min(1, (k + 1) / steps)", (call, total) -> {
                call.expect(1, 1, "linear-warmup(steps)");
                return new LinearWarmup(call.whole(0, 0));
            });

    /** Checks the range. */
    public LinearWarmup {
        Settings.require(steps >= 1, "steps", "1 or more", steps);
    }

    @Override
    public double factor(long step, double[] memory, int at) {
        return Math.min(1, ((double) step + 1) / steps);
    }

    @Override
    public String spec() {
        return new Call("linear-warmup", steps).toString();
    }
}
