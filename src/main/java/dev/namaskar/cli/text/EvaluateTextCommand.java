package dev.namaskar.cli.text;

import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.EncodingOption;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.UnknownOption;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.Adaptation;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.Score;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.text.TextScorer;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar evaluate text}. */
@Command(
        description = "Measure how well a model predicts a text.",
        footer = {
            "",
            "The text is read as the model was trained: as one stream from a zero state, every character but the first "
                    + "predicted, or, by a model of a list of words, line by line.",
            "Example: namaskar evaluate text play.txt --model play.safetensors --split val"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class EvaluateTextCommand extends ReportingCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "CORPUS",
            description = "Text files, read one after the other; - for standard input.")
    private List<Path> corpora;

    @Option(names = "--model", required = true, paramLabel = "M", description = "A model that train text wrote.")
    private Path model;

    @Option(
            names = "--split",
            defaultValue = "all",
            paramLabel = "all|val",
            description = "The whole text, or the last part, which training of this model held out (all).")
    private String split;

    @Option(
            names = "--val-fraction",
            paramLabel = "X",
            description = "With --split val: the last part is this fraction (what training held out).")
    private @Nullable Double valFraction;

    @Option(
            names = "--read",
            paramLabel = "HOW",
            description = "As a stream, or as words, line by line (as the model was trained).")
    private @Nullable String read;

    @Option(
            names = "--adapt",
            description = "Let the network learn from what it has been scored on, as it goes on (dynamic evaluation): "
                    + "figures of their own, named adapted. The model file stays as it is.")
    private boolean adapt;

    @Mixin
    private EncodingOption encoding;

    @Mixin
    private UnknownOption unknown;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        range.require(split.equals("all") || split.equals("val"), "--split", "all or val", split);
        if (valFraction != null) {
            range.between("--val-fraction", 0, 1, valFraction);
        }
        range.effective("--val-fraction", split.equals("val"), "without --split val");
        range.require(read == null || read.equals("stream") || read.equals("words"), "--read", "stream or words", read);
        UnknownPolicy policy = unknown.policy(range);
        Model stored = ModelFile.read(model).asOne();
        Vocabulary symbols = TextModelFile.vocabulary(model.toString(), stored);
        TextScorer scorer = scorer(stored, symbols);
        try (Corpus corpus =
                Corpus.read(EncodingOption.sources(corpora, range), symbols.unit(), encoding.charset(range))) {
            corpus.notes().forEach(err()::println);
            long from = split.equals("all") ? 0 : corpus.cut(heldOut(stored));
            Reading reading = Reading.named(read == null ? trainedAs(stored) : read);
            print(scorer.score(
                    corpus.encode(symbols, policy, from, corpus.symbols().length()), Objects.requireNonNull(reading)));
        }
        return 0;
    }

    private TextScorer scorer(Model stored, Vocabulary symbols) throws MalformedFileException {
        if (CharacterModel.looksAhead(stored.spec())) {
            err().println("note: this network reads both ways and has seen what it is asked for; its figure compares"
                    + " it with the same network elsewhere, not with others");
        }
        try {
            return adapt
                    ? TextScorer.adapting(
                            stored.network(), stored.params(), symbols, GemmLibrary.best(), Adaptation.USUAL)
                    : TextScorer.of(stored.network(), stored.params(), symbols, GemmLibrary.best());
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(model + ": " + e.getMessage(), e);
        }
    }

    private String trainedAs(Model stored) throws MalformedFileException {
        return Reading.WORDS.label().equals(corpus(stored).get("reading"))
                ? Reading.WORDS.label()
                : Reading.STREAM.label();
    }

    private Map<String, @Nullable Object> corpus(Model stored) throws MalformedFileException {
        return Json.readObject(model + ": corpus", stored.texts().getOrDefault("corpus", "{}"));
    }

    private double heldOut(Model stored) throws MalformedFileException {
        if (valFraction != null) {
            return valFraction;
        }
        double fraction = corpus(stored).get("val_fraction") instanceof Number known
                ? known.doubleValue()
                : Reading.STREAM.defaultValFraction();
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("training held out no part of the text; use --split all,"
                    + " or say with --val-fraction how much of the end to take");
        }
        return fraction;
    }

    private void print(Score score) {
        Map<String, Object> object = new LinkedHashMap<>();
        String kind = adapt ? "adapted_" : "";
        object.put(kind + "nats_per_char", score.natsPerChar());
        object.put(kind + "bits_per_char", score.bitsPerChar());
        object.put(kind + "perplexity", score.perplexity());
        object.put("chars", score.characters());
        print(
                object,
                String.format(
                        Locale.ROOT,
                        "%s%.4f nats per character (%.4f bits, perplexity %.3f) over %d characters",
                        adapt ? "adapting as it reads: " : "",
                        score.natsPerChar(),
                        score.bitsPerChar(),
                        score.perplexity(),
                        score.characters()));
    }
}
