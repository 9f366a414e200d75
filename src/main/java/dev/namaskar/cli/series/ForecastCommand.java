package dev.namaskar.cli.series;

import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.PathOptions;
import dev.namaskar.cli.options.PlotOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.TableOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Json;
import dev.namaskar.files.Outputs;
import dev.namaskar.plot.SeriesChart;
import dev.namaskar.series.Explanation;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.ForecastInput;
import dev.namaskar.series.evaluate.ForecastTable;
import dev.namaskar.series.evaluate.NewSeries;
import dev.namaskar.series.evaluate.StrayEnds;
import dev.namaskar.series.interval.FarBands;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class ForecastCommand extends ReportingCommand {
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

    @Option(
            names = "--explain",
            description = "Say which starts are trusted and what each input changes, in words, picture and --json.")
    private boolean explain;

    @Mixin
    private PlotOptions plot;

    @Mixin
    private PathOptions paths;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        range.atLeast("--horizon", 1, horizon);
        String given = levels;
        double[] asked = given == null ? null : range.usage("--levels", () -> Levels.parse(given));
        plot.check(range);
        paths.check(range);
        Outputs outputs = output.reading(table, model);
        try (AtomicFile csv = out == null ? null : outputs.open(out, ForecastTable.KIND);
                AtomicFile picture = plot.open(outputs);
                AtomicFile drawnPaths = paths.open(outputs);
                AtomicFile sums = paths.openSums(outputs)) {
            SeriesFile.Stored stored = SeriesFile.read(model);
            Table whole = ForecastInput.read(stored, table, tableOptions.over(stored.format()));
            whole.notes().forEach(note -> note(note));
            Table read = ForecastInput.longEnough(stored.model(), whole, err()::println);
            StrayEnds.warnings(read.series()).forEach(err()::println);
            Series drawn = plot.chosen(read);
            int steps = horizon == null ? stored.model().spec().horizon() : horizon;
            double[] shown = asked == null ? stored.model().spec().levels() : asked;
            List<Forecast> forecasts = stored.model().forecast(read.series(), steps, shown);
            stored.model().unknown(read).forEach(err()::println);
            FarBands.warnings(read.series(), forecasts).forEach(err()::println);
            List<Forecast> all = new ArrayList<>(forecasts);
            all.addAll(NewSeries.forecasts(stored.model().spec(), read, forecasts));
            if (all.size() < forecasts.size() + read.beginning().size()) {
                note("series without values are left out, for the model reads no static column to forecast them by");
            }
            List<Explanation> why = explain
                    ? read.series().stream().map(stored.model()::explain).toList()
                    : List.of();
            paths.write(drawnPaths, sums, stored.model(), read, steps, shown);
            if ((drawnPaths != null || sums != null) && !read.beginning().isEmpty()) {
                err().println("paths and sums are without series that have no values yet: "
                        + String.join(
                                ", ", read.beginning().stream().map(Series::id).toList()));
            }
            if (csv != null) {
                csv.replace(to -> ForecastTable.write(to, read, all));
            }
            print(read, all, why);
            if (picture != null) {
                int place = read.series().indexOf(drawn);
                Forecast forecast = forecasts.get(place);
                int history = Math.max(LEAST_SHOWN, SHOWN_PER_STEP * forecast.horizon());
                plot.write(
                        picture,
                        SeriesChart.forecast(
                                drawn,
                                forecast,
                                why.isEmpty() ? null : why.get(place),
                                history,
                                plot.unit(),
                                plot.appearance()));
            }
        }
        return 0;
    }

    /** The table goes to standard output where nothing else does; the words beside it then to standard error. */
    private void print(Table read, List<Forecast> forecasts, List<Explanation> why) throws IOException {
        PrintWriter to = out();
        if (json()) {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < forecasts.size(); i++) {
                all.add(plain(read, forecasts.get(i), i < why.size() ? why.get(i) : null));
            }
            to.println(Json.write(Map.of("forecasts", all)));
            return;
        }
        PrintWriter words = out == null ? err() : to;
        why.forEach(words::println);
        if (out == null) {
            ForecastTable.write(to, read, forecasts);
        }
    }

    private static Map<String, Object> plain(Table read, Forecast forecast, @Nullable Explanation why) {
        Map<String, Object> object = ForecastTable.toMap(read, forecast);
        if (why != null) {
            List<Object> starts = new ArrayList<>();
            why.starts()
                    .forEach(start -> starts.add(Map.of(
                            "name",
                            start.name(),
                            "weight",
                            numbers(start.weights()),
                            "forecast",
                            numbers(start.values()))));
            Map<String, Object> changes = new LinkedHashMap<>();
            why.inputs().forEach(input -> changes.put(input.name(), numbers(input.change())));
            object.put("starts", starts);
            object.put("added_by_networks", numbers(why.residual()));
            object.put("changed_by", changes);
        }
        return object;
    }

    private static List<Double> numbers(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
