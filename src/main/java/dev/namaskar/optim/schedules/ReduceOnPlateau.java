package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;
import dev.namaskar.params.Settings;

/**
 * Multiplies the rate by {@code factor} after more than {@code patience} reports without a better loss: PyTorch's
 * ReduceLROnPlateau for a loss to be made small. A loss is better if it is below
 * {@code best - threshold |best|}. Not-a-number is never better.
 *
 * @param factor of each reduction, in (0, 1)
 * @param patience reports without improvement that are borne
 * @param threshold relative improvement that counts
 * @param cooldown reports after a reduction during which none are counted
 * @param least the factor never falls below this; PyTorch's {@code min_lr} over the optimizer's rate
 */
public record ReduceOnPlateau(double factor, int patience, double threshold, int cooldown, double least)
        implements Schedule {
    static final ScheduleRow DEFINITION = new ScheduleRow(
            "plateau",
            "plateau(factor=0.1,patience=10,threshold=0.0001,cooldown=0,least=0)",
            "times factor whenever patience validation losses in a row are not better by threshold",
            (call, total) -> {
                call.expect(0, 5, "plateau(factor,patience,threshold,cooldown,least)");
                return new ReduceOnPlateau(
                        call.get(0, 0.1), call.whole(1, 10), call.get(2, 1e-4), call.whole(3, 0), call.get(4, 0));
            });

    private static final int BEST = 0;
    private static final int BAD_REPORTS = 1;
    private static final int COOLING = 2;
    private static final int SCALE = 3;
    private static final int MEMORY = 4;

    /** Checks the ranges. */
    public ReduceOnPlateau {
        Settings.require(factor > 0 && factor < 1, "factor", "above 0 and below 1", factor);
        Settings.require(patience >= 0, "patience", "0 or more", patience);
        Settings.requireFraction("threshold", threshold);
        Settings.require(cooldown >= 0, "cooldown", "0 or more", cooldown);
        Settings.require(least >= 0 && least <= 1, "least", "between 0 and 1", least);
    }

    @Override
    public boolean listens() {
        return true;
    }

    @Override
    public int memorySize() {
        return MEMORY;
    }

    @Override
    public void init(double[] memory, int at) {
        memory[at + BEST] = Double.POSITIVE_INFINITY;
        memory[at + BAD_REPORTS] = 0;
        memory[at + COOLING] = 0;
        memory[at + SCALE] = 1;
    }

    @Override
    public double factor(long step, double[] memory, int at) {
        return memory[at + SCALE];
    }

    @Override
    public void report(double metric, double[] memory, int at) {
        double best = memory[at + BEST];
        if (Double.isInfinite(best) ? metric < best : metric < best - threshold * Math.abs(best)) {
            memory[at + BEST] = metric;
            memory[at + BAD_REPORTS] = 0;
        } else {
            memory[at + BAD_REPORTS]++;
        }
        if (memory[at + COOLING] > 0) {
            memory[at + COOLING]--;
            memory[at + BAD_REPORTS] = 0;
        }
        if (memory[at + BAD_REPORTS] > patience) {
            memory[at + SCALE] = Math.max(least, memory[at + SCALE] * factor);
            memory[at + COOLING] = cooldown;
            memory[at + BAD_REPORTS] = 0;
        }
    }

    @Override
    public String spec() {
        return new Call("plateau", factor, patience, threshold, cooldown, least).toString();
    }
}
