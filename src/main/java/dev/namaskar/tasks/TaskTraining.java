package dev.namaskar.tasks;

import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.Json;
import dev.namaskar.files.Model;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.Params;
import dev.namaskar.params.Setting;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.run.RunEnd;
import dev.namaskar.train.run.Runs;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.run.TrainingSettings;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A task's training, from examples to a model: what is not said is as is usual for the task, by the same code for the
 * command line and for programs, which therefore make the same bits of the same settings. Part of the examples is held
 * out, and the parameters that score it best are kept.
 *
 * @param <M> the model that comes of it
 * @param <S> the task's own training, on which every setting can be followed by the next
 */
public abstract class TaskTraining<M extends TaskModel, S extends TaskTraining<M, S>> implements TrainingSettings<S> {
    /** How far the seeds of an ensemble's networks lie apart. */
    private static final long MEMBER = 1_000_003;

    private final List<TrainingListener> listeners = new ArrayList<>();
    private RunSettings run = RunSettings.NONE;
    private RecurrentLayers layers = RecurrentLayers.NONE;
    private @Nullable Integer embedding;
    private @Nullable Checkpoints checkpoints;
    private int members = 1;
    private @Nullable Earlier<M> earlier;
    private Consumer<String> notes = note -> {};

    /**
     * A model that a run goes on with.
     *
     * @param name in messages
     * @param fileName what the new model remembers of it
     */
    protected record Earlier<M>(M model, String name, String fileName) {}

    /** This training. */
    protected abstract S self();

    /** What is usual for the task where nothing is asked for. */
    protected abstract RunSettings usual();

    /** Adam's learning rate at the beginning where none is asked for. */
    protected abstract double usualRate();

    /** The recurrent layers where nothing is asked for. */
    public RecurrentLayers usualLayers() {
        return RecurrentLayers.USUAL;
    }

    /** The length of a symbol's vector where none is asked for. */
    public int usualEmbedding() {
        return 0;
    }

    /** How a run usually goes. */
    public final RunSettings usualRun() {
        return rated(usual());
    }

    private RunSettings rated(RunSettings all) {
        OptimizerSpec optimizer = all.update().optimizer();
        return optimizer.name().equals("adam") ? all.withOptimizer(optimizer.orElse("lr", usualRate())) : all;
    }

    /** Steps where no length is asked for. */
    protected abstract long usualSteps(long perEpoch);

    /** The task's model that a stored one is. */
    protected abstract M model(String name, Model stored) throws IOException;

    @Override
    public final S run(UnaryOperator<RunSettings> change) {
        run = change.apply(run);
        return self();
    }

    /** So many steps at most. */
    public final S steps(long count) {
        return run(r -> r.withSteps(count));
    }

    /** So many minutes at most. */
    public final S minutes(double limit) {
        return run(r -> r.withMinutes(limit));
    }

    /** The start of everything drawn at random; usually 1. */
    public final S seed(long start) {
        return run(r -> r.withSeed(start));
    }

    /** So many worker threads, each with its part of every batch; usually the processors, at most 8. */
    public final S threads(int count) {
        return run(r -> r.withThreads(count));
    }

    /** So many examples in a step. */
    public final S batch(int rows) {
        return run(r -> r.withData(new RunSettings.Data(rows, r.data().valFraction())));
    }

    /** The share of the examples that is held out to validate; 0 for none. */
    public final S heldOut(double share) {
        return run(r -> r.withData(new RunSettings.Data(r.data().batch(), share)));
    }

    /**
     * So many networks, alike but for their fresh parameters and the order of their examples, whose answers are averaged;
     * usually 1.
     *
     * @throws IllegalArgumentException if models of this task are single networks
     */
    public final S ensemble(int count) {
        Setting.atLeast("ensemble", 1, count);
        if (count > 1 && !averages()) {
            throw new IllegalArgumentException(
                    "`ensemble`: expected 1, as models of this task are single networks, found " + count);
        }
        members = count;
        return self();
    }

    /** Whether models of this task average the answers of several networks. */
    protected boolean averages() {
        return false;
    }

    /** With this learning rate at the beginning. */
    public final S learningRate(double rate) {
        return run(r -> r.withOptimizer(r.update().optimizer().and("lr", rate)));
    }

    /** With layers of this cell. */
    public final S cell(String name) {
        return layers(l -> l.withCell(name));
    }

    /** With so many units in each layer, or in each of its directions. */
    public final S hidden(int units) {
        return layers(l -> l.withHidden(units));
    }

    /** The share of values that dropout zeros before and behind each layer. */
    public final S dropout(double share) {
        return layers(l -> l.withDropout(share));
    }

    @Override
    public final S layers(UnaryOperator<RecurrentLayers> change) {
        layers = change.apply(layers);
        return self();
    }

    /** The length of a learned vector for each symbol; of values, the width of a dense layer (tanh) below the recurrent ones. */
    public final S embedding(int width) {
        Setting.atLeast("embedding", 1, width);
        embedding = width;
        return self();
    }

    /** The length of a symbol's vector that is asked for; null where none is. */
    public final @Nullable Integer askedEmbedding() {
        return embedding;
    }

    /** Goes on with a trained model: a new run, whose layers are the model's. */
    public final S from(M trained) {
        earlier = new Earlier<>(trained, "the model given", "a model");
        return self();
    }

    /** Goes on with the model in a file. */
    public final S from(Path file) throws IOException {
        M trained = model(file.toString(), dev.namaskar.files.ModelFile.read(file));
        earlier = new Earlier<>(trained, file.toString(), String.valueOf(file.getFileName()));
        return self();
    }

    @Override
    public final S listen(TrainingListener listener) {
        listeners.add(listener);
        return self();
    }

    @Override
    public final S notes(Consumer<String> to) {
        notes = to;
        return self();
    }

    /** Stores all that a run needs to go on; null, the usual, for nothing. */
    public final S checkpoints(@Nullable Checkpoints kept) {
        checkpoints = kept;
        return self();
    }

    /** What is asked of the run, and what is usual where nothing is. */
    protected final RunSettings settings() {
        return rated(run.orElse(usual()));
    }

    /** What is asked of the recurrent layers. */
    protected final RecurrentLayers layers() {
        return layers;
    }

    /** The length of a symbol's vector, this one where none is asked for. */
    protected final int embeddingOr(int usual) {
        return embedding == null ? usual : embedding;
    }

    /** The model that the run goes on with, or null. */
    protected final @Nullable Earlier<M> earlier() {
        return earlier;
    }

    /** Gives a fresh network what a trained one has of it, and says what stays fresh; modifies {@code fresh}. */
    protected final void goOn(Earlier<M> before, Params fresh) {
        List<String> left = Transfer.copy(before.model().stored().params(), fresh);
        note("going on with " + before.name() + (left.isEmpty() ? "" : "; fresh are " + String.join(", ", left)));
    }

    /** Says what was found or decided. */
    protected final void note(String sentence) {
        notes.accept(sentence);
    }

    /**
     * Which examples are held out: the same whatever their order, for it depends on what they say and on the seed.
     *
     * @param content what tells an example from others
     */
    protected final boolean[] heldOut(int count, IntFunction<String> content) {
        RunSettings all = settings();
        Double share = all.data().valFraction();
        boolean[] aside = new boolean[count];
        for (int i = 0; i < count && share != null; i++) {
            long key = SplitMix64.mix(
                    all.seed() * SplitMix64.GOLDEN_GAMMA + content.apply(i).hashCode());
            aside[i] = new SplitMix64(key).nextDouble() < share;
        }
        return aside;
    }

    /**
     * Carries out a run.
     *
     * @param data what is learned from, in a word for the model's memory, such as a file's name
     * @throws IOException if a checkpoint cannot be read or written
     * @throws dev.namaskar.train.run.RunStoppedException if a listener asked to stop, and checkpoints are kept
     */
    protected final Trained<M> learn(TrainingPlan plan, String data) throws IOException {
        RunSettings all = settings();
        Map<String, Object> identity = identity(plan, new LengthBuckets(plan.examples(), batch(all), all.seed()), all);
        RunEnd end = new RunEnd();
        List<Params> learned = new ArrayList<>();
        RunSettings told = all;
        try (CheckpointedRuns kept = kept(plan, identity, all)) {
            Runs runs = kept == null ? Runs.PLAIN : kept;
            for (int member = 0; member < members; member++) {
                for (TrainingListener listener : listeners) {
                    listener.onRun(member + 1, members, "one network of the ensemble");
                }
                Learned one = learn(plan, all, member, runs, end);
                learned.add(one.params());
                told = one.run();
            }
        }
        RunReport report = RunReport.of(
                plan,
                told,
                identity,
                end,
                members == 1 ? end.standing().bestLoss() : loss(plan.validation(), learned),
                earlier == null ? null : earlier.fileName());
        Model model = new Model(
                        plan.start().networks(), learned.get(0), plan.start().texts(), learned.subList(1, members))
                .withText("corpus", Json.write(corpus(data, identity)))
                .withText("run", Json.write(report.figures()));
        return new Trained<>(model(data, model), report);
    }

    /** The mean of the networks' losses; of those that an earlier process learned nothing else is known any more. */
    private static double loss(TrainingPlan.@Nullable Validation validation, List<Params> learned) {
        if (validation == null) {
            return Double.POSITIVE_INFINITY;
        }
        ToDoubleFunction<float[]> measure = validation.with(GemmLibrary.best());
        return learned.stream()
                .mapToDouble(params -> measure.applyAsDouble(params.values()))
                .average()
                .orElseThrow();
    }

    /**
     * A network of an ensemble.
     *
     * @param run what it was learned with, nothing left open
     */
    private record Learned(Params params, RunSettings run) {}

    /** Learns one network of the ensemble. */
    private Learned learn(TrainingPlan plan, RunSettings all, int member, Runs runs, RunEnd end) {
        long seed = all.seed() + member * MEMBER;
        LengthBuckets batches = new LengthBuckets(plan.examples(), batch(all), seed);
        long steps = all.length().total(batches.perEpoch(), usualSteps(batches.perEpoch()));
        TrainingPlan.Validation validation = plan.validation();
        if (validation == null && all.needsValidation()) {
            throw new IllegalArgumentException("expected examples held out to validate, as stopping early, averaging or"
                    + " the schedule goes by their loss; found none: give more examples or `val-fraction`");
        }
        try (Trainer trainer = new Trainer(
                plan.trainable(),
                begin(plan, member, seed),
                all.update().build(steps),
                batches,
                plan.objective(),
                all.trainer(seed).withoutCarriedState())) {
            Training training = new Training(
                            trainer, all.stop().rules(steps, all.length()).perRun(members))
                    .scheduleByLength(all.update().optimizer()::schedule)
                    .average(all.update().average())
                    .listen(end);
            listeners.forEach(training::listen);
            if (validation != null) {
                training.validate(validateEvery(all, steps, batches), () -> validation.with(trainer.library()));
            }
            float[] best = runs.carryOut(trainer, training).clone();
            return new Learned(new Params(plan.start().params().layout(), best), all.withGemm(trainer.gemm()));
        }
    }

    /** The plan's parameters, or for further networks fresh ones; a trained model is where all go on from. */
    private Params begin(TrainingPlan plan, int member, long seed) {
        Params begin = plan.start().params().copy();
        if (member > 0 && earlier == null) {
            plan.start().networks().values().forEach(network -> network.initialize(begin, seed));
        }
        return begin;
    }

    private static int batch(RunSettings all) {
        Integer rows = all.data().batch();
        if (rows == null) {
            throw new IllegalStateException("expected a task to say what is usual for a batch");
        }
        return rows;
    }

    /** After every epoch, or in a short run twelve times. */
    private static long validateEvery(RunSettings all, long steps, LengthBuckets batches) {
        Long asked = all.stop().every();
        long twelfth = steps > 0 ? Math.max(1, steps / 12) : Long.MAX_VALUE;
        return asked == null ? Math.min(batches.perEpoch(), twelfth) : asked;
    }

    private static Map<String, Object> corpus(String data, Map<String, Object> identity) {
        Map<String, Object> corpus = new LinkedHashMap<>();
        corpus.put("name", data);
        corpus.put("fingerprint", identity.get("data_fingerprint"));
        corpus.put("examples", identity.get("examples"));
        corpus.put("held_out", identity.get("held_out"));
        return corpus;
    }

    /** What must be the same for a run to go on. */
    private Map<String, Object> identity(TrainingPlan plan, LengthBuckets batches, RunSettings all) {
        TrainingPlan.Validation validation = plan.validation();
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.putAll(plan.settings());
        identity.put("data_fingerprint", String.format(Locale.ROOT, "%016x", batches.fingerprint()));
        identity.put("examples", plan.examples().size());
        identity.put("held_out", validation == null ? 0 : validation.examples());
        identity.put("batch", batches.rows());
        if (members > 1) {
            identity.put("ensemble", members);
        }
        identity.put("optimizer", all.update().optimizer().name());
        identity.putAll(all.update().identity());
        return identity;
    }

    private @Nullable CheckpointedRuns kept(TrainingPlan plan, Map<String, Object> identity, RunSettings all)
            throws IOException {
        Checkpoints asked = checkpoints;
        if (asked == null) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>(plan.start().texts());
        Map<String, Object> settings = new LinkedHashMap<>(identity);
        settings.putAll(all.update().optimizer().identity());
        texts.put("run", Json.write(settings));
        return asked.of(plan.start().networks(), texts, notes);
    }
}
