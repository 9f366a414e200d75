package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;
import dev.namaskar.params.Settings;

/**
 * {@code factor^k}: PyTorch's ExponentialLR.
 *
 * @param factor of each update
 */
public record ExponentialDecay(double factor) implements Schedule {
    static final ScheduleRow DEFINITION =
            new ScheduleRow("exponential", "exponential(factor)", "factor^k", (call, total) -> {
                call.expect(1, 1, "exponential(factor)");
                return new ExponentialDecay(call.get(0, 1));
            });

    /** Checks the range. */
    public ExponentialDecay {
        Settings.requirePositiveOrZero("factor", factor);
    }

    @Override
    public double factor(long step, double[] memory, int at) {
        return StrictMath.pow(factor, (double) step);
    }

    @Override
    public String spec() {
        return new Call("exponential", factor).toString();
    }
}
