package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;
import dev.namaskar.params.Settings;

/**
 * A cosine from 1 to {@code end} that starts anew, each period {@code growth} times as long as the one before: SGDR
 * (Loshchilov and Hutter 2017), PyTorch's CosineAnnealingWarmRestarts.
 *
 * @param first updates in the first period
 * @param growth of the periods, a whole number
 * @param end where each period ends
 */
public record WarmRestarts(int first, int growth, double end) implements Schedule {
    static final ScheduleRow DEFINITION = new ScheduleRow(
            "warm-restarts",
            "warm-restarts(first,growth=1,end=0)",
            "a cosine from 1 to end over first, first growth, first growth^2 ... updates",
            (call, total) -> {
                call.expect(1, 3, "warm-restarts(first,growth,end)");
                return new WarmRestarts(call.whole(0, 0), call.whole(1, 1), call.get(2, 0));
            });

    /** Checks the ranges. */
    public WarmRestarts {
        Settings.require(first >= 1, "first", "1 or more", first);
        Settings.require(growth >= 1, "growth", "1 or more", growth);
        Settings.requirePositiveOrZero("end", end);
    }

    @Override
    public double factor(long step, double[] memory, int at) {
        long since = step;
        long period = first;
        if (growth == 1) {
            since %= first;
        }
        while (since >= period) {
            since -= period;
            period *= growth;
        }
        return CosineDecay.swing((double) since, (double) period, end);
    }

    @Override
    public String spec() {
        return new Call("warm-restarts", first, growth, end).toString();
    }
}
