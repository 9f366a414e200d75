package dev.namaskar.cli;

import dev.namaskar.io.AtomicFile;
import dev.namaskar.io.CheckpointedRuns;
import dev.namaskar.io.Json;
import dev.namaskar.io.ModelFile;
import dev.namaskar.io.TextModelFile;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.text.Bigrams;
import dev.namaskar.text.Corpus;
import dev.namaskar.text.Reading;
import dev.namaskar.text.TextData;
import dev.namaskar.text.Unit;
import dev.namaskar.text.Vocabulary;
import dev.namaskar.train.Runs;
import dev.namaskar.train.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code namaskar train text}. */
@Command(
        description = "Learn a text, character by character.",
        footer = {
            "",
            "A text is read as --batch streams side by side, --seq-len characters at a time, and its last tenth is "
                    + "held out to validate. A list of words (a word a line, or a few lines or words each named once) "
                    + "is learnt whole, every word from its first letter.",
            "Example: namaskar train text play.txt --out play.safetensors --cell lstm --hidden 256 --steps 2000"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class TrainTextCommand implements Callable<Integer> {
    /** Counting pairs of neighbours takes a while and some memory; beyond this the baseline is left out. */
    private static final long MOST_FOR_BIGRAMS = 20_000_000;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "CORPUS", description = "UTF-8 text files, read one after the other.")
    private List<Path> corpora;

    @Option(names = "--out", required = true, paramLabel = "M", description = "Where the model goes (safetensors).")
    private Path out;

    @Mixin
    private NetworkOptions network;

    @Option(
            names = "--embedding",
            defaultValue = "0",
            paramLabel = "N",
            description = "Length of a learned vector for each symbol; 0 feeds symbols one-hot (0).")
    private int embedding;

    @Mixin
    private final RunOptions run = new RunOptions("cosine", 5);

    @Mixin
    private KeepOptions keep;

    @Option(names = "--batch", paramLabel = "B", description = "Streams side by side (32; fewer for a short text).")
    private @Nullable Integer batch;

    @Option(names = "--seq-len", paramLabel = "T", description = "Steps between updates (64; fewer for a short text).")
    private @Nullable Integer seqLen;

    @Option(
            names = "--val-fraction",
            paramLabel = "X",
            description = "Part at the end to hold out (0.1; 0 for a list of words).")
    private @Nullable Double valFraction;

    @Option(
            names = "--unit",
            defaultValue = "codepoint",
            paramLabel = "UNIT",
            description = "One symbol is a codepoint or a byte (codepoint).")
    private String unit;

    @Option(
            names = "--read",
            defaultValue = "auto",
            paramLabel = "HOW",
            description = "As a stream, as words, or auto (auto).")
    private String read;

    @Option(names = "--json", description = "Print one JSON object at the end.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        check(new Range(spec));
        keep.refuseToOverwrite(corpora);
        try (AtomicFile target = Outputs.openModel(out, corpora);
                Corpus corpus = Corpus.read(corpora, Unit.of(unit))) {
            Vocabulary vocabulary = corpus.vocabulary();
            Reading reading = Reading.of(read, corpus);
            TextData data =
                    TextData.of(corpus, vocabulary, new TextData.Wish(reading, valFraction, batch, seqLen, run.seed));
            PrintWriter err = spec.commandLine().getErr();
            err.println(describe(corpus, data));
            double bigrams = bigrams(data);
            NetworkSpec input = NetworkSpec.tokens(vocabulary.size());
            NetworkSpec layers = network.on(embedding > 0 ? input.embedding(embedding) : input)
                    .dense(vocabulary.size());
            TextRun.Outcome outcome = train(data, layers);
            ModelFile.write(
                    target,
                    TextModelFile.model(outcome.model())
                            .withText("corpus", Json.write(origin(corpus, data)))
                            .withText("run", Json.write(figures(data, outcome, bigrams))));
            print(data, outcome, bigrams);
        }
        return 0;
    }

    private void check(Range range) {
        network.check(range);
        run.check(range);
        keep.check(range);
        range.atLeast("--embedding", 0, embedding);
        range.atLeast("--batch", 1, batch);
        range.atLeast("--seq-len", 1, seqLen);
        if (valFraction != null) {
            range.between("--val-fraction", 0, 1, valFraction);
        }
        range.usage("--unit", () -> Unit.of(unit));
        range.require(List.of("auto", "stream", "words").contains(read), "--read", "auto, stream or words", read);
    }

    private static String describe(Corpus corpus, TextData data) {
        String held = data.heldOut().length() == 0
                ? "nothing held out"
                : String.format(Locale.ROOT, "the last %s %% held out", percent(data.valFraction()));
        return String.format(
                Locale.ROOT,
                "%s: %d characters, %d symbols, read as %s, %s, batch %d, sequence length %d",
                corpus.name(),
                corpus.characters(),
                data.vocabulary().size(),
                data.reading() == Reading.WORDS ? "a list of words" : "a stream",
                held,
                data.batches().rows(),
                data.batches().steps());
    }

    private static String percent(double fraction) {
        double percent = Math.round(fraction * 1e4) / 1e2;
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }

    /** Nats per character of character bigrams, not a number where there is nothing to measure it on. */
    private static double bigrams(TextData data) {
        long heldOut = data.heldOut().length();
        if (heldOut < 2
                || data.train().length() > MOST_FOR_BIGRAMS
                || data.vocabulary().unit() == Unit.BYTE) {
            return Double.NaN;
        }
        return Bigrams.count(data.train(), data.vocabulary().size()).nats(data.heldOut());
    }

    private TextRun.Outcome train(TextData data, NetworkSpec layers) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        TextRun training = new TextRun(run, data, layers.build());
        List<TrainingListener> listeners = new ArrayList<>();
        try (ProgressReport report = new ProgressReport(err);
                TrainingLog log = keep.log();
                CheckpointedRuns runs = keep.runs(out, training.network(), training.texts(), err)) {
            listeners.add(report);
            if (log != null) {
                listeners.add(log);
            }
            return training.train(listeners, runs == null ? Runs.PLAIN : runs);
        }
    }

    private static Map<String, Object> origin(Corpus corpus, TextData data) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("name", corpus.name());
        origin.put("characters", corpus.characters());
        origin.put("val_fraction", data.valFraction());
        origin.put("reading", data.reading().label());
        return origin;
    }

    /** What was asked for and what came of it, as the peers name it. */
    private Map<String, @Nullable Object> figures(TextData data, TextRun.Outcome outcome, double bigrams) {
        boolean validated = data.heldOut().length() > 0;
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("cell", network.cell);
        figures.put("order", network.order);
        figures.put("hidden", network.hidden);
        figures.put("layers", network.layers);
        figures.put("batch", data.batches().rows());
        figures.put("seq_len", data.batches().steps());
        figures.put("seed", run.seed);
        figures.put("steps", outcome.result().steps());
        figures.put("train_nats", rounded(outcome.result().trainLoss(), 4));
        figures.put("val_nats", validated ? rounded(outcome.loss(), 4) : null);
        figures.put("val_bpc", validated ? rounded(outcome.loss() / Math.log(2), 4) : null);
        figures.put("bigram_nats", Double.isNaN(bigrams) ? null : rounded(bigrams, 4));
        figures.put("ended", outcome.result().reason());
        return figures;
    }

    /** How fast it was: told, but not stored, so that the same run leaves the same bytes. */
    private void addSpeed(Map<String, @Nullable Object> figures, TextData data, TextRun.Outcome outcome) {
        double perStep = outcome.result().medianStepSeconds();
        figures.put("threads", run.trainer().threads());
        figures.put("ms_per_step", rounded(perStep * 1e3, 3));
        figures.put(
                "chars_per_s", rounded(data.batches().rows() * data.batches().steps() / perStep, 0));
        figures.put("seconds", rounded(outcome.seconds(), 2));
    }

    private static @Nullable Double rounded(double number, int digits) {
        double scale = Math.pow(10, digits);
        return Double.isFinite(number) ? Math.round(number * scale) / scale : null;
    }

    private void print(TextData data, TextRun.Outcome outcome, double bigrams) {
        PrintWriter results = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> object = figures(data, outcome, bigrams);
            addSpeed(object, data, outcome);
            object.put("model", out.toString());
            results.println(Json.write(object));
            return;
        }
        String validation = data.heldOut().length() == 0
                ? String.format(Locale.ROOT, "training %.4f nats per character", outcome.loss())
                : String.format(
                        Locale.ROOT,
                        "validation %.4f nats per character (%.4f bits)",
                        outcome.loss(),
                        outcome.loss() / Math.log(2));
        String baseline = Double.isNaN(bigrams) ? "" : String.format(Locale.ROOT, ", bigrams %.4f", bigrams);
        results.println(String.format(
                Locale.ROOT,
                "%s: %s%s; %d steps in %.1f s",
                out,
                validation,
                baseline,
                outcome.result().steps(),
                outcome.seconds()));
    }
}
