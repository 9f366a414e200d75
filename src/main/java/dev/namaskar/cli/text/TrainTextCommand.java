package dev.namaskar.cli.text;

import dev.namaskar.cli.options.EncodingOption;
import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.KeepOptions;
import dev.namaskar.cli.options.NetworkOptions;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.ProgressReport;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.RunOptions;
import dev.namaskar.cli.options.StopSignal;
import dev.namaskar.cli.options.TrainingLog;
import dev.namaskar.cli.options.TransferOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Json;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.Corpus;
import dev.namaskar.text.Reading;
import dev.namaskar.text.TextData;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.text.TextReport;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.TrainedText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
public final class TrainTextCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "CORPUS",
            description = "Text files, read one after the other; - for standard input.")
    private List<Path> corpora;

    @Mixin
    private EncodingOption encoding;

    @Heading(Heading.DATA)
    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            description = "One symbol is a codepoint or a byte (codepoint, or as the model of --from).")
    private @Nullable String unit;

    @Heading(Heading.DATA)
    @Option(
            names = "--read",
            defaultValue = "auto",
            paramLabel = "HOW",
            description = "As a stream, as words, or auto (auto).")
    private String read;

    @Heading(Heading.DATA)
    @Option(
            names = "--val-fraction",
            paramLabel = "X",
            description = "Part at the end to hold out (0.1; 0 for a list of words).")
    private @Nullable Double valFraction;

    @Heading(Heading.DATA)
    @Option(names = "--batch", paramLabel = "B", description = "Streams side by side (32; fewer for a short text).")
    private @Nullable Integer batch;

    @Heading(Heading.DATA)
    @Option(names = "--seq-len", paramLabel = "T", description = "Steps between updates (64; fewer for a short text).")
    private @Nullable Integer seqLen;

    @Mixin
    private NetworkOptions network;

    @Mixin
    private final RunOptions run = new RunOptions(TextTraining.USUAL_SCHEDULE, TextTraining.USUAL_CLIP);

    @Mixin
    private TransferOptions transfer;

    @Heading(Heading.FILES)
    @Option(names = "--out", required = true, paramLabel = "M", description = "Where the model goes (safetensors).")
    private Path out;

    @Mixin
    private KeepOptions keep;

    @Mixin
    private OutputOptions output;

    @Option(names = "--json", description = "Print one JSON object at the end.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        TextTraining training = training(new Range(spec));
        Outputs outputs = output.reading(EncodingOption.files(corpora));
        outputs.claim(out, ModelFile.KIND);
        keep.claim(outputs.alsoReading(transfer.from), out);
        try (AtomicFile target = AtomicFile.open(out)) {
            TrainedText trained = train(training);
            ModelFile.write(target, TextModelFile.model(trained.model()));
            print(trained.report());
        }
        return 0;
    }

    /** The training that the options ask for. */
    private TextTraining training(Range range) throws IOException {
        run.check(range);
        keep.check(range);
        TextTraining training = CharacterModel.training()
                .data(wish -> data(range))
                .length(run.length())
                .stop(run.stop())
                .optimizer(run.optimizer())
                .average(run.averaging())
                .threads(run.threads())
                .gemm(run.gemm())
                .freeze(transfer.freeze.toArray(String[]::new))
                .notes(spec.commandLine().getErr()::println);
        String symbol = unit;
        if (symbol != null) {
            training.unit(range.usage("--unit", () -> Unit.of(symbol)));
        }
        training.layers(layers -> network.layers(range, transfer.from == null));
        Integer embedding = network.embedding(range);
        if (embedding != null) {
            training.embedding(embedding);
        }
        if (transfer.from != null) {
            training.from(transfer.from);
        }
        return range.usage(training::check);
    }

    private TextData.Wish data(Range range) {
        range.atLeast("--batch", 1, batch);
        range.atLeast("--seq-len", 1, seqLen);
        if (valFraction != null) {
            range.between("--val-fraction", 0, 1, valFraction);
        }
        range.require(List.of("auto", "stream", "words").contains(read), "--read", "auto, stream or words", read);
        return new TextData.Wish(Reading.named(read), valFraction, batch, seqLen, run.seed);
    }

    private TrainedText train(TextTraining training) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Range range = new Range(spec);
        try (Corpus corpus =
                        Corpus.read(EncodingOption.sources(corpora, range), training.unit(), encoding.charset(range));
                ProgressReport report = run.report(err);
                TrainingLog log = keep.log();
                StopSignal stop = new StopSignal(err)) {
            keep.checkpoints(training, out);
            training.listen(report).listen(stop);
            if (log != null) {
                training.listen(log);
            }
            return training.fit(corpus);
        }
    }

    private void print(TextReport report) {
        PrintWriter results = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>(report.figures());
            object.putAll(report.speed());
            object.computeIfPresent("from", (key, name) -> String.valueOf(transfer.from));
            object.put("model", out.toString());
            results.println(Json.write(object));
        } else {
            results.println(out + ": " + report);
        }
    }
}
