package dev.namaskar.train.settings;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a training run, whatever its task; what is null, or left open by the optimizer, is as is usual for the
 * task ({@link #orElse}).
 *
 * @param length how long it is at most
 * @param stop how it goes by its validation loss
 * @param update how parameters change
 * @param data how the examples are taken
 * @param threads worker threads, each with its part of every batch
 * @param seed the start of everything drawn at random
 * @param gemm whose matrix products; null for what is fastest here or, in a resumed run, what it began with
 */
public record RunSettings(
        RunLength length,
        EarlyStop stop,
        Update update,
        Data data,
        int threads,
        long seed,
        @Nullable GemmChoice gemm) {
    /** How far the seeds of an ensemble's networks lie apart. */
    private static final long MEMBER = 1_000_003;
    /** Long enough for every schedule that takes the run's length. */
    private static final int SOME_STEPS = 1000;

    /** Nothing asked for: Adam, as many threads as there are processors (at most 8), seed 1. */
    public static final RunSettings NONE = new RunSettings(
            RunLength.USUAL,
            EarlyStop.NONE,
            new Update(OptimizerSpec.parse("adam"), null, List.of(), 0),
            new Data(null, null),
            TrainerSettings.usualThreads(),
            1,
            null);

    /**
     * How parameters change.
     *
     * @param optimizer with its learning rate, clipping and schedule, as far as they are asked for
     * @param average how a mean of the weights is taken, or null to keep the weights themselves
     * @param freeze patterns of parameters that are left alone, such as {@code rnn.*}
     * @param dropConnect part of the recurrent weights that each update sees as zero
     */
    public record Update(
            OptimizerSpec optimizer, @Nullable Averaging average, List<String> freeze, double dropConnect) {
        /** Copies the patterns and checks the rate. */
        public Update {
            freeze = List.copyOf(freeze);
            Setting.fraction("drop-connect", dropConnect);
        }

        /** What must be the same for a run to go on, beside the optimizer's own settings, and is not as usual. */
        public Map<String, Object> identity() {
            Map<String, Object> identity = new LinkedHashMap<>();
            if (average != null) {
                identity.put("average", average.spec());
            }
            if (!freeze.isEmpty()) {
                identity.put("freeze", freeze);
            }
            if (dropConnect > 0) {
                identity.put("drop_connect", dropConnect);
            }
            return identity;
        }

        /** The optimizer of a run of so many updates (0: not known), which leaves alone what is frozen. */
        public Optimizer build(long totalSteps) {
            return optimizer.build(totalSteps).freeze(freeze.toArray(String[]::new));
        }

        /** Whether averaging or schedule go by validation losses. */
        public boolean looksBack() {
            return (average != null && average.lookback() > 0)
                    || optimizer.schedule(SOME_STEPS).listens();
        }
    }

    /**
     * How the examples are taken.
     *
     * @param batch rows of a batch
     * @param valFraction the part that is held out to validate
     */
    public record Data(@Nullable Integer batch, @Nullable Double valFraction) {
        /** Checks the numbers. */
        public Data {
            Setting.atLeast("batch", 1, batch);
            Setting.fraction("val-fraction", valFraction);
        }
    }

    /** Checks the threads. */
    public RunSettings {
        Setting.atLeast("threads", 1, threads);
    }

    /**
     * What is usual for a task.
     *
     * @param schedule how the learning rate changes
     * @param clip the largest global norm of a gradient
     * @param batch rows of a batch
     * @param valFraction the part that is held out
     */
    public static RunSettings usual(String schedule, double clip, int batch, double valFraction) {
        return NONE.withOptimizer(NONE.update.optimizer.and("clip", clip).and("schedule", schedule))
                .withData(new Data(batch, valFraction));
    }

    /** With another length. */
    public RunSettings withLength(RunLength other) {
        return new RunSettings(other, stop, update, data, threads, seed, gemm);
    }

    /** With so many steps at most. */
    public RunSettings withSteps(long count) {
        return withLength(new RunLength(count, length.epochs(), length.minutes(), length.part()));
    }

    /** With so many minutes at most. */
    public RunSettings withMinutes(double limit) {
        return withLength(new RunLength(length.steps(), length.epochs(), limit, length.part()));
    }

    /** With another rule of stopping early. */
    public RunSettings withStop(EarlyStop other) {
        return new RunSettings(length, other, update, data, threads, seed, gemm);
    }

    /** With another way of changing parameters. */
    public RunSettings withUpdate(Update other) {
        return new RunSettings(length, stop, other, data, threads, seed, gemm);
    }

    /** With another optimizer. */
    public RunSettings withOptimizer(OptimizerSpec other) {
        return withUpdate(new Update(other, update.average, update.freeze, update.dropConnect));
    }

    /** With a mean of the weights in their place, or null for none. */
    public RunSettings withAverage(@Nullable Averaging rule) {
        return withUpdate(new Update(update.optimizer, rule, update.freeze, update.dropConnect));
    }

    /** With these parameters left alone. */
    public RunSettings withFreeze(String... patterns) {
        return withUpdate(new Update(update.optimizer, update.average, List.of(patterns), update.dropConnect));
    }

    /** With this part of the recurrent weights dropped in each update (DropConnect, Wan et al. 2013). */
    public RunSettings withDropConnect(double rate) {
        return withUpdate(new Update(update.optimizer, update.average, update.freeze, rate));
    }

    /** With examples taken in another way. */
    public RunSettings withData(Data other) {
        return new RunSettings(length, stop, update, other, threads, seed, gemm);
    }

    /** With so many worker threads. */
    public RunSettings withThreads(int count) {
        return new RunSettings(length, stop, update, data, count, seed, gemm);
    }

    /** With this start of everything drawn at random. */
    public RunSettings withSeed(long start) {
        return new RunSettings(length, stop, update, data, threads, start, gemm);
    }

    /** With these matrix products; null for what is fastest here or, in a resumed run, what it began with. */
    public RunSettings withGemm(@Nullable GemmChoice choice) {
        return new RunSettings(length, stop, update, data, threads, seed, choice);
    }

    /** The seed of an ensemble's network, counted from 0: of the first the run's own. */
    public long memberSeed(int member) {
        return seed + member * MEMBER;
    }

    /** How a trainer of such a run works, drawing at random from this seed. */
    public TrainerSettings trainer(long from) {
        return TrainerSettings.of(threads, from).withGemm(gemm).withDropConnect(update.dropConnect);
    }

    /** With what is usual for the task where nothing is asked for; its learning rate stays the optimizer's own. */
    public RunSettings orElse(RunSettings usual) {
        OptimizerSpec optimizer = update.optimizer;
        for (String setting : List.of("clip", "schedule")) {
            Object value = usual.update.optimizer.settings().get(setting);
            optimizer = value == null ? optimizer : optimizer.orElse(setting, value);
        }
        return withOptimizer(optimizer)
                .withData(new Data(
                        data.batch == null ? usual.data.batch : data.batch,
                        data.valFraction == null ? usual.data.valFraction : data.valFraction));
    }

    /** Whether the run goes by validation losses, so that something has to be held out. */
    public boolean needsValidation() {
        return stop.at() != null || stop.patience() != null || update.looksBack();
    }

    /** Steps between validations in a run of so many; 0 for at the end alone. */
    public long validateEvery(long totalSteps) {
        return stop.every(totalSteps, update.looksBack());
    }
}
