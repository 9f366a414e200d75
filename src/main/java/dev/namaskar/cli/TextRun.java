package dev.namaskar.cli;

import dev.namaskar.io.Checkpoint;
import dev.namaskar.io.CheckpointFile;
import dev.namaskar.io.Json;
import dev.namaskar.io.TextModelFile;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.params.Params;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextData;
import dev.namaskar.text.TextValidation;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.TrainerSettings;
import dev.namaskar.train.Training;
import dev.namaskar.train.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One training run over a text, from options to the best model. */
final class TextRun {
    /**
     * What came of it.
     *
     * @param model the best model by validation
     * @param loss its validation loss, in nats per character
     * @param result how the run ended
     * @param seconds of training, validations left out
     */
    record Outcome(CharacterModel model, double loss, Training.Result result, double seconds) {}

    private final RunOptions options;
    private final TextData data;
    private final Network network;
    private final Path checkpoint;
    private final PrintWriter err;

    /**
     * A run.
     *
     * @param checkpoint where checkpoints go and come from
     * @param err where notes go
     */
    TextRun(RunOptions options, TextData data, Network network, Path checkpoint, PrintWriter err) {
        this.options = options;
        this.data = data;
        this.network = network;
        this.checkpoint = checkpoint;
        this.err = err;
    }

    /** Trains until a rule ends it. */
    Outcome train(List<TrainingListener> listeners) throws IOException {
        TrainerSettings settings = options.trainer();
        long steps = options.totalSteps(data.batches(), data.reading().defaultSteps(data.batches()));
        double[] judging = new double[1];
        try (Trainer trainer = new Trainer(
                network,
                network.initialize(options.seed),
                options.optimizer(steps, data.reading().defaultLearningRate()),
                data.batches(),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                settings)) {
            TextValidation judge = new TextValidation(network, data, trainer.library());
            Training training = new Training(trainer, options.rules(steps))
                    .scheduleByLength(options::schedule)
                    .validate(options.validateEvery(steps), params -> timed(judge, params, judging));
            listeners.forEach(training::listen);
            Training.Result result = kept(trainer, training);
            boolean judged = training.standing().bestParams().length > 0;
            float[] best =
                    judged ? training.standing().bestParams() : trainer.params().values();
            return new Outcome(
                    new CharacterModel(network, new Params(network.params(), best), data.vocabulary()),
                    judged ? training.standing().bestLoss() : judge.applyAsDouble(best),
                    result,
                    result.seconds() - judging[0]);
        }
    }

    private static double timed(TextValidation judge, float[] params, double[] seconds) {
        long begun = System.nanoTime();
        double loss = judge.applyAsDouble(params);
        seconds[0] += (System.nanoTime() - begun) * 1e-9;
        return loss;
    }

    /** Runs between checkpoints, where they are asked for. */
    private Training.Result kept(Trainer trainer, Training training) throws IOException {
        if (!options.resume && options.checkpointEvery == null) {
            return training.run();
        }
        Map<String, String> texts = new LinkedHashMap<>(
                TextModelFile.model(new CharacterModel(network, trainer.params(), data.vocabulary()))
                        .texts());
        texts.put("run", Json.write(identity()));
        try (CheckpointFile file = CheckpointFile.open(checkpoint, network, texts)) {
            if (options.resume) {
                resume(trainer, training, file.last());
            }
            if (options.checkpointEvery != null) {
                training.checkpoint(options.checkpointEvery, file);
            }
            return training.run();
        }
    }

    private void resume(Trainer trainer, Training training, @Nullable Checkpoint last) {
        if (last == null) {
            err.println("no checkpoint " + checkpoint + " yet: starting at the beginning");
            return;
        }
        trainer.restore(last.snapshot());
        training.resume(last.standing());
        err.println("going on from step " + last.snapshot().step() + " of " + checkpoint);
    }

    /** What must be the same for a run to go on. */
    private Map<String, Object> identity() {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("train_symbols", data.train().length());
        identity.put("held_out_symbols", data.heldOut().length());
        identity.put("reading", data.reading().label());
        identity.put("batch", data.batches().rows());
        identity.put("seq_len", data.batches().steps());
        identity.put("optimizer", options.optimizer);
        return identity;
    }
}
