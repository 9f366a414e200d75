package dev.namaskar.cli.text;

import dev.namaskar.cli.command.RunWatch;
import dev.namaskar.cli.command.TrainCommand;
import dev.namaskar.cli.options.EmbeddingOption;
import dev.namaskar.cli.options.EncodingOption;
import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.NetworkOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.TextReadingOptions;
import dev.namaskar.cli.options.VariationalDropoutOptions;
import dev.namaskar.files.ModelFile;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.TrainedText;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.train.settings.RunSettings;
import dev.namaskar.tune.Tuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar train text}. */
@Command(
        description = "Learn a text, character by character.",
        footer = {
            "",
            "A text is read as --batch streams side by side, --seq-len characters at a time, and its last tenth is "
                    + "held out to validate. A list of words (a word a line, or a few lines or words each named once) "
                    + "is learnt whole, every word from its first letter.",
            "With --minutes and neither --steps nor --epochs, what is left out suits the time, the text and this"
                    + " machine, whose speed is measured first: networks, cell, size, layers, dropout, batch, rate,"
                    + " averaging.",
            "Example: namaskar train text play.txt --out play.safetensors --cell lstm --hidden 256 --steps 2000"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class TrainTextCommand extends TrainCommand<TextTraining> {
    @Parameters(
            arity = "1..*",
            paramLabel = "CORPUS",
            description = "Text files, read one after the other; - for standard input.")
    private List<Path> corpora;

    @Mixin
    private EncodingOption encoding;

    @Mixin
    private final TextReadingOptions text = new TextReadingOptions();

    @Mixin
    private final NetworkOptions network = new NetworkOptions(RecurrentLayers.USUAL, 1);

    @Mixin
    private final EmbeddingOption embedding = new EmbeddingOption(0);

    @Mixin
    private final VariationalDropoutOptions variational = new VariationalDropoutOptions();

    @Heading(Heading.TRAINING)
    @Option(
            names = "--smoothing",
            paramLabel = "X",
            description = "Label smoothing: the part of a right symbol that all symbols share (0).")
    private double smoothing;

    @Heading(Heading.TRAINING)
    @Option(
            names = "--ensemble",
            paramLabel = "N",
            description = "Networks, alike but for their seeds, whose logits are averaged (1; with --minutes as many as"
                    + " suit).")
    private @Nullable Integer members;

    /** With what is usual for texts. */
    public TrainTextCommand() {
        super(TextTraining.USUAL);
    }

    @Override
    protected List<Path> inputs() {
        return EncodingOption.files(corpora);
    }

    @Override
    protected TextTraining prepare(Range range) throws IOException {
        RunSettings run = run();
        TextTraining training = CharacterModel.training()
                .run(none -> run)
                .layers(none -> network.layers(range, from() == null))
                .dropout(variational.asked(range))
                .checkpoints(checkpoints())
                .notes(this::note);
        text.apply(range, training);
        range.usage(() -> training.smoothing(smoothing));
        Integer networks = members;
        if (networks != null) {
            range.usage(() -> training.ensemble(networks));
        }
        Integer width = embedding.asked(range);
        if (width != null) {
            training.embedding(width);
        }
        if (from() != null) {
            training.from(from());
        }
        return range.usage(training::check);
    }

    private Corpus read(TextTraining training) throws IOException {
        return Corpus.read(EncodingOption.sources(corpora, range()), training.unit(), encoding.charset(range()));
    }

    @Override
    protected Sought<CharacterModel> sought(Range range) throws IOException {
        Corpus corpus = read(prepare(range));
        return new Sought<>(
                Tuning.text(() -> each(range).get().notes(note -> {}), corpus),
                model -> target -> ModelFile.write(target, TextModelFile.model(model)),
                corpus::close);
    }

    @Override
    protected Result train(TextTraining training) throws IOException {
        try (Corpus corpus = read(training);
                RunWatch watch = watch()) {
            watch.listeners().forEach(training::listen);
            TrainedText trained = training.fit(corpus);
            Map<String, @Nullable Object> figures =
                    new LinkedHashMap<>(trained.report().figures());
            figures.putAll(trained.report().speed());
            return new Result(
                    target -> ModelFile.write(target, TextModelFile.model(trained.model())), figures, trained.report());
        }
    }
}
