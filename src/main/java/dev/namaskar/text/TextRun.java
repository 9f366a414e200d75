package dev.namaskar.text;

import dev.namaskar.files.Checkpoint;
import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.Json;
import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.Params;
import dev.namaskar.params.Setting;
import dev.namaskar.symbols.VocabularyJson;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.TextData;
import dev.namaskar.text.corpus.TextUnit;
import dev.namaskar.train.Rounds;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.run.Divergence;
import dev.namaskar.train.run.RunEnd;
import dev.namaskar.train.run.Runs;
import dev.namaskar.train.run.Sample;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.RunSettings;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A training run of a character model, network after network where it has several: everything is settled, the data are ready.
 *
 * @param asked with nothing open but what is usual
 * @param plan of a run by time, or null
 * @param begun by {@link System#nanoTime}, when the time began
 * @param starts the models that training begins with, one for each network of an ensemble
 */
record TextRun(
        TextSettings asked,
        @Nullable TextPlan plan,
        long begun,
        List<CharacterModel> starts,
        TextData data,
        Corpus corpus,
        Consumer<String> notes) {
    private static final String PLAN = "plan";
    /** Characters of a sample for those who watch. */
    private static final int SAMPLE = 160;

    /** The plan in the checkpoint that a run goes on with; null where there is none. */
    static @Nullable TextPlan storedPlan(Checkpoints kept) throws IOException {
        if (!kept.resume() || !Files.exists(kept.file())) {
            return null;
        }
        String stored = Checkpoint.read(kept.file()).model().texts().get(PLAN);
        return stored == null ? null : TextPlan.read(kept.file() + ": plan", stored);
    }

    TextReport.Outcome carryOut(
            List<TrainingListener> listeners, @Nullable Checkpoints checkpoints, Function<TextRecipe, Rounds> rounds)
            throws IOException {
        List<Learned> learned = new ArrayList<>();
        RunEnd end = new RunEnd();
        double before = (System.nanoTime() - begun) * 1e-9;
        try (CheckpointedRuns kept = kept(checkpoints)) {
            Runs runs = kept == null ? Runs.PLAIN : kept;
            for (int member = 0; member < starts.size(); member++) {
                for (TrainingListener listener : listeners) {
                    listener.onRun(member + 1, starts.size(), "one network of the ensemble");
                }
                learned.add(learn(member, before / starts.size(), rounds, runs, listeners, end));
            }
        }
        Learned last = learned.get(learned.size() - 1);
        CharacterModel model =
                CharacterModel.ensemble(learned.stream().map(Learned::model).toList());
        double loss = learned.size() == 1 && Double.isFinite(last.loss())
                ? last.loss()
                : new TextValidation(model.network(), data, GemmLibrary.best())
                        .applyAsDouble(model.params().values());
        double validating = learned.stream().mapToDouble(Learned::validating).sum();
        TrainerSettings settings = asked.run().trainer(asked.run().seed()).withGemm(last.gemm());
        return new TextReport.Outcome(model, loss, end.result(), end.seconds() - validating, settings, asked);
    }

    /**
     * A network that was learned.
     *
     * @param loss of its best parameters; infinite where none were validated here
     * @param validating seconds of validation
     * @param gemm the matrix products that were chosen
     */
    private record Learned(CharacterModel model, double loss, double validating, GemmChoice gemm) {}

    /**
     * Learns a network.
     *
     * @param before seconds of its time that were spent on planning
     * @param end told how it ended
     */
    private Learned learn(
            int member,
            double before,
            Function<TextRecipe, Rounds> rounds,
            Runs runs,
            List<TrainingListener> listeners,
            RunEnd end) {
        RunSettings run = asked.run();
        CharacterModel start = starts.get(member);
        long steps = plan != null
                ? plan.steps()
                : run.length().total(data.batches().perEpoch(), data.reading().defaultSteps(data.batches()));
        boolean byPlan = plan != null && plan.endsByTime();
        RunSettings rated = rated();
        OptimizerSpec rule = rated.update().optimizer();
        TrainerSettings settings = run.trainer(run.memberSeed(member));
        TextRecipe recipe = TextRecipe.of(start, data, asked);
        try (Trainer trainer = recipe.trainer(
                start.params().copy(), data.batches(), rated.update().build(steps), settings)) {
            TimedValidation validation =
                    new TimedValidation(() -> new TextValidation(start.network(), data, trainer.library()));
            Training training = new Training(
                            trainer,
                            run.stop().rules(byPlan ? 0 : steps, run.length()).perRun(starts.size()))
                    .rounds(rounds(recipe, rounds))
                    .scheduleByLength(rule::schedule)
                    .average(run.update().average())
                    .validate(rated.validateEvery(steps), validation)
                    .listen(end)
                    .listen(new Divergence(notes));
            if (byPlan) {
                training.plan(steps, before);
            }
            listeners.forEach(training::listen);
            listeners.forEach(listener -> listener.onSampler(this::written));
            float[] best = runs.carryOut(trainer, training);
            return new Learned(
                    new CharacterModel(
                            start.network(), new Params(start.network().params(), best), start.vocabulary()),
                    training.standing().bestLoss(),
                    validation.seconds(),
                    trainer.gemm());
        }
    }

    private CharacterModel start() {
        return starts.get(0);
    }

    /** The beginning of what a model with these parameters writes, the same draws every time. */
    private Sample written(float[] params) {
        Params now = new Params(start().network().params(), params);
        return new Sample.Text(new CharacterModel(start().network(), now, start().vocabulary())
                .generate("", SAMPLE, asked.run().seed()));
    }

    private static Rounds rounds(TextRecipe recipe, Function<TextRecipe, Rounds> rounds) {
        Rounds how = rounds.apply(recipe);
        Setting.require(
                how == Rounds.SINGLE || recipe.vocabulary().pieces() == null,
                "unit",
                "code points or bytes where training goes by rounds",
                TextUnit.label(recipe.vocabulary()));
        return how;
    }

    /** The run with all that holds where nothing is asked for. */
    private RunSettings rated() {
        RunSettings all = asked.run().orElse(TextTraining.USUAL);
        return all.withOptimizer(data.reading().withUsualRate(all.update().optimizer()));
    }

    private @Nullable CheckpointedRuns kept(@Nullable Checkpoints checkpoints) throws IOException {
        if (checkpoints == null) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(TextModelFile.VOCABULARY, VocabularyJson.write(start().vocabulary()));
        texts.put("run", Json.write(identity()));
        if (plan != null) {
            texts.put(PLAN, plan.write());
        }
        return checkpoints.of(start().network(), texts, notes);
    }

    /** What must be the same for a run to go on. */
    private Map<String, Object> identity() {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("text_fingerprint", corpus.fingerprint());
        identity.put("train_symbols", data.train().length());
        identity.put("held_out_symbols", data.heldOut().length());
        identity.put("reading", data.reading().label());
        identity.put("batch", data.batches().rows());
        identity.put("seq_len", data.batches().steps());
        RunSettings.Update update = asked.run().update();
        identity.putAll(rated().update().optimizer().identity());
        identity.putAll(update.identity());
        if (asked.smoothing() > 0) {
            identity.put("smoothing", asked.smoothing());
        }
        if (starts.size() > 1) {
            identity.put("ensemble", starts.size());
        }
        Double minutes = asked.run().length().minutes();
        if (plan != null && minutes != null) {
            identity.put("minutes", minutes);
        }
        return identity;
    }
}
