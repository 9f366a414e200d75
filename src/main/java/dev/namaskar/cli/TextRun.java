package dev.namaskar.cli;

import dev.namaskar.files.Json;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.params.Params;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.Corpus;
import dev.namaskar.text.TextData;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.text.TextValidation;
import dev.namaskar.train.Averaging;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Runs;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.TrainerSettings;
import dev.namaskar.train.Training;
import dev.namaskar.train.TrainingListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    private final Corpus corpus;
    private final TextData data;
    private final CharacterModel start;
    private final TransferOptions transfer;

    /**
     * A run over this text.
     *
     * @param data the corpus made ready
     * @param start the model it begins with, fresh or trained; not changed
     */
    TextRun(RunOptions options, Corpus corpus, TextData data, CharacterModel start, TransferOptions transfer) {
        this.options = options;
        this.corpus = corpus;
        this.data = data;
        this.start = start;
        this.transfer = transfer;
    }

    /** The network that is trained. */
    Network network() {
        return start.network();
    }

    /** Trains until a rule ends it. */
    Outcome train(List<TrainingListener> listeners, Runs runs) {
        Network network = start.network();
        TrainerSettings settings = options.trainer();
        long steps = options.totalSteps(data.batches(), data.reading().defaultSteps(data.batches()));
        double[] judging = new double[1];
        try (Trainer trainer = new Trainer(
                network,
                start.params().copy(),
                transfer.frozen(
                        data.reading().withUsualRate(options.optimizer()).build(steps)),
                data.batches(),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                settings)) {
            TextValidation judge = new TextValidation(network, data, trainer.library());
            Training training = new Training(trainer, options.rules(steps))
                    .scheduleByLength(options::schedule)
                    .average(options.averaging())
                    .validate(options.validateEvery(steps), params -> timed(judge, params, judging));
            RunEnd end = new RunEnd();
            training.listen(end);
            listeners.forEach(training::listen);
            float[] best = runs.carryOut(trainer, training);
            boolean judged = training.standing().bestParams().length > 0;
            return new Outcome(
                    new CharacterModel(network, new Params(network.params(), best), data.vocabulary()),
                    judged ? training.standing().bestLoss() : judge.applyAsDouble(best),
                    end.result(),
                    end.result().seconds() - judging[0]);
        }
    }

    private static double timed(TextValidation judge, float[] params, double[] seconds) {
        long begun = System.nanoTime();
        double loss = judge.applyAsDouble(params);
        seconds[0] += (System.nanoTime() - begun) * 1e-9;
        return loss;
    }

    /** What a checkpoint of this run has beside parameters. */
    Map<String, String> texts() {
        Map<String, String> texts =
                new LinkedHashMap<>(TextModelFile.model(start).texts());
        texts.put("run", Json.write(identity()));
        return texts;
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
        identity.put("optimizer", options.optimizer().name());
        Averaging averaging = options.averaging();
        if (averaging != null) {
            identity.put("average", averaging.spec());
        }
        if (!transfer.freeze.isEmpty()) {
            identity.put("freeze", transfer.freeze);
        }
        return identity;
    }
}
