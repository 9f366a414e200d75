package dev.namaskar.series;

import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.optim.schedules.Schedule;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.Params;
import dev.namaskar.train.Averaging;
import dev.namaskar.train.Runs;
import dev.namaskar.train.StoppingRules;
import dev.namaskar.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a forecaster's networks are trained: what every network has in common, and how many there are. Settings are
 * changed before the first use, not after.
 */
public final class Fitting {
    private static final int MOST_USUAL_THREADS = 8;
    private static final double USUAL_RATE = 2e-3;
    private static final int LEAST_BETWEEN = 10;
    private static final int MOST_BETWEEN = 500;
    private static final int VALIDATIONS = 20;
    private static final int USUAL_MEMBERS = 3;

    final StoppingRules rules;
    Optimizer optimizer;
    final LongFunction<Schedule> schedule;
    final long seed;
    int batch = 32;
    int members;
    long epochs;
    int threads = Math.min(MOST_USUAL_THREADS, Runtime.getRuntime().availableProcessors());
    int calibrationWindows = -1;
    int calibrationNetworks = -1;
    double validationFraction;

    @Nullable
    Averaging averaging;

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
     * One network, or as many as the minutes allow, or three where neither their length nor minutes are said; 32 windows in a batch, intervals calibrated, nothing validated.
     *
     * @param rules when a network's training ends; the minutes are those of all networks together
     * @param optimizer with its clipping
     * @param schedule of the learning rate, for a run of so many steps
     * @param seed of everything drawn at random
     */
    public static Fitting of(StoppingRules rules, Optimizer optimizer, LongFunction<Schedule> schedule, long seed) {
        return new Fitting(rules, optimizer, schedule, seed);
    }

    /** So many steps of Adam along a cosine to zero; 0 for as many as is usual for the data. */
    public static Fitting of(int steps, long seed) {
        return of(StoppingRules.afterSteps(steps), seed);
    }

    /** Adam along a cosine to zero, ended by these rules. */
    public static Fitting of(StoppingRules rules, long seed) {
        return of(
                rules,
                Optimizers.adam(USUAL_RATE).clipByGlobalNorm(1),
                length -> Schedules.cosine((int) Math.min(length, Integer.MAX_VALUE), 0),
                seed);
    }

    /** Ends after so many passes over the windows, if not before. */
    public Fitting epochs(long passes) {
        epochs = passes;
        return this;
    }

    /**
     * The rules for a network that is trained on so many windows: where no steps and no epochs were asked for, as many
     * steps as is usual, and more where minutes were given for them.
     */
    StoppingRules rules(long windows) {
        long perEpoch = Math.max(1, (windows + batch - 1) / batch);
        long byEpochs = epochs > 0 ? saturated(epochs, perEpoch) : Long.MAX_VALUE;
        long total = Math.min(rules.steps() > 0 ? rules.steps() : Long.MAX_VALUE, byEpochs);
        if (total == Long.MAX_VALUE) {
            total = rules.minutes() > 0 ? UsualSpec.stepsInTime(windows, batch) : UsualSpec.steps(windows, batch);
        }
        return new StoppingRules(total, rules.minutes(), rules.targetLoss(), rules.patience());
    }

    private static long saturated(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b > 0 ? a * b : Long.MAX_VALUE;
    }

    /** Whether there are as many networks as the minutes allow. */
    boolean fillsTime() {
        return members == 0 && rules.minutes() > 0;
    }

    /** Networks whose forecasts are averaged, at least: some where nothing was said of them, their length or their data. */
    int leastMembers() {
        boolean open = members == 0 && rules.equals(StoppingRules.afterSteps(0)) && epochs == 0;
        return open && validationFraction == 0 && begin.isEmpty() ? USUAL_MEMBERS : Math.max(1, members);
    }

    /** Steps between validations in a run of so many; 0 for one at its end alone. */
    long validateEvery(long steps) {
        if (validateEvery >= 0) {
            return validateEvery;
        }
        boolean needed = rules.patience() > 0
                || !Double.isNaN(rules.targetLoss())
                || (averaging != null && averaging.lookback() > 0)
                || schedule.apply(Math.max(1, steps)).listens();
        return needed ? Math.max(LEAST_BETWEEN, Math.min(MOST_BETWEEN, steps / VALIDATIONS)) : 0;
    }

    /** A short training of one network in the same way, which tells nobody and calibrates nothing. */
    Fitting brief(long steps) {
        LongFunction<Schedule> unheard =
                schedule.apply(Math.max(1, steps)).listens() ? length -> Schedules.constant() : schedule;
        return of(StoppingRules.afterSteps(steps), optimizer, unheard, seed)
                .batch(batch)
                .members(1)
                .threads(threads)
                .calibration(0, 0);
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
     * @param every so many steps, and at the end; negative to choose
     */
    public Fitting validation(double fraction, long every) {
        validationFraction = fraction;
        validateEvery = every;
        return this;
    }

    /** Takes a mean of every network's weights, which is validated and kept in their place; null for none. */
    public Fitting average(@Nullable Averaging rule) {
        averaging = rule;
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
