package dev.namaskar.cli.options;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.plot.Appearance;
import dev.namaskar.plot.Picture;
import dev.namaskar.plot.PictureFile;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is drawn, how and where to. */
@Heading(Heading.FILES)
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class PlotOptions {
    @Option(names = "--plot", paramLabel = "F.png", description = "A picture of one series, PNG or SVG.")
    private @Nullable Path plot;

    @Option(names = "--series", paramLabel = "ID", description = "The series to draw (the first).")
    private @Nullable String drawn;

    @Option(names = "--unit", paramLabel = "TEXT", description = "What the values are, for the axis (value).")
    private @Nullable String unit;

    @Option(
            names = "--theme",
            defaultValue = "light",
            paramLabel = "light|dark",
            description = "Colours of the picture (light).")
    private String theme;

    /** Refuses what cannot be drawn. */
    public void check(Range range) {
        range.usage("--theme", this::appearance);
        for (String flag : List.of("--series", "--unit", "--theme")) {
            range.effective(flag, plot != null, "without --plot");
        }
        if (plot != null) {
            Path file = plot;
            range.usage("--plot", () -> Picture.format(file.toString()));
        }
    }

    public Appearance appearance() {
        return Appearance.named(theme);
    }

    /** What the values are. */
    public String unit() {
        return unit == null ? "value" : unit;
    }

    /** The series to draw. */
    public Series chosen(Table table) {
        return drawn == null ? table.series().get(0) : table.series(drawn);
    }

    /** Takes hold of the picture's file, or returns null where none was asked for. */
    @Nullable
    public AtomicFile open(Outputs outputs) throws IOException {
        return plot == null ? null : outputs.open(plot, PictureFile.kind(Picture.format(plot.toString())));
    }

    /** Draws into the file, in the format that its name says. */
    public void write(AtomicFile file, Picture picture) throws IOException {
        byte[] bytes = picture.bytes(String.valueOf(plot));
        file.replace(to -> to.write(bytes));
    }
}
