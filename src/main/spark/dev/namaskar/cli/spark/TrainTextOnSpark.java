package dev.namaskar.cli.spark;

import dev.namaskar.cli.command.RunWatch;
import dev.namaskar.cli.options.EmbeddingOption;
import dev.namaskar.cli.options.NetworkOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.TextReadingOptions;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.ModelFile;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.spark.train.RoundSettings;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.TrainedText;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code train text} on a cluster. */
@Command(name = "text", description = "Learn a text, character by character, on a cluster; --steps are each replica's.")
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class TrainTextOnSpark extends TrainOnSpark<TextTraining> {
    @Parameters(
            arity = "1..*",
            paramLabel = "CORPUS",
            description = "Files of UTF-8, folders or patterns of them: Hadoop paths, read one after the other.")
    private List<String> corpora;

    @Mixin
    private final TextReadingOptions text = new TextReadingOptions();

    @Mixin
    private final NetworkOptions network = new NetworkOptions(RecurrentLayers.USUAL, 1);

    @Mixin
    private final EmbeddingOption embedding = new EmbeddingOption(0);

    TrainTextOnSpark() {
        super(TextTraining.USUAL);
    }

    @Override
    protected TextTraining prepare(Range range) throws IOException {
        rounds.settings(range, RoundSettings::ofText);
        RunSettings run = run();
        TextTraining training = CharacterModel.training()
                .run(none -> run)
                .layers(none -> network.layers(range, from() == null))
                .notes(this::note);
        text.requireNoPieces(range).apply(range, training);
        Integer width = embedding.asked(range);
        if (width != null) {
            training.embedding(width);
        }
        if (from() != null) {
            training.from(from());
        }
        return range.usage(training::check);
    }

    @Override
    protected Result train(TextTraining training) throws IOException {
        Checkpoints kept = Objects.requireNonNull(checkpoints());
        try (RunWatch watch = watch()) {
            watch.listeners().forEach(training::listen);
            TrainedText trained = rounds.training(rounds.settings(range(), RoundSettings::ofText), kept)
                    .notes(this::note)
                    .text(training, corpora.toArray(String[]::new));
            Map<String, @Nullable Object> figures =
                    new LinkedHashMap<>(trained.report().figures());
            figures.putAll(trained.report().speed());
            return new Result(
                    target -> ModelFile.write(target, TextModelFile.model(trained.model())), figures, trained.report());
        }
    }
}
