package dev.namaskar.series;

import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.optim.schedules.Schedule;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.Params;
import dev.namaskar.train.Runs;
import dev.namaskar.train.StoppingRules;
import dev.namaskar.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * How a forecaster's networks are trained: what every network has in common, and how many there are. Settings are
 * changed before the first use, not after.
 */
public final class Fitting {
    private static final int MOST_USUAL_THREADS = 8;

    final StoppingRules rules;
    Optimizer optimizer;
    final LongFunction<Schedule> schedule;
    final long seed;
    int batch = 32;
    int members = 1;
    int threads = Math.min(MOST_USUAL_THREADS, Runtime.getRuntime().availableProcessors());
    int calibrationWindows = -1;
    int calibrationNetworks = -1;
    double validationFraction;
    long validateEvery;

    List<Params> begin = List.of();

    Runs runs = Runs.PLAIN;
    final List<TrainingListener> listeners = new ArrayList<>();
    Consumer<String> notes = note -> {};

    private Fitting(StoppingRules rules, Optimizer optimizer, LongFunction<Schedule> schedule, long seed) {
        this.rules = rules;
        this.optimizer = optimizer;
        this.schedule = schedule;
        this.seed = seed;
    }

    /**
     * One network, 32 windows in a batch, intervals calibrated, nothing validated.
     *
     * @param rules when a network's training ends; the minutes are those of all networks together
     * @param optimizer with its clipping
     * @param schedule of the learning rate, for a run of so many steps
     * @param seed of everything drawn at random
     */
    public static Fitting of(StoppingRules rules, Optimizer optimizer, LongFunction<Schedule> schedule, long seed) {
        return new Fitting(rules, optimizer, schedule, seed);
    }

    /** So many steps of Adam along a cosine to zero. */
    public static Fitting of(int steps, long seed) {
        return of(
                StoppingRules.afterSteps(steps),
                Optimizers.adam(2e-3).clipByGlobalNorm(1),
                length -> Schedules.cosine((int) length, 0),
                seed);
    }

    /** So many windows in a batch. */
    public Fitting batch(int windows) {
        batch = atLeastOne("window in a batch", windows);
        return this;
    }

    /** An ensemble of so many networks, alike but for their seeds. */
    public Fitting members(int networks) {
        members = atLeastOne("member", networks);
        return this;
    }

    /** So many worker threads and shards of every batch. */
    public Fitting threads(int count) {
        threads = atLeastOne("thread", count);
        return this;
    }

    /**
     * How intervals are calibrated.
     *
     * @param windows that are forecast of each series, at most; 0 for no calibration, negative to choose
     * @param networks that are trained on the past of those windows alone, each before another stretch of them; negative
     *     to choose
     */
    public Fitting calibration(int windows, int networks) {
        calibrationWindows = windows;
        calibrationNetworks = networks;
        return this;
    }

    /**
     * Judges every network on the windows at the end of what it is given.
     *
     * @param fraction of each history that is held out
     * @param every so many steps, and at the end
     */
    public Fitting validation(double fraction, long every) {
        validationFraction = fraction;
        validateEvery = every;
        return this;
    }

    /**
     * Begins with the networks of a trained forecaster, one after the other and round again, instead of fresh ones. The
     * networks that the intervals are measured on begin with them too: where that forecaster has seen the values that
     * they are judged by, intervals come out too narrow.
     */
    public Fitting from(SeriesModel earlier) {
        begin = earlier.members();
        return this;
    }

    /** Leaves slots whose names fit these patterns as they begin; {@link Optimizer#freeze}. */
    public Fitting freeze(String... patterns) {
        optimizer = optimizer.freeze(patterns);
        return this;
    }

    /** Carries out the networks' runs in another way. */
    public Fitting runs(Runs how) {
        runs = how;
        return this;
    }

    /** Adds somebody who watches. */
    public Fitting listen(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Told what was decided, a sentence each. */
    public Fitting notes(Consumer<String> to) {
        notes = to;
        return this;
    }

    private static int atLeastOne(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("expected at least 1 " + what + ", found " + count);
        }
        return count;
    }
}
