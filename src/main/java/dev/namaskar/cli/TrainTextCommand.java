package dev.namaskar.cli;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.files.Json;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.Corpus;
import dev.namaskar.text.Reading;
import dev.namaskar.text.TextData;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.train.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "CORPUS",
            description = "Text files, read one after the other; - for standard input.")
    private List<Path> corpora;

    @Option(names = "--out", required = true, paramLabel = "M", description = "Where the model goes (safetensors).")
    private Path out;

    @Mixin
    private NetworkOptions network;

    @Mixin
    private final RunOptions run = new RunOptions("cosine", 5);

    @Mixin
    private KeepOptions keep;

    @Mixin
    private TransferOptions transfer;

    @Mixin
    private OutputOptions output;

    @Option(names = "--batch", paramLabel = "B", description = "Streams side by side (32; fewer for a short text).")
    private @Nullable Integer batch;

    @Option(names = "--seq-len", paramLabel = "T", description = "Steps between updates (64; fewer for a short text).")
    private @Nullable Integer seqLen;

    @Option(
            names = "--val-fraction",
            paramLabel = "X",
            description = "Part at the end to hold out (0.1; 0 for a list of words).")
    private @Nullable Double valFraction;

    @Mixin
    private EncodingOption encoding;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            description = "One symbol is a codepoint or a byte (codepoint, or as the model of --from).")
    private @Nullable String unit;

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
        Range range = new Range(spec);
        check(range);
        Outputs outputs = output.reading(EncodingOption.files(corpora));
        outputs.claim(out, ModelFile.KIND);
        keep.claim(outputs.alsoReading(transfer.from), out);
        TextStart start = new TextStart(network, transfer.from, range);
        try (AtomicFile target = AtomicFile.open(out);
                Corpus corpus = Corpus.read(
                        EncodingOption.sources(corpora, range), start.unit(unit), encoding.charset(range))) {
            CharacterModel model = start.model(corpus.vocabulary(), run.seed);
            Reading reading = Reading.named(read);
            TextData data = TextData.of(
                    corpus, model.vocabulary(), new TextData.Wish(reading, valFraction, batch, seqLen, run.seed));
            TextReport report = new TextReport(corpus, data);
            corpus.notes().forEach(spec.commandLine().getErr()::println);
            start.describe(model).ifPresent(spec.commandLine().getErr()::println);
            spec.commandLine().getErr().println(report.describe());
            TextRun.Outcome outcome = train(corpus, data, model);
            Map<String, @Nullable Object> figures = report.figures(outcome, run.seed);
            figures.putAll(start.figures(model));
            ModelFile.write(
                    target,
                    TextModelFile.model(outcome.model())
                            .withText("corpus", Json.write(report.origin()))
                            .withText("run", Json.write(figures)));
            print(report, outcome, figures);
        }
        return 0;
    }

    private void check(Range range) {
        network.check(range);
        run.check(range);
        keep.check(range);
        range.atLeast("--batch", 1, batch);
        range.atLeast("--seq-len", 1, seqLen);
        if (valFraction != null) {
            range.between("--val-fraction", 0, 1, valFraction);
        }
        range.require(List.of("auto", "stream", "words").contains(read), "--read", "auto, stream or words", read);
    }

    private TextRun.Outcome train(Corpus corpus, TextData data, CharacterModel start) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        TextRun training = new TextRun(run, corpus, data, start, transfer);
        List<TrainingListener> listeners = new ArrayList<>();
        try (ProgressReport report = run.report(err);
                TrainingLog log = keep.log();
                StopSignal stop = new StopSignal(err);
                CheckpointedRuns runs = keep.runs(out, training.network(), training.texts(), err)) {
            listeners.add(report);
            listeners.add(stop);
            if (log != null) {
                listeners.add(log);
            }
            return training.train(listeners, runs);
        }
    }

    private void print(TextReport report, TextRun.Outcome outcome, Map<String, @Nullable Object> figures) {
        PrintWriter results = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>(figures);
            object.putAll(report.speed(outcome, run.trainer().threads()));
            object.computeIfPresent("from", (key, name) -> String.valueOf(transfer.from));
            object.put("model", out.toString());
            results.println(Json.write(object));
        } else {
            results.println(out + ": " + report.summary(outcome));
        }
    }
}
