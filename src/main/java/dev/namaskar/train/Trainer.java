package dev.namaskar.train;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.kernels.GemmTrial;
import dev.namaskar.kernels.Reductions;
import dev.namaskar.kernels.Workers;
import dev.namaskar.losses.Loss;
import dev.namaskar.net.Network;
import dev.namaskar.net.layers.State;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.OptimizerState;
import dev.namaskar.optim.schedules.Schedule;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchSource;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model, a step at a time. A batch is cut into shards; each goes forward and backward on a worker thread,
 * the gradients are added up in the shards' order, and one update is applied, each worker to its share of the
 * parameters. The same seed, the same number of shards and the same {@linkplain #gemm products} give the same bits,
 * whatever the number of threads.
 */
public final class Trainer implements AutoCloseable {
    private final Trainable model;
    private final Params params;
    private final BatchSource source;
    private final TrainerSettings settings;
    private final Supplier<Objective> objectives;
    private final GemmTrial trial;
    private final int parts;
    private final Workers workers;
    private final Batch batch;
    private final double[] squares;
    private final @Nullable DropConnect dropConnect;
    private Optimizer optimizer;
    private OptimizerState optimizerState;
    private @Nullable WeightAverage average;
    private @Nullable SlotNorms norms;
    private boolean measures;
    /** Made when first needed: a run that is restored multiplies as it did before. */
    private @Nullable Shards made;

    private long step;

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
        this.objectives = objectives;
        parts = Math.min(settings.shards(), source.rows());
        workers = new Workers(Math.min(settings.threads(), parts));
        trial = ProductSizes.trial(
                model.params(),
                (source.rows() + parts - 1) / parts,
                source.shape().input().steps(),
                workers.count());
        optimizerState = optimizer.init(params);
        batch = new Batch(source.shape(), source.rows());
        squares = new double[optimizer.normBlocks(optimizerState)];
        settings.requireEffect(model.params());
        dropConnect = settings.dropConnect() > 0 ? new DropConnect(settings.dropConnect(), model.params()) : null;
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

    private Shards shards() {
        Shards here = made;
        if (here == null) {
            GemmChoice asked = settings.gemm();
            here = new Shards(model, source, parts, objectives, asked == null ? trial.choose() : asked.here());
            made = here;
        }
        return here;
    }

    /**
     * One step: the next batch, its gradient, one update.
     *
     * @return the mean loss over the batch's targets, before the update
     * @throws NotANumberException if loss or gradient is not finite; parameters are as before the step
     */
    public double step() {
        Shards shards = shards();
        source.read(step, batch);
        optimizer.project(params.values(), optimizerState);
        double counted = shards.get(0).count(batch);
        double targets = counted > 0 ? counted : 1;
        workers.run(worker -> computeGradient(shards, worker, 1.0 / targets));
        double loss = shards.loss() / targets;
        double sumOfSquares = 0;
        for (double square : squares) {
            sumOfSquares += square;
        }
        float[] gradient = shards.get(0).gradient();
        if (!Double.isFinite(loss) || !Double.isFinite(sumOfSquares)) {
            optimizer.unproject(params.values(), optimizerState);
            throw NotANumberException.at(step + 1, loss, params, gradient);
        }
        double[] gradients = measures ? SlotNorms.of(gradient, params.layout()) : null;
        optimizer.begin(gradient, optimizerState, sumOfSquares);
        WeightAverage mean = average;
        if (mean != null) {
            mean.advance();
        }
        workers.run(worker -> {
            int from = workers.shareStart(worker, params.values().length);
            int to = workers.shareStart(worker + 1, params.values().length);
            optimizer.apply(params.values(), gradient, optimizerState, from, to);
            if (mean != null) {
                mean.add(params.values(), from, to);
            }
        });
        step++;
        if (gradients != null) {
            norms = new SlotNorms(
                    step,
                    gradients,
                    SlotNorms.of(params.values(), params.layout()),
                    SlotNorms.of(optimizer.subtracted(gradient, optimizerState), params.layout()));
            measures = false;
        }
        return loss;
    }

    /** One step, and what there is to tell of it. */
    public Rounds.Step take() {
        double loss = step();
        return new Rounds.Step(loss, optimizerState.learningRate(), optimizerState.gradientNorm(), tally());
    }

    private void computeGradient(Shards shards, int worker, double weight) {
        int crew = workers.count();
        long dropoutKey = SplitMix64.mix(settings.seed() + step * SplitMix64.GOLDEN_GAMMA);
        float[] seen = params.values();
        if (dropConnect != null) {
            int size = seen.length;
            dropConnect.draw(seen, dropoutKey, workers.shareStart(worker, size), workers.shareStart(worker + 1, size));
            seen = dropConnect.masked();
            workers.awaitAll();
        }
        shards.weights().load(seen, true, worker, crew);
        workers.awaitAll();
        boolean fresh = source.startsFresh(step);
        for (int i = worker; i < shards.count(); i += crew) {
            shards.get(i).compute(batch, fresh, settings.carryState(), dropoutKey, weight);
        }
        workers.awaitAll();
        for (int block = workers.shareStart(worker, squares.length);
                block < workers.shareStart(worker + 1, squares.length);
                block++) {
            reduce(shards, block, dropoutKey);
        }
    }

    /** Adds one block of all shards' gradients to the first's, in the shards' order, and sums its squares. */
    private void reduce(Shards shards, int block, long dropoutKey) {
        float[] sum = shards.get(0).gradient();
        int from = block * Reductions.BLOCK;
        int to = Math.min(from + Reductions.BLOCK, sum.length);
        shards.addUp(from, to);
        if (dropConnect != null) {
            dropConnect.multiply(sum, dropoutKey, from, to);
        }
        squares[block] = optimizer.sumOfSquares(sum, optimizerState, block);
    }

    /** Steps done so far. */
    public long steps() {
        return step;
    }

    /** What the objective counted beside the loss of the last step; null where it counts nothing. */
    @Nullable
    Tally tally() {
        return shards().tally();
    }

    /** Whose matrix products are in use; of a trainer that is to be restored, asked for after that. */
    public GemmChoice gemm() {
        return shards().gemm();
    }

    /** The library for the whole floats of a validation; else as {@link #gemm}. */
    public GemmLibrary library() {
        return gemm().window().precise();
    }

    /** What the trainer works with, for people: size, rows, threads and the matrix library. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%,d parameters; batches of %d rows in %d parts on %d threads; matrix products by %s",
                params.values().length,
                source.rows(),
                parts,
                workers.count(),
                gemm());
    }

    /** B, rows of every batch. */
    public int rows() {
        return source.rows();
    }

    /** How parameters change, with the schedule as it stands. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** How the trainer works, as it was made. */
    public TrainerSettings settings() {
        return settings;
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

    /** Has the next step measured, slot by slot; a step that is costs about a tenth of an update more. */
    public void measureNext() {
        measures = true;
    }

    /** Each slot's norms at the step that was measured last; null before the first. */
    @Nullable
    public SlotNorms norms() {
        return norms;
    }

    /** What the optimizer is doing: learning rate and gradient norm of the last step. */
    public OptimizerState optimizerState() {
        return optimizerState;
    }

    /** What changes the learning rate. */
    public Schedule schedule() {
        return optimizer.schedule();
    }

    /** Replaces the schedule, for runs whose length is not known before they begin. */
    public void reschedule(Schedule schedule) {
        optimizer = optimizer.with(schedule);
        optimizerState = optimizer.restore(params, optimizerState);
    }

    /** Tells the schedule a validation loss; only reducing on a plateau listens. */
    public void report(double validationLoss) {
        optimizer.report(validationLoss, optimizerState);
    }

    /** Everything that the next steps depend on, copied. */
    public Snapshot snapshot() {
        State carried = new State(model.state(), source.rows());
        shards().exportState(carried);
        return new Snapshot(
                step,
                params.values().clone(),
                optimizerState.step(),
                optimizerState.values(),
                carried.values(),
                settings.seed(),
                parts,
                average == null ? null : average.snapshot(),
                gemm());
    }

    /**
     * Goes on from a snapshot as if it had never stopped.
     *
     * @throws IllegalArgumentException if the snapshot is of another network, optimizer, batch size or seed
     */
    public void restore(Snapshot snapshot) {
        requireEqual("parameters", params.values().length, snapshot.params().length);
        requireEqual("shards", parts, snapshot.shards());
        requireEqual("seed", settings.seed(), snapshot.seed());
        Snapshot.Average mean = snapshot.average();
        requireEqual(
                "averaged parameters",
                params.values().length,
                mean == null ? params.values().length : mean.mean().length);
        State carried = new State(model.state(), source.rows());
        requireEqual("values of carried state", carried.values().length, snapshot.carried().length);
        multiplyAs(snapshot.gemm());
        optimizerState = optimizer.restore(params, snapshot.optimizerStep(), snapshot.optimizer());
        System.arraycopy(snapshot.params(), 0, params.values(), 0, snapshot.params().length);
        System.arraycopy(snapshot.carried(), 0, carried.values(), 0, snapshot.carried().length);
        shards().importState(carried);
        Snapshot.Average stored = snapshot.average();
        average = stored == null ? null : new WeightAverage(stored);
        step = snapshot.step();
    }

    /** Takes the libraries that a run began with, if all of them are here: others would round differently. */
    private void multiplyAs(@Nullable GemmChoice began) {
        if (began == null || !began.missing().isEmpty()) {
            return;
        }
        requireEqual("gemm", settings.gemm() == null ? began : settings.gemm(), began);
        trial.remember(began);
        if (made == null || !made.gemm().equals(began)) {
            made = new Shards(model, source, parts, objectives, began);
        }
    }

    private static void requireEqual(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
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
