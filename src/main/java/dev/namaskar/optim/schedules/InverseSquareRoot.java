package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;
import dev.namaskar.params.Settings;

/**
 * {@code min(t / warmup, sqrt(warmup / t))}, {@code t = k + 1}: a straight rise, then a fall with the root of time, its
 * peak 1 at {@code t = warmup}. Vaswani et al. 2017 in units of the peak rate.
 *
 * @param warmup updates until the peak; 1 for none
 */
public record InverseSquareRoot(int warmup) implements Schedule {
    static final ScheduleRow DEFINITION = new ScheduleRow(
            "inverse-square-root",
            "inverse-square-root(warmup)",
            "min(t / warmup, sqrt(warmup / t)), t = k + 1",
            (call, total) -> {
                call.expect(1, 1, "inverse-square-root(warmup)");
                return new InverseSquareRoot(call.whole(0, 0));
            });

    /** Checks the range. */
    public InverseSquareRoot {
        Settings.require(warmup >= 1, "warmup", "1 or more", warmup);
    }

    @Override
    public double factor(long step, double[] memory, int at) {
        double t = (double) step + 1;
        return Math.min(t / warmup, Math.sqrt(warmup / t));
    }

    @Override
    public String spec() {
        return new Call("inverse-square-root", warmup).toString();
    }
}
