package dev.namaskar.cli.tasks;

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
import dev.namaskar.tasks.RunReport;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.tasks.Trained;
import dev.namaskar.train.RunSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command has in common that trains a model on a file of examples. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
abstract class TrainTaskCommand<M extends TaskModel, S extends TaskTraining<M, S>> implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

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

    @Heading(Heading.DATA)
    @Option(
            names = "--val-fraction",
            paramLabel = "X",
            description = "Part of the examples to hold out, drawn from the seed (0.1).")
    private @Nullable Double valFraction;

    @Heading(Heading.DATA)
    @Option(names = "--batch", paramLabel = "B", description = "Examples in a step, of about equal length (64).")
    private @Nullable Integer batch;

    @Mixin
    private NetworkOptions network;

    @Mixin
    private final RunOptions run = new RunOptions("cosine", 5);

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

    /** The task's training with the settings that are its own; what is wrong with them is wrong usage. */
    abstract S training(Range range, @Nullable Charset charset, @Nullable Path validating);

    /** Learns the file. */
    abstract Trained<M> fit(S training, Path examples) throws IOException;

    @Override
    public final Integer call() throws IOException {
        S training = training(new Range(spec));
        Outputs outputs = output.reading(file, validation, transfer.from);
        outputs.claim(out, ModelFile.KIND);
        keep.claim(outputs, out);
        try (AtomicFile target = AtomicFile.open(out)) {
            Trained<M> trained = train(training);
            ModelFile.write(target, trained.model().stored());
            print(trained.report());
        }
        return 0;
    }

    private S training(Range range) throws IOException {
        run.check(range);
        keep.check(range);
        range.atLeast("--batch", 1, batch);
        if (valFraction != null) {
            range.between("--val-fraction", 0, 1, valFraction);
        }
        range.effective("--val-fraction", validation == null, "with --validation");
        S training = training(range, encoding.charset(range), validation)
                .run(usual -> new RunSettings(
                        run.length(),
                        run.stop(),
                        new RunSettings.Update(run.optimizer(), run.averaging(), transfer.freeze),
                        new RunSettings.Data(batch, valFraction),
                        run.threads(),
                        run.seed))
                .layers(layers -> network.layers(range, transfer.from == null))
                .notes(spec.commandLine().getErr()::println);
        Integer embedding = network.embedding(range);
        if (embedding != null) {
            range.usage(() -> training.embedding(embedding));
        }
        return transfer.from == null ? training : training.from(transfer.from);
    }

    private Trained<M> train(S training) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressReport report = run.report(err);
                TrainingLog log = keep.log();
                StopSignal stop = new StopSignal(err)) {
            keep.checkpoints(training, out);
            training.listen(report).listen(stop);
            if (log != null) {
                training.listen(log);
            }
            return fit(training, file);
        }
    }

    private void print(RunReport report) {
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
