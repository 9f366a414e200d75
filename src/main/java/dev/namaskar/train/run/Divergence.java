package dev.namaskar.train.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Says at the end of a run that its training loss went up again, as it does where steps are too long: by more than a
 * quarter of what it had come down, and by more than what single batches differ by.
 */
public final class Divergence implements TrainingListener {
    private static final int MOST_STRETCHES = 32;
    /** Fewer steps do not tell how much single batches differ. */
    private static final int SHORTEST = 8;

    private static final double SHARE = 0.25;
    /** Standard errors that the rise has to be beyond. */
    private static final double ERRORS = 6;

    private final Consumer<String> notes;
    private final List<Stretch> stretches = new ArrayList<>();
    private int length = 1;

    /** Losses of steps that follow one another. */
    private record Stretch(long lastStep, int steps, double sum, double squares) {
        Stretch and(Stretch next) {
            return new Stretch(next.lastStep, steps + next.steps, sum + next.sum, squares + next.squares);
        }

        double mean() {
            return sum / steps;
        }

        /** Of the mean, as if steps knew nothing of each other. */
        double variance() {
            return Math.max(0, squares / steps - mean() * mean()) / Math.max(1, steps - 1);
        }
    }

    /** Says it there. */
    public Divergence(Consumer<String> notes) {
        this.notes = notes;
    }

    @Override
    public void onStep(Progress progress) {
        double loss = progress.loss();
        Stretch step = new Stretch(progress.step(), 1, loss, loss * loss);
        int last = stretches.size() - 1;
        if (last >= 0 && stretches.get(last).steps < length) {
            stretches.set(last, stretches.get(last).and(step));
            return;
        }
        if (stretches.size() == MOST_STRETCHES) {
            halve();
        }
        stretches.add(step);
    }

    /** Joins neighbours, so that a run of any length is kept in as little. */
    private void halve() {
        for (int i = 0; i < MOST_STRETCHES / 2; i++) {
            stretches.set(i, stretches.get(2 * i).and(stretches.get(2 * i + 1)));
        }
        stretches.subList(MOST_STRETCHES / 2, MOST_STRETCHES).clear();
        length *= 2;
    }

    @Override
    public void onEnd(Training.Result result, Standing standing) {
        if (!stretches.isEmpty() && stretches.get(stretches.size() - 1).steps < length) {
            stretches.remove(stretches.size() - 1);
        }
        if (length < SHORTEST) {
            return;
        }
        Stretch first = stretches.get(0);
        Stretch last = stretches.get(stretches.size() - 1);
        Stretch lowest = first;
        for (Stretch each : stretches) {
            lowest = each.mean() < lowest.mean() ? each : lowest;
        }
        double rise = last.mean() - lowest.mean();
        double[] variances =
                stretches.stream().mapToDouble(Stretch::variance).sorted().toArray();
        double noise = Math.sqrt(2 * variances[variances.length / 2]);
        if (rise > SHARE * (first.mean() - lowest.mean()) && rise > ERRORS * noise) {
            notes.accept(String.format(
                    Locale.ROOT,
                    "the training loss went up again: %.4g about step %d, %.4g at the end; a lower learning rate"
                            + " (`lr`), and less `drop-connect` where there is some, may keep it down",
                    lowest.mean(),
                    lowest.lastStep,
                    last.mean()));
        }
    }
}
