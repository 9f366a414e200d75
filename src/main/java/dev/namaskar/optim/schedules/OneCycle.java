package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;
import dev.namaskar.params.Settings;

/**
 * Up to the optimizer's rate and far down, both along cosines (Smith and Topin 2019): PyTorch's OneCycleLR in two
 * phases, its {@code max_lr} being the optimizer's rate. From {@code 1/start} it rises to 1 at update
 * {@code rise * steps - 1}, then falls to {@code 1/(start final)} at the last. PyTorch also swings SGD's momentum
 * unless told not to; this does not.
 *
 * @param steps updates in all; afterwards it stays where it ended
 * @param rise fraction of them that rise, PyTorch's {@code pct_start}
 * @param start by what the first rate is divided, PyTorch's {@code div_factor}
 * @param fall by what the last is divided again, PyTorch's {@code final_div_factor}
 */
public record OneCycle(int steps, double rise, double start, double fall) implements Schedule {
    static final ScheduleRow DEFINITION = new ScheduleRow(
            "one-cycle",
            "one-cycle(steps=N,rise=0.3,start=25,fall=10000)",
            "1/start up to 1 over rise of the steps, down to 1/(start fall), both along cosines",
            (call, total) -> {
                call.expect(0, 4, "one-cycle(steps,rise,start,fall)");
                int steps = ScheduleRow.steps(call, total);
                return new OneCycle(steps, call.get(1, 0.3), call.get(2, 25), call.get(3, 1e4));
            });

    /** Checks the ranges. */
    public OneCycle {
        Settings.require(steps >= 1, "steps", "1 or more", steps);
        Settings.require(rise >= 0 && rise <= 1, "rise", "between 0 and 1", rise);
        Settings.require(start > 0, "start", "above 0", start);
        Settings.require(fall > 0, "fall", "above 0", fall);
    }

    @Override
    public double factor(long step, double[] memory, int at) {
        double low = 1 / start;
        double last = low / fall;
        double peak = rise * steps - 1;
        double k = Math.min((double) step, steps - 1);
        if (k <= peak && peak > 0) {
            return 1 + (low - 1) * CosineDecay.swing(k, peak, 0);
        }
        double length = steps - 1 - Math.max(0, peak);
        return length <= 0 ? 1 : last + (1 - last) * CosineDecay.swing(k - Math.max(0, peak), length, 0);
    }

    @Override
    public String spec() {
        return new Call("one-cycle", steps, rise, start, fall).toString();
    }
}
