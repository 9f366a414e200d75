package dev.namaskar.cli;

import dev.namaskar.io.AtomicFile;
import dev.namaskar.io.ForecastInput;
import dev.namaskar.io.ForecastTable;
import dev.namaskar.io.SeriesFile;
import dev.namaskar.plot.Appearance;
import dev.namaskar.plot.Picture;
import dev.namaskar.plot.SeriesChart;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code namaskar forecast}. */
@Command(
        description = "Forecast the steps after the end of every series of a table, with intervals.",
        footer = {
            "",
            "Writes series,time,step,forecast,lo_80,hi_80,...; to standard output without --out.",
            "Example: namaskar forecast load.csv --model load.safetensors --out next.csv --plot next.png"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class ForecastCommand implements Callable<Integer> {
    private static final int SHOWN_PER_STEP = 6;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE", description = "A table like the one the model was trained on.")
    private Path table;

    @Mixin
    private TableOptions tableOptions;

    @Option(names = "--model", required = true, paramLabel = "M", description = "A model that train series wrote.")
    private Path model;

    @Option(names = "--horizon", paramLabel = "H", description = "Steps to forecast (the model's).")
    private @Nullable Integer horizon;

    @Option(names = "--levels", paramLabel = "L,..", description = "Intervals in percent (the model's).")
    private @Nullable String levels;

    @Option(names = "--out", paramLabel = "F.csv", description = "Where the forecasts go.")
    private @Nullable Path out;

    @Option(names = "--plot", paramLabel = "F.png", description = "A picture of one series, PNG or SVG.")
    private @Nullable Path plot;

    @Option(names = "--series", paramLabel = "ID", description = "The series to draw (the first).")
    private @Nullable String drawn;

    @Option(names = "--unit", paramLabel = "TEXT", description = "What the values are, for the axis (value).")
    private @Nullable String unit;

    @Option(names = "--theme", defaultValue = "light", paramLabel = "light|dark", description = "(light)")
    private String theme;

    @Override
    public Integer call() throws IOException {
        Range range = new Range(spec);
        range.atLeast("--horizon", 1, horizon);
        String given = levels;
        double[] asked = given == null ? null : range.usage(() -> Levels.parse(given));
        Appearance appearance = range.usage(() -> Appearance.named(theme));
        SeriesFile.Stored stored = SeriesFile.read(model);
        Table read = ForecastInput.read(stored, table, tableOptions.over(stored.format()));
        read.notes().forEach(spec.commandLine().getErr()::println);
        int steps = horizon == null ? stored.model().spec().horizon() : horizon;
        double[] shown = asked == null ? stored.model().spec().levels() : asked;
        List<Forecast> forecasts = new ArrayList<>();
        for (Series series : read.series()) {
            forecasts.add(stored.model().forecast(series, steps, shown));
        }
        if (out == null) {
            ForecastTable.write(spec.commandLine().getOut(), read.frequency(), forecasts);
        } else {
            AtomicFile.write(out, to -> ForecastTable.write(to, read.frequency(), forecasts));
        }
        if (plot != null) {
            draw(plot, read, forecasts, appearance);
        }
        return 0;
    }

    private void draw(Path file, Table read, List<Forecast> forecasts, Appearance appearance) throws IOException {
        Series series = drawn == null ? read.series().get(0) : read.series(drawn);
        Forecast forecast = forecasts.get(read.series().indexOf(series));
        Picture picture = SeriesChart.forecast(
                series, forecast, SHOWN_PER_STEP * forecast.horizon(), unit == null ? "value" : unit, appearance);
        byte[] bytes = picture.bytes(file.toString());
        AtomicFile.write(file, to -> to.write(bytes));
    }
}
