package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;
import dev.namaskar.params.Settings;

/**
 * {@code factor^(k / every)}, the quotient rounded down: PyTorch's StepLR.
 *
 * @param every updates between two drops
 * @param factor of each drop
 */
public record StepDecay(int every, double factor) implements Schedule {
    static final ScheduleRow DEFINITION =
            new ScheduleRow("step", "step(every,factor=0.1)", "factor^floor(k / every)", (call, total) -> {
                call.expect(1, 2, "step(every,factor)");
                return new StepDecay(call.whole(0, 0), call.get(1, 0.1));
            });

    /** Checks the ranges. */
    public StepDecay {
        Settings.require(every >= 1, "every", "1 or more", every);
        Settings.requirePositiveOrZero("factor", factor);
    }

    @Override
    public double factor(long step, double[] memory, int at) {
        long drops = step / every;
        return StrictMath.pow(factor, (double) drops);
    }

    @Override
    public String spec() {
        return new Call("step", every, factor).toString();
    }
}
