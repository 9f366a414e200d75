package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;
import dev.namaskar.params.Settings;

/**
 * {@code end + (1 - end) (1 + cos(pi k / steps)) / 2} (Loshchilov and Hutter 2017, without restarts).
 *
 * @param steps updates from 1 down to {@code end}
 * @param end the last factor
 * @param periodic what comes after: false stays at {@code end}, true swings up again as PyTorch's CosineAnnealingLR does
 */
public record CosineDecay(int steps, double end, boolean periodic) implements Schedule {
    static final ScheduleRow DEFINITION = new ScheduleRow(
            "cosine",
            "cosine(steps=N,end=0.1)",
            "end + (1 - end) (1 + cos(pi k / steps)) / 2, then end",
            (call, total) -> make(call, total, 0.1, false));
    static final ScheduleRow ANNEALING = new ScheduleRow(
            "cosine-annealing",
            "cosine-annealing(steps=N,end=0)",
            "the same, swinging up again after steps, PyTorch's CosineAnnealingLR",
            (call, total) -> make(call, total, 0, true));

    /** Checks the ranges. */
    public CosineDecay {
        Settings.require(steps >= 1, "steps", "1 or more", steps);
        Settings.requirePositiveOrZero("end", end);
    }

    private static Schedule make(Call call, int total, double end, boolean periodic) {
        call.expect(0, 2, call.name() + "(steps,end)");
        return new CosineDecay(ScheduleRow.steps(call, total), call.get(1, end), periodic);
    }

    @Override
    public double factor(long step, double[] memory, int at) {
        return swing((double) (periodic ? step % (2L * steps) : Math.min(step, steps)), steps, end);
    }

    /** From 1 at {@code at = 0} to {@code end} at {@code at = length}. */
    static double swing(double at, double length, double end) {
        return end + (1 - end) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * at / length));
    }

    @Override
    public String spec() {
        return new Call(periodic ? "cosine-annealing" : "cosine", steps, end).toString();
    }
}
