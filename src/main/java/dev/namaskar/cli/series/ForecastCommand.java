package dev.namaskar.cli.series;

import dev.namaskar.cli.command.NamaskarCommand;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.PlotOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.TableOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.plot.SeriesChart;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.ForecastInput;
import dev.namaskar.series.evaluate.ForecastTable;
import dev.namaskar.series.interval.FarBands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar forecast}. */
@Command(
        description = "Forecast the steps after the end of every series of a table, with intervals.",
        footer = {
            "",
            "Writes series,time,step,forecast,lo_80,hi_80,...; to standard output without --out.",
            "Example: namaskar forecast load.csv --model load.safetensors --out next.csv --plot next.png"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class ForecastCommand extends NamaskarCommand {
    private static final int SHOWN_PER_STEP = 6;

    private static final int LEAST_SHOWN = 60;

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

    @Mixin
    private PlotOptions plot;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        range.atLeast("--horizon", 1, horizon);
        String given = levels;
        double[] asked = given == null ? null : range.usage("--levels", () -> Levels.parse(given));
        plot.check(range);
        Outputs outputs = output.reading(table, model);
        try (AtomicFile csv = out == null ? null : outputs.open(out, ForecastTable.KIND);
                AtomicFile picture = plot.open(outputs)) {
            SeriesFile.Stored stored = SeriesFile.read(model);
            Table read = ForecastInput.read(stored, table, tableOptions.over(stored.format()));
            read.notes().forEach(note -> note(note));
            Series drawn = plot.chosen(read);
            int steps = horizon == null ? stored.model().spec().horizon() : horizon;
            double[] shown = asked == null ? stored.model().spec().levels() : asked;
            List<Forecast> forecasts = stored.model().forecast(read.series(), steps, shown);
            FarBands.warnings(read.series(), forecasts).forEach(err()::println);
            if (csv == null) {
                ForecastTable.write(out(), read, forecasts);
            } else {
                csv.replace(to -> ForecastTable.write(to, read, forecasts));
            }
            if (picture != null) {
                Forecast forecast = forecasts.get(read.series().indexOf(drawn));
                int history = Math.max(LEAST_SHOWN, SHOWN_PER_STEP * forecast.horizon());
                plot.write(picture, SeriesChart.forecast(drawn, forecast, history, plot.unit(), plot.appearance()));
            }
        }
        return 0;
    }
}
