package dev.namaskar.text;

import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.files.Json;
import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.symbols.VocabularyJson;
import dev.namaskar.train.Averaging;
import dev.namaskar.train.EarlyStop;
import dev.namaskar.train.Objective;
import dev.namaskar.train.RunEnd;
import dev.namaskar.train.RunLength;
import dev.namaskar.train.Runs;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.TrainerSettings;
import dev.namaskar.train.Training;
import dev.namaskar.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A character model's training, from a text to a model: what is not said is chosen from the text, by the same code for
 * the command line and for programs, which therefore make the same bits of the same settings.
 *
 * <pre>{@code
 * CharacterModel model = CharacterModel.training().cell("gru").hidden(256).minutes(1).listen(progress).on(Path.of("play.txt"));
 * }</pre>
 */
public final class TextTraining {
    /** How the learning rate changes where nothing is asked for. */
    public static final String USUAL_SCHEDULE = "cosine";
    /** The largest global norm of a gradient where nothing is asked for. */
    public static final double USUAL_CLIP = 5;

    private final List<TrainingListener> listeners = new ArrayList<>();
    private final List<String> freeze = new ArrayList<>();
    private RecurrentLayers layers = RecurrentLayers.USUAL;
    private @Nullable Integer embedding;
    private @Nullable Unit unit;
    private TextData.Wish data = TextData.Wish.NONE;
    private RunLength length = RunLength.USUAL;
    private EarlyStop stop = EarlyStop.NONE;
    private OptimizerSpec optimizer = OptimizerSpec.parse("adam");
    private @Nullable Averaging averaging;
    private int threads = TrainerSettings.usualThreads();
    private @Nullable GemmChoice gemm;
    private @Nullable EarlierModel earlier;
    private Consumer<String> notes = note -> {};
    private @Nullable Checkpoints checkpoints;

    /** Where checkpoints go. */
    private record Checkpoints(Path file, long every, boolean resume) {}

    TextTraining() {}

    /** With layers of this cell: rnn (tanh, the usual one), gru, lstm, or one's own. */
    public TextTraining cell(String name) {
        return layers(l -> l.withCell(name));
    }

    /** With so many units in each layer. */
    public TextTraining hidden(int units) {
        return layers(l -> l.withHidden(units));
    }

    /** Other settings of the recurrent layers. */
    public TextTraining layers(UnaryOperator<RecurrentLayers> change) {
        layers = change.apply(layers);
        return this;
    }

    /** Learns a vector of this length for each symbol; 0, the usual, feeds symbols one-hot. */
    public TextTraining embedding(int width) {
        if (width < 0) {
            throw new IllegalArgumentException("`embedding`: expected a whole number >= 0, found " + width);
        }
        embedding = width;
        return this;
    }

    /** What one symbol is; usually a code point. */
    public TextTraining unit(Unit symbol) {
        unit = symbol;
        return this;
    }

    /** As a stream or as a list of words; usually as suits the text. */
    public TextTraining reading(Reading how) {
        return data(wish -> wish.withReading(how));
    }

    /** Other settings of how the text is read and cut. */
    public TextTraining data(UnaryOperator<TextData.Wish> change) {
        data = change.apply(data);
        return this;
    }

    /** So many steps at most. */
    public TextTraining steps(long count) {
        return length(new RunLength(count, length.epochs(), length.minutes()));
    }

    /** So many minutes at most. */
    public TextTraining minutes(double limit) {
        return length(new RunLength(length.steps(), length.epochs(), limit));
    }

    /** How long the run is. */
    public TextTraining length(RunLength run) {
        length = run;
        return this;
    }

    /** Ends early by the validation loss, and keeps the best parameters. */
    public TextTraining stop(EarlyStop rule) {
        stop = rule;
        return this;
    }

    /** The optimizer by its name, with settings behind a colon: {@code adam:lr=0.004,clip=1}. */
    public TextTraining optimizer(String spec) {
        return optimizer(OptimizerSpec.parse(spec));
    }

    /** The optimizer; of what it leaves open, learning rate, clip and schedule are the usual ones. */
    public TextTraining optimizer(OptimizerSpec spec) {
        optimizer = spec;
        return this;
    }

    /** With this learning rate. */
    public TextTraining learningRate(double rate) {
        return optimizer(optimizer.and("lr", rate));
    }

    /** Keeps and validates a mean of the weights; null, the usual, keeps the weights themselves. */
    public TextTraining average(@Nullable Averaging rule) {
        averaging = rule;
        return this;
    }

    /** The start of everything drawn at random; usually 1. */
    public TextTraining seed(long start) {
        return data(wish -> wish.withSeed(start));
    }

    /** So many worker threads, each with its part of every batch; usually the processors, at most 8. */
    public TextTraining threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("`threads`: expected a whole number >= 1, found " + count);
        }
        threads = count;
        return this;
    }

    /** With these matrix products; null, the usual, for what is fastest here or, in a resumed run, what it began with. */
    public TextTraining gemm(@Nullable GemmChoice choice) {
        gemm = choice;
        return this;
    }

    /**
     * Goes on with a trained model: a new run, whose network is the model's, and whose vocabulary grows by the symbols
     * that are new.
     */
    public TextTraining from(CharacterModel trained) {
        earlier = new EarlierModel(trained, "the model given", "a model");
        return this;
    }

    /** Goes on with the model in a file. */
    public TextTraining from(Path model) throws IOException {
        earlier = new EarlierModel(CharacterModel.read(model), model.toString(), String.valueOf(model.getFileName()));
        return this;
    }

    /** Leaves parameters alone whose names fit a pattern, such as {@code rnn.*}. */
    public TextTraining freeze(String... patterns) {
        freeze.addAll(List.of(patterns));
        return this;
    }

    /** Adds somebody who watches. */
    public TextTraining listen(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Told what was found and decided, a sentence each. */
    public TextTraining notes(Consumer<String> to) {
        notes = to;
        return this;
    }

    /**
     * Stores all that a run needs to go on.
     *
     * @param file that is replaced each time
     * @param every so many steps; 0 for only where a listener asks the run to stop
     * @param resume whether to go on from the file, if it is there
     */
    public TextTraining checkpoints(Path file, long every, boolean resume) {
        checkpoints = new Checkpoints(file, every, resume);
        return this;
    }

    /** What one symbol of the text will be: as asked for, or as the earlier model has it. */
    public Unit unit() {
        return earlier == null ? (unit == null ? Unit.CODEPOINT : unit) : earlier.unit(unit);
    }

    /**
     * Checks that what is asked for agrees with the model that the run goes on with.
     *
     * @throws IllegalArgumentException naming the setting that does not
     */
    public TextTraining check() {
        if (earlier != null) {
            earlier.unit(unit);
            earlier.agreeing(layers, embedding);
        }
        return this;
    }

    /** Learns files, one after the other. */
    public CharacterModel on(Path first, Path... more) throws IOException {
        try (Corpus corpus =
                Corpus.read(Stream.concat(Stream.of(first), Stream.of(more)).toList(), unit())) {
            return fit(corpus).model();
        }
    }

    /** Learns a text. */
    public CharacterModel on(String text) {
        try (Corpus corpus = Corpus.of(text, unit())) {
            return fit(corpus).model();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Learns a corpus, which must have been read by {@link #unit()}. */
    public CharacterModel on(Corpus corpus) throws IOException {
        return fit(corpus).model();
    }

    /**
     * Learns a corpus and reports on it.
     *
     * @throws IllegalArgumentException if the corpus is too short for what is asked for, or settings disagree
     * @throws IOException if a checkpoint cannot be read or written
     * @throws dev.namaskar.train.RunStoppedException if a listener asked to stop, and checkpoints are kept
     */
    public TrainedText fit(Corpus corpus) throws IOException {
        CharacterModel start = start(corpus.vocabulary());
        TextData ready = TextData.of(corpus, start.vocabulary(), data);
        corpus.notes().forEach(notes);
        if (earlier != null) {
            notes.accept(earlier.describe(start));
        }
        notes.accept(ready.describe(corpus));
        TextReport.Outcome outcome = run(start, ready, corpus);
        Map<String, @Nullable Object> from = earlier == null ? Map.of() : earlier.figures(start);
        TextReport report = new TextReport(corpus, ready, outcome, from);
        return new TrainedText(outcome.model().withOrigin(report.texts()), report);
    }

    /** The model that training begins with; it knows all these symbols. */
    private CharacterModel start(Vocabulary symbols) {
        return earlier == null
                ? CharacterModel.fresh(layers, embedding == null ? 0 : embedding, symbols, data.seed())
                : earlier.start(earlier.agreeing(layers, embedding), symbols);
    }

    /** The optimizer with all that holds in this run. */
    private OptimizerSpec rule(TextData ready) {
        return ready.reading()
                .withUsualRate(optimizer.orElse("clip", USUAL_CLIP).orElse("schedule", USUAL_SCHEDULE));
    }

    private TextReport.Outcome run(CharacterModel start, TextData ready, Corpus corpus) throws IOException {
        long steps = length.total(ready.batches().perEpoch(), ready.reading().defaultSteps(ready.batches()));
        OptimizerSpec rule = rule(ready);
        Optimizer built = rule.build(steps).freeze(freeze.toArray(String[]::new));
        TrainerSettings settings = TrainerSettings.of(threads, data.seed()).withGemm(gemm);
        try (Trainer trainer = new Trainer(
                        start.network(),
                        start.params().copy(),
                        built,
                        ready.batches(),
                        () -> Objective.of(new SoftmaxCrossEntropy()),
                        settings);
                CheckpointedRuns kept = kept(start, ready, corpus)) {
            TimedValidation validation =
                    new TimedValidation(() -> new TextValidation(start.network(), ready, trainer.library()));
            RunEnd end = new RunEnd();
            boolean looksBack = (averaging != null && averaging.lookback() > 0)
                    || rule.schedule(Math.max(1, steps)).listens();
            Training training = new Training(trainer, stop.rules(steps, length))
                    .scheduleByLength(rule::schedule)
                    .average(averaging)
                    .validate(stop.every(steps, looksBack), validation)
                    .listen(end);
            listeners.forEach(training::listen);
            float[] best = (kept == null ? Runs.PLAIN : kept).carryOut(trainer, training);
            boolean scored = training.standing().bestParams().length > 0;
            return new TextReport.Outcome(
                    new CharacterModel(
                            start.network(), new Params(start.network().params(), best), start.vocabulary()),
                    scored ? training.standing().bestLoss() : validation.applyAsDouble(best),
                    end.result(),
                    end.result().seconds() - validation.seconds(),
                    settings.withGemm(trainer.gemm()));
        }
    }

    private @Nullable CheckpointedRuns kept(CharacterModel start, TextData ready, Corpus corpus) throws IOException {
        Checkpoints asked = checkpoints;
        if (asked == null) {
            return null;
        }
        Map<String, String> texts = Map.of(
                TextModelFile.VOCABULARY,
                VocabularyJson.write(start.vocabulary()),
                "run",
                Json.write(identity(ready, corpus)));
        return asked.every() == 0 && !asked.resume()
                ? CheckpointedRuns.ifStopped(asked.file(), start.network(), texts)
                : CheckpointedRuns.open(asked.file(), start.network(), texts, asked.every(), asked.resume(), notes);
    }

    /** What must be the same for a run to go on. */
    private Map<String, Object> identity(TextData ready, Corpus corpus) {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("text_fingerprint", corpus.fingerprint());
        identity.put("train_symbols", ready.train().length());
        identity.put("held_out_symbols", ready.heldOut().length());
        identity.put("reading", ready.reading().label());
        identity.put("batch", ready.batches().rows());
        identity.put("seq_len", ready.batches().steps());
        identity.putAll(rule(ready).identity());
        if (averaging != null) {
            identity.put("average", averaging.spec());
        }
        if (!freeze.isEmpty()) {
            identity.put("freeze", freeze);
        }
        return identity;
    }
}
