package dev.namaskar.cli.tasks;

import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.EncodingOption;
import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.Range;
import dev.namaskar.files.Json;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.symbols.TextSource;
import dev.namaskar.tasks.Prediction;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.tasks.TaskModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar predict}. */
@Command(
        description = "Ask a model about inputs: their labels, tags, translations, whatever it was trained for.",
        footer = {
            "",
            "An input is a text or, for models that read channels or sounds, the path of a file. Each gives a line,"
                    + " with --json a line with one JSON object.",
            "Example: namaskar predict Yamamoto --model names.safetensors --top 3"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class PredictCommand extends ReportingCommand {
    /** Inputs asked about together. */
    private static final int TOGETHER = 4096;

    @Parameters(arity = "0..*", paramLabel = "INPUT", description = "Inputs; - for the lines of standard input.")
    private List<String> inputs = new ArrayList<>();

    @Option(names = "--model", required = true, paramLabel = "M", description = "A model that knows its task.")
    private Path model;

    @Heading(Heading.DATA)
    @Option(names = "--lines", paramLabel = "FILE", description = "Take the lines of this file as inputs too.")
    private @Nullable Path lines;

    @Mixin
    private EncodingOption encoding;

    @Option(names = "--top", defaultValue = "1", paramLabel = "K", description = "The K likeliest labels (1).")
    private int top;

    @Option(
            names = "--beam",
            paramLabel = "B",
            description = "Hypotheses kept side by side where an answer is searched for.")
    private @Nullable Integer beam;

    @Option(names = "--nbest", defaultValue = "1", paramLabel = "N", description = "The N best answers (1).")
    private int nbest;

    @Mixin
    private AttentionPicture picture;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        PredictionSettings settings = range.usage(() -> new PredictionSettings(top, beam, nbest));
        range.require(!inputs.isEmpty() || lines != null, "INPUT", "inputs, - or --lines", "none");
        range.require(
                inputs.stream().filter("-"::equals).count() < 2,
                "INPUT",
                "standard input (-) once",
                "it more than once");
        Model stored = ModelFile.read(model);
        TaskKind kind = TaskKind.of(model.toString(), stored);
        for (String setting : List.of("top", "beam", "nbest")) {
            range.effective("--" + setting, kind.settings().contains(setting), "for a " + kind.modelName());
        }
        range.effective("--encoding", lines != null || inputs.contains("-"), "without lines to read");
        TaskModel task = kind.read(model.toString(), stored);
        List<String> all = inputs(range);
        picture.check(range, task, all.size());
        PrintWriter out = out();
        for (int from = 0; from < all.size(); from += TOGETHER) {
            for (Prediction prediction :
                    task.predict(all.subList(from, Math.min(from + TOGETHER, all.size())), settings)) {
                out.println(json() ? Json.write(prediction.fields()) : prediction.line());
            }
            out.flush();
        }
        if (all.size() == 1) {
            picture.write(task, all.get(0), model);
        }
        return 0;
    }

    private List<String> inputs(Range range) throws IOException {
        List<String> all = new ArrayList<>();
        for (String input : inputs) {
            if (input.equals("-")) {
                all.addAll(lines(EncodingOption.source(Path.of("-")), range));
            } else {
                all.add(input);
            }
        }
        if (lines != null) {
            all.addAll(lines(TextSource.of(lines), range));
        }
        return all;
    }

    private List<String> lines(TextSource source, Range range) throws IOException {
        return source.readAll(encoding.charset(range)).lines().toList();
    }
}
