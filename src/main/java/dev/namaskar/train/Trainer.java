package dev.namaskar.train;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.kernels.Reductions;
import dev.namaskar.kernels.Workers;
import dev.namaskar.losses.Loss;
import dev.namaskar.net.Network;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.State;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.OptimizerState;
import dev.namaskar.optim.schedules.Schedule;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model, a step at a time. A batch is cut into shards; each goes forward and backward on a worker thread,
 * the gradients are added up in the shards' order, and one update is applied, each worker to its share of the
 * parameters. The same seed and the same number of shards give the same bits, whatever the number of threads.
 */
public final class Trainer implements AutoCloseable {
    private final Trainable model;
    private final Params params;
    private final BatchSource source;
    private final TrainerSettings settings;
    private final GemmLibrary library;
    private final Workers workers;
    private final SharedWeights weights;
    private final List<Shard> shards = new ArrayList<>();
    private final Batch batch;
    private final double[] squares;
    private Optimizer optimizer;
    private OptimizerState optimizerState;
    private @Nullable WeightAverage average;
    private long step;
    // Made once: a step makes no objects.
    private final IntConsumer gradientTask = this::computeGradient;
    private final IntConsumer updateTask = this::update;
    private double targetWeight;

    /**
     * A trainer at step 0.
     *
     * @param params modified by every step
     * @param objectives makes an objective for each shard
     */
    public Trainer(
            Trainable model,
            Params params,
            Optimizer optimizer,
            BatchSource source,
            Supplier<Objective> objectives,
            TrainerSettings settings) {
        this.model = model;
        this.params = params;
        this.optimizer = optimizer;
        this.source = source;
        this.settings = settings;
        int count = Math.min(settings.shards(), source.rows());
        library = settings.libraryFor(model.params(), (source.rows() + count - 1) / count);
        optimizerState = optimizer.init(params);
        batch = new Batch(source.shape(), source.rows());
        weights = model.weights(library.open());
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) source.rows() * i / count);
            int to = (int) ((long) source.rows() * (i + 1) / count);
            Batch rows = new Batch(source.shape(), to - from);
            shards.add(new Shard(model, weights, library.open(), rows, from, objectives.get()));
        }
        squares = new double[optimizer.normBlocks(optimizerState)];
        workers = new Workers(Math.min(settings.threads(), count));
    }

    /** A trainer of a network on its own. */
    public Trainer(
            Network network,
            Params params,
            Optimizer optimizer,
            BatchSource source,
            Supplier<Objective> objectives,
            TrainerSettings settings) {
        this(Trainable.of(network), params, optimizer, source, objectives, settings);
    }

    /**
     * A trainer of the plain objective, with as many shards as threads, carried state and the fastest products.
     *
     * @param loss makes a loss for each thread, for example {@code SoftmaxCrossEntropy::new}
     */
    public static Trainer of(
            Network network, Params params, Optimizer optimizer, BatchSource source, Supplier<Loss> loss, int threads) {
        Supplier<Objective> objectives = () -> Objective.of(loss.get());
        return new Trainer(network, params, optimizer, source, objectives, TrainerSettings.of(threads, 1));
    }

    /**
     * One step: the next batch, its gradient, one update.
     *
     * @return the mean loss over the batch's targets, before the update
     * @throws NotANumberException if loss or gradient is not finite; parameters are as before the step
     */
    public double step() {
        source.read(step, batch);
        optimizer.project(params.values(), optimizerState);
        double counted = shards.get(0).count(batch);
        double targets = counted > 0 ? counted : 1;
        targetWeight = 1.0 / targets;
        workers.run(gradientTask);
        double loss = 0;
        for (int i = 0; i < shards.size(); i++) { // by index: an iterator would be an object a step
            loss += shards.get(i).loss();
        }
        loss /= targets;
        double sumOfSquares = 0;
        for (double square : squares) {
            sumOfSquares += square;
        }
        float[] gradient = shards.get(0).gradient();
        if (!Double.isFinite(loss) || !Double.isFinite(sumOfSquares)) {
            optimizer.unproject(params.values(), optimizerState);
            throw notANumber(loss, gradient);
        }
        optimizer.begin(gradient, optimizerState, sumOfSquares);
        WeightAverage mean = average;
        if (mean != null) {
            mean.advance();
        }
        workers.run(updateTask);
        step++;
        return loss;
    }

    private void update(int worker) {
        int from = workers.shareStart(worker, params.values().length);
        int to = workers.shareStart(worker + 1, params.values().length);
        optimizer.apply(params.values(), shards.get(0).gradient(), optimizerState, from, to);
        WeightAverage mean = average;
        if (mean != null) {
            mean.add(params.values(), from, to);
        }
    }

    private void computeGradient(int worker) {
        int crew = workers.count();
        weights.load(params.values(), true, worker, crew);
        workers.awaitAll();
        boolean fresh = source.startsFresh(step);
        long dropoutKey = SplitMix64.mix(settings.seed() + step * SplitMix64.GOLDEN_GAMMA);
        for (int i = worker; i < shards.size(); i += crew) {
            shards.get(i).compute(batch, fresh, settings.carryState(), dropoutKey, targetWeight);
        }
        workers.awaitAll();
        for (int block = workers.shareStart(worker, squares.length);
                block < workers.shareStart(worker + 1, squares.length);
                block++) {
            reduce(block);
        }
    }

    /** Adds one block of all shards' gradients to the first's, in the shards' order, and sums its squares. */
    private void reduce(int block) {
        float[] sum = shards.get(0).gradient();
        int from = block * Reductions.BLOCK;
        int to = Math.min(from + Reductions.BLOCK, sum.length);
        for (int s = 1; s < shards.size(); s++) {
            add(shards.get(s).gradient(), sum, from, to);
        }
        squares[block] = optimizer.sumOfSquares(sum, optimizerState, block);
    }

    private static void add(float[] from, float[] to, int start, int end) {
        for (int j = start; j < end; j++) {
            to[j] += from[j];
        }
    }

    private NotANumberException notANumber(double loss, float[] gradient) {
        String where = first("parameters", params.values());
        if (where.isEmpty()) {
            where = first("gradient", gradient);
        }
        return new NotANumberException("expected finite numbers, found a loss of " + loss + " at step " + (step + 1)
                + where + "; the parameters are as before this step. Try a lower learning rate or stronger clipping");
    }

    private String first(String what, float[] values) {
        for (Slot slot : model.params().slots()) {
            for (int i = slot.offset(); i < slot.end(); i++) {
                if (!Float.isFinite(values[i])) {
                    return ", first in the " + what + " of \"" + slot.name() + "\" (" + values[i] + " at entry "
                            + (i - slot.offset()) + ")";
                }
            }
        }
        return "";
    }

    /** Steps done so far. */
    public long steps() {
        return step;
    }

    /** What the objective counted beside the loss of the last step; null where it counts nothing. */
    @Nullable
    Tally tally() {
        Tally sum = shards.get(0).tally();
        for (int i = 1; i < shards.size() && sum != null; i++) {
            Tally other = shards.get(i).tally();
            sum = other == null ? null : sum.plus(other);
        }
        return sum;
    }

    /** The library whose matrix products are in use. */
    public GemmLibrary library() {
        return library;
    }

    /** What the trainer works with, for people: size, rows, threads and the matrix library. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%,d parameters; batches of %d rows in %d parts on %d threads; matrix products by %s",
                params.values().length,
                source.rows(),
                shards.size(),
                workers.count(),
                library.name().toLowerCase(Locale.ROOT));
    }

    /** The parameters, as they are now; where the optimizer looks ahead, as the next gradient will see them. */
    public Params params() {
        return params;
    }

    /**
     * Takes a mean of the weights from the next step on.
     *
     * @param decay factor by which older weights fade with every step; 0 for the arithmetic mean
     */
    public void beginAveraging(double decay) {
        average = new WeightAverage(decay, params.values().length);
    }

    /** Whether a mean of the weights is taken. */
    public boolean isAveraging() {
        return average != null;
    }

    /** What the run has to show: the mean of the weights if one is taken, else the weights; live, not to be changed. */
    public float[] averaged() {
        return average != null && average.isBegun() ? average.mean() : params.values();
    }

    /** What the optimizer is doing: learning rate and gradient norm of the last step. */
    public OptimizerState optimizerState() {
        return optimizerState;
    }

    /** What changes the learning rate. */
    Schedule schedule() {
        return optimizer.schedule();
    }

    /** Replaces the schedule, for runs whose length is not known before they begin. */
    public void reschedule(Schedule schedule) {
        optimizer = optimizer.with(schedule);
        optimizerState = optimizer.restore(params, optimizerState);
    }

    /** Reports a validation loss to the schedule; only reducing on a plateau listens. */
    public void report(double validationLoss) {
        optimizer.report(validationLoss, optimizerState);
    }

    /** Everything that the next steps depend on, copied. */
    public Snapshot snapshot() {
        State carried = new State(model.state(), source.rows());
        shards.forEach(shard -> shard.exportState(carried));
        return new Snapshot(
                step,
                params.values().clone(),
                optimizerState.step(),
                optimizerState.values(),
                carried.values(),
                settings.seed(),
                shards.size(),
                average == null ? null : average.snapshot());
    }

    /**
     * Goes on from a snapshot as if it had never stopped.
     *
     * @throws IllegalArgumentException if the snapshot is of another network, optimizer, batch size or seed
     */
    public void restore(Snapshot snapshot) {
        requireEqual("parameters", params.values().length, snapshot.params().length);
        requireEqual("shards", shards.size(), snapshot.shards());
        requireEqual("seed", settings.seed(), snapshot.seed());
        Snapshot.Average mean = snapshot.average();
        requireEqual(
                "averaged parameters",
                params.values().length,
                mean == null ? params.values().length : mean.mean().length);
        State carried = new State(model.state(), source.rows());
        requireEqual("values of carried state", carried.values().length, snapshot.carried().length);
        optimizerState = optimizer.restore(params, snapshot.optimizerStep(), snapshot.optimizer());
        System.arraycopy(snapshot.params(), 0, params.values(), 0, snapshot.params().length);
        System.arraycopy(snapshot.carried(), 0, carried.values(), 0, snapshot.carried().length);
        shards.forEach(shard -> shard.importState(carried));
        Snapshot.Average stored = snapshot.average();
        average = stored == null ? null : new WeightAverage(stored);
        step = snapshot.step();
    }

    private static void requireEqual(String what, long expected, long found) {
        if (expected != found) {
            throw new IllegalArgumentException(what + " " + expected + ", the checkpoint has " + found
                    + "; resume with the settings the run began with");
        }
    }

    /** Ends the worker threads. */
    @Override
    public void close() {
        workers.close();
    }
}
