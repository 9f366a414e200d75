package dev.namaskar.cli.tasks;

import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.EncodingOption;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.labelling.ClassificationReport;
import dev.namaskar.labelling.TaggingReport;
import dev.namaskar.plot.Appearance;
import dev.namaskar.plot.ConfusionMap;
import dev.namaskar.plot.PictureFile;
import dev.namaskar.tasks.Evaluation;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.TaskKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar evaluate classify}, and the same for every other kind of model that learns from examples. */
@Command(
        description = "Measure a model on examples it has not seen.",
        footer = {
            "",
            "The file is like those that train reads, with the right answers.",
            "Example: namaskar evaluate classify test.tsv --model names.safetensors --json"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class EvaluateTaskCommand extends ReportingCommand {
    @Parameters(paramLabel = "FILE", description = "Examples with their right answers.")
    private Path file;

    @Option(names = "--model", required = true, paramLabel = "M", description = "A model of this task.")
    private Path model;

    @Mixin
    private EncodingOption encoding;

    @Option(
            names = "--beam",
            paramLabel = "B",
            description = "Hypotheses kept side by side where an answer is searched for.")
    private @Nullable Integer beam;

    @Option(
            names = "--plot",
            paramLabel = "F.png",
            description = "A picture of what was taken for what, for models that give labels.")
    private @Nullable Path plot;

    @Option(
            names = "--theme",
            defaultValue = "light",
            paramLabel = "light|dark",
            description = "Colours of the picture (light).")
    private String theme;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        PredictionSettings settings = range.usage(() -> new PredictionSettings(1, beam, 1));
        Model stored = ModelFile.read(model);
        TaskKind kind = TaskKind.of(model.toString(), stored);
        if (!kind.name().equals(name())) {
            throw new MalformedFileException(
                    model + ": this is a " + kind.modelName() + "; measure it by evaluate " + kind.name());
        }
        range.effective("--beam", kind.settings().contains("beam"), "for a " + kind.modelName());
        Appearance appearance = range.usage("--theme", () -> Appearance.named(theme));
        range.effective("--theme", plot != null, "without --plot");
        range.require(
                plot == null || kind.settings().contains("top"),
                "--plot",
                "none for a " + kind.modelName() + ", whose answers are no labels",
                plot);
        if (plot != null) {
            range.usage("--plot", () -> PictureFile.ending(String.valueOf(plot), List.of("png")));
        }
        try (AtomicFile target =
                plot == null ? null : output.reading(file, model).open(plot, PictureFile.kind("png"))) {
            Evaluation evaluation =
                    kind.read(model.toString(), stored).evaluate(file, encoding.charset(range), settings);
            if (target != null) {
                byte[] picture = picture(evaluation, appearance);
                target.replace(to -> to.write(picture));
            }
            print(evaluation);
        }
        return 0;
    }

    private byte[] picture(Evaluation evaluation, Appearance appearance) {
        ClassificationReport report = evaluation instanceof TaggingReport tagging
                ? tagging.tokens()
                : evaluation instanceof ClassificationReport labels ? labels : null;
        if (report == null) {
            throw new IllegalArgumentException("expected labels to draw a confusion of, found none");
        }
        return ConfusionMap.png(
                report.labels(), report.confusion(), file.getFileName() + ": what was taken for what", appearance);
    }

    private void print(Evaluation evaluation) {
        print(evaluation.figures(), evaluation);
    }
}
