package dev.namaskar.cli.tasks;

import dev.namaskar.cli.command.RunWatch;
import dev.namaskar.cli.command.TrainCommand;
import dev.namaskar.cli.options.EmbeddingOption;
import dev.namaskar.cli.options.EncodingOption;
import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.NetworkOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.files.ModelFile;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.tasks.Trained;
import dev.namaskar.train.settings.RunSettings;
import dev.namaskar.tune.Tuning;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command has in common that trains a model on a file of examples. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
abstract class TrainTaskCommand<M extends TaskModel, S extends TaskTraining<M, S>> extends TrainCommand<S> {
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

    /** The task's training with the settings that are its own; what is wrong with them is wrong usage. */
    abstract S training(Range range, @Nullable Charset charset, @Nullable Path validating);

    /** Learns the file. */
    abstract Trained<M> fit(S training, Path examples) throws IOException;

    @Override
    protected final List<Path> inputs() {
        return validation == null ? List.of(file) : List.of(file, validation);
    }

    @Override
    protected final S prepare(Range range) throws IOException {
        RunSettings run = run();
        range.effective("--val-fraction", validation == null, "with --validation");
        S training = training(range, encoding.charset(range), validation)
                .run(none -> run)
                .layers(none -> network.layers(range, from() == null))
                .checkpoints(checkpoints())
                .notes(this::note);
        Integer width = embedding.asked(range);
        if (width != null) {
            range.usage(() -> training.embedding(width));
        }
        return from() == null ? training : training.from(from());
    }

    @Override
    protected final Sought<M> sought(Range range) throws IOException {
        Tuning<M> tuning = Tuning.of(name(), () -> each(range).get().notes(note -> {}), training -> fit(training, file))
                .data(file);
        return new Sought<>(
                validation == null ? tuning : tuning.data(validation),
                model -> target -> ModelFile.write(target, model.stored()));
    }

    @Override
    protected final Result train(S training) throws IOException {
        try (RunWatch watch = watch()) {
            watch.listeners().forEach(training::listen);
            Trained<M> trained = fit(training, file);
            Map<String, @Nullable Object> figures =
                    new LinkedHashMap<>(trained.report().figures());
            figures.putAll(trained.report().speed());
            return new Result(target -> ModelFile.write(target, trained.model().stored()), figures, trained.report());
        }
    }
}
