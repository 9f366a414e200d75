package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.plot.Appearance;
import dev.namaskar.plot.AttentionMap;
import dev.namaskar.plot.PictureFile;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.translation.Translation;
import dev.namaskar.translation.TranslationModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How what a translation model writes attends to what it reads, as a picture that is asked for. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class AttentionPicture {
    @Option(
            names = "--plot",
            paramLabel = "F.png",
            description = "A picture of what the best translation of one input attends to.")
    private @Nullable Path plot;

    @Option(
            names = "--theme",
            defaultValue = "light",
            paramLabel = "light|dark",
            description = "Colours of the picture (light).")
    private String theme;

    @Mixin
    private OutputOptions output;

    /** Checks what is asked for before anything is done. */
    void check(Range range, TaskModel task, int inputs) {
        range.usage("--theme", () -> Appearance.named(theme));
        range.effective("--theme", plot != null, "without --plot");
        if (plot == null) {
            return;
        }
        range.usage("--plot", () -> PictureFile.ending(String.valueOf(plot), List.of("png")));
        range.require(
                task instanceof TranslationModel,
                "--plot",
                "none for a " + task.kind().modelName() + ", which attends to no symbols",
                plot);
        range.require(inputs == 1, "--plot", "one input to draw", inputs + " inputs");
    }

    /** Draws the best translation of an input, where a picture is asked for. */
    void write(TaskModel task, String input, Path model) throws IOException {
        if (plot == null || !(task instanceof TranslationModel translator)) {
            return;
        }
        try (AtomicFile target = output.reading(model).open(plot, PictureFile.kind("png"))) {
            List<Translation> best = translator.translate(input, 1);
            Translation written = best.isEmpty() ? new Translation("", List.of(), 0, List.of(), 0) : best.get(0);
            byte[] picture = AttentionMap.png(
                    translator.sources().cut().symbols(input),
                    written.symbols(),
                    translator.attention(input, written.text()),
                    input + ": what is read for what is written",
                    Appearance.named(theme));
            target.replace(to -> to.write(picture));
        }
    }
}
