package dev.namaskar.tasks;

import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.Json;
import dev.namaskar.files.Model;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.params.Params;
import dev.namaskar.train.Rounds;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.run.Divergence;
import dev.namaskar.train.run.RunEnd;
import dev.namaskar.train.run.Runs;
import dev.namaskar.train.run.Sample;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A task's plan carried out: its networks learned one after the other, and what came of that. */
final class TaskRun {
    private final TrainingPlan plan;
    private final RunSettings all;
    private final int members;
    private final boolean goesOn;
    private final LongUnaryOperator usualSteps;
    private final Map<String, Object> identity;
    private final RunEnd end = new RunEnd();

    /**
     * A run of nothing yet.
     *
     * @param all settings, none left open
     * @param members networks of the ensemble
     * @param goesOn whether the plan's parameters are a trained model's
     * @param usualSteps by batches of an epoch, where no length is asked for
     */
    TaskRun(TrainingPlan plan, RunSettings all, int members, boolean goesOn, LongUnaryOperator usualSteps) {
        this.plan = plan;
        this.all = all;
        this.members = members;
        this.goesOn = goesOn;
        this.usualSteps = usualSteps;
        identity = identity();
    }

    /**
     * Learns every network, or what a checkpoint says is left of them.
     *
     * @param data what the model remembers of its examples, such as a file's name
     * @param from the name of the model that the run goes on with, or null
     * @return the model as it is stored
     */
    Trained<Model> carryOut(
            Function<TaskRecipe, Rounds> rounds,
            List<TrainingListener> listeners,
            @Nullable Checkpoints checkpoints,
            Consumer<String> notes,
            String data,
            @Nullable String from)
            throws IOException {
        List<Params> learned = new ArrayList<>();
        RunSettings told = all;
        try (CheckpointedRuns kept = checkpoints == null ? null : kept(checkpoints, notes)) {
            Runs runs = kept == null ? Runs.PLAIN : kept;
            for (int member = 0; member < members; member++) {
                for (TrainingListener listener : listeners) {
                    listener.onRun(member + 1, members, "one network of the ensemble");
                }
                Learned one = learn(member, rounds, runs, listeners, notes);
                learned.add(one.params());
                told = one.run();
            }
        }
        double best = members == 1 ? end.standing().bestLoss() : loss(learned);
        RunReport report = RunReport.of(plan, told, identity, end, best, from);
        Map<String, Object> corpus = new LinkedHashMap<>();
        corpus.put("name", data);
        corpus.put("fingerprint", identity.get("data_fingerprint"));
        corpus.put("examples", identity.get("examples"));
        corpus.put("held_out", identity.get("held_out"));
        Model start = plan.start();
        return new Trained<>(
                new Model(start.networks(), learned.get(0), start.texts(), learned.subList(1, members))
                        .withText("corpus", Json.write(corpus))
                        .withText("run", Json.write(report.figures())),
                report);
    }

    /** The mean of the networks' losses; of those that an earlier process learned nothing else is known any more. */
    private double loss(List<Params> learned) {
        TrainingPlan.Validation validation = plan.validation();
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

    private Learned learn(
            int member,
            Function<TaskRecipe, Rounds> rounds,
            Runs runs,
            List<TrainingListener> listeners,
            Consumer<String> notes) {
        long seed = all.memberSeed(member);
        LengthBuckets batches = batches(seed);
        Rounds how =
                rounds.apply(new TaskRecipe(plan.trainable(), plan.examples(), plan.objective(), batches.rows(), seed));
        long steps = all.length().total(batches.perEpoch(), usualSteps.applyAsLong(batches.perEpoch()));
        TrainingPlan.Validation validation = plan.validation();
        if (validation == null && all.needsValidation()) {
            throw new IllegalArgumentException("expected examples held out to validate, as stopping early, averaging or"
                    + " the schedule goes by their loss; found none: give more examples or `val-fraction`");
        }
        try (Trainer trainer = new Trainer(
                plan.trainable(),
                begin(member, seed),
                all.update().build(steps),
                batches,
                plan.objective(),
                all.trainer(seed).withoutCarriedState())) {
            Training training = new Training(
                            trainer, all.stop().rules(steps, all.length()).perRun(members))
                    .scheduleByLength(all.update().optimizer()::schedule)
                    .average(all.update().average())
                    .rounds(how)
                    .listen(end)
                    .listen(new Divergence(notes));
            listeners.forEach(training::listen);
            listeners.forEach(listener -> listener.onSampler(this::sample));
            if (validation != null) {
                training.validate(validateEvery(steps, batches), () -> validation.with(trainer.library()));
            }
            float[] best = runs.carryOut(trainer, training).clone();
            return new Learned(new Params(plan.start().params().layout(), best), all.withGemm(trainer.gemm()));
        }
    }

    private Sample sample(float[] params) {
        Model start = plan.start();
        Params now = new Params(start.params().layout(), params);
        try {
            return new Sample.Answers(plan.answers().of(new Model(start.networks(), now, start.texts())));
        } catch (IOException e) {
            throw new UncheckedIOException("a run's own model cannot be read", e);
        }
    }

    /** The plan's parameters, or for further networks fresh ones; those of a trained model go on from theirs, or its one. */
    private Params begin(int member, long seed) {
        List<Params> starts = plan.start().ensemble();
        Params begin = starts.get(Math.min(member, starts.size() - 1)).copy();
        if (member > 0 && !goesOn) {
            Network.initialize(plan.start().networks().values(), begin, seed);
        }
        return begin;
    }

    private LengthBuckets batches(long seed) {
        Integer rows = all.data().batch();
        if (rows == null) {
            throw new IllegalStateException("expected a task to say what is usual for a batch");
        }
        return new LengthBuckets(plan.examples(), rows, seed);
    }

    /** After every epoch, or in a short run twelve times. */
    private long validateEvery(long steps, LengthBuckets batches) {
        Long asked = all.stop().every();
        long twelfth = steps > 0 ? Math.max(1, steps / 12) : Long.MAX_VALUE;
        return asked == null ? Math.min(batches.perEpoch(), twelfth) : asked;
    }

    private Map<String, Object> identity() {
        LengthBuckets batches = batches(all.seed());
        TrainingPlan.Validation validation = plan.validation();
        Map<String, Object> identity = new LinkedHashMap<>(plan.settings());
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

    private CheckpointedRuns kept(Checkpoints asked, Consumer<String> notes) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>(plan.start().texts());
        Map<String, Object> settings = new LinkedHashMap<>(identity);
        settings.putAll(all.update().optimizer().identity());
        texts.put("run", Json.write(settings));
        return asked.of(plan.start().networks(), texts, notes);
    }
}
