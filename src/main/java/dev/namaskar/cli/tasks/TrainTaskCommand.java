package dev.namaskar.cli.tasks;

import dev.namaskar.cli.command.RunWatch;
import dev.namaskar.cli.command.TrainCommand;
import dev.namaskar.cli.options.EmbeddingOption;
import dev.namaskar.cli.options.EncodingOption;
import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.NetworkOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.ModelFile;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.tasks.Trained;
import dev.namaskar.train.settings.RunSettings;
import dev.namaskar.tune.Tuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command has in common that trains a model on a file of examples. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public abstract class TrainTaskCommand<M extends TaskModel, S extends TaskTraining<M, S>> extends TrainCommand<S> {
    @Parameters(paramLabel = "FILE", description = "The examples to learn from.")
    private Path file;

    @Mixin
    private EncodingOption encoding;

    @Heading(Heading.DATA)
    @Option(
            names = "--validation",
            paramLabel = "FILE",
            description = "Validate on the examples of this file, instead of part of those to learn from.")
    private @Nullable Path validation;

    private @Nullable Elsewhere elsewhere;

    @Mixin
    private final NetworkOptions network;

    @Mixin
    private final EmbeddingOption embedding;

    /** @param usual a training of which nothing is asked, whose settings the help page shows */
    TrainTaskCommand(S usual) {
        super(usual.usualRun());
        network = new NetworkOptions(usual.usualLayers(), 1);
        embedding = new EmbeddingOption(usual.usualEmbedding());
    }

    /** Who learns in the place of this process. */
    public interface Elsewhere {
        /** Refuses what cannot be meant by its own options. */
        void check(Range range);

        /**
         * Learns what a command reads, as its options ask.
         *
         * @param here what holds for this process alone: who watches and is told
         */
        <M extends TaskModel, S extends TaskTraining<M, S>> Trained<M> fit(
                TrainTaskCommand<M, S> command, List<Path> files, @Nullable Checkpoints kept, UnaryOperator<S> here)
                throws IOException;
    }

    /** Has somebody else learn. */
    public final void learnBy(Elsewhere who) {
        elsewhere = who;
    }

    /** Learns as the options ask, by a training that goes through this first. */
    public final Trained<M> fit(UnaryOperator<S> placed) throws IOException {
        return placed.apply(prepare(range())).fit(file);
    }

    /** The task's training with the settings that are its own; what is wrong with them is wrong usage. */
    abstract S training(Range range);

    @Override
    protected final List<Path> inputs() {
        return validation == null ? List.of(file) : List.of(file, validation);
    }

    /** All files that the training is made of. */
    private List<Path> travelling() {
        return Stream.concat(inputs().stream(), Stream.ofNullable(from())).toList();
    }

    @Override
    protected final S prepare(Range range) throws IOException {
        RunSettings run = run();
        if (elsewhere != null) {
            elsewhere.check(range);
        }
        range.effective("--val-fraction", validation == null, "with --validation");
        S training = training(range)
                .encoding(encoding.charset(range))
                .validateOn(validation)
                .run(none -> run)
                .layers(none -> network.layers(range, from() == null))
                .checkpoints(checkpoints());
        Integer width = embedding.asked(range);
        if (width != null) {
            range.usage(() -> training.embedding(width));
        }
        return from() == null ? training : training.from(from());
    }

    @Override
    protected final Sought<M> sought(Range range) throws IOException {
        Tuning<M> tuning =
                Tuning.of(name(), each(range), training -> training.fit(file)).data(file);
        return new Sought<>(
                validation == null ? tuning : tuning.data(validation),
                model -> target -> ModelFile.write(target, model.stored()));
    }

    @Override
    protected final Result train(S training) throws IOException {
        try (RunWatch watch = watch()) {
            UnaryOperator<S> here = told -> {
                watch.listeners().forEach(told::listen);
                return told.notes(this::note);
            };
            Trained<M> trained = elsewhere == null
                    ? here.apply(training).fit(file)
                    : elsewhere.fit(this, travelling(), checkpoints(), here);
            Map<String, @Nullable Object> figures =
                    new LinkedHashMap<>(trained.report().figures());
            figures.putAll(trained.report().speed());
            return new Result(target -> ModelFile.write(target, trained.model().stored()), figures, trained.report());
        }
    }
}
