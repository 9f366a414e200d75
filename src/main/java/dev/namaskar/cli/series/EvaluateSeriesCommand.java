package dev.namaskar.cli.series;

import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.TableOptions;
import dev.namaskar.files.Json;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.Evaluation;
import dev.namaskar.series.evaluate.ForecastInput;
import dev.namaskar.series.table.TableFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar evaluate series}. */
@Command(
        description = "Measure a model's forecasts of a table against the actual values.",
        footer = {
            "",
            "Example: namaskar evaluate series history.csv --actual future.csv --model m.safetensors --season 24"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class EvaluateSeriesCommand extends ReportingCommand {
    @Parameters(paramLabel = "HISTORY", description = "The table to forecast from.")
    private Path history;

    @Mixin
    private TableOptions tableOptions;

    @Option(names = "--actual", required = true, paramLabel = "FUTURE", description = "The table of actual values.")
    private Path actual;

    @Option(names = "--model", required = true, paramLabel = "M", description = "A model that train series wrote.")
    private Path model;

    @Option(names = "--season", paramLabel = "S", description = "Season of scaled errors (the model's).")
    private @Nullable Integer season;

    @Override
    public Integer call() throws IOException {
        range().atLeast("--season", 1, season);
        SeriesFile.Stored stored = SeriesFile.read(model);
        TableFormat format = tableOptions.over(stored.format());
        Table past = ForecastInput.read(stored, history, format);
        past.notes().forEach(note -> note(note));
        Table future = ForecastInput.readFuture(stored, actual, format);
        Evaluation evaluation = Evaluation.of(
                stored.model(),
                past,
                future,
                season == null ? stored.model().spec().season() : season);
        evaluation.notes().forEach(note -> note(note));
        print(evaluation);
        return 0;
    }

    private void print(Evaluation evaluation) {
        PrintWriter out = out();
        Map<String, Map<String, Double>> beside = new LinkedHashMap<>();
        evaluation.baselines().keySet().forEach(name -> beside.put(name, evaluation.scores(name)));
        if (json()) {
            Map<String, @Nullable Object> object = plain(evaluation.scores());
            List<Object> baselines = new ArrayList<>();
            beside.forEach((name, scores) -> {
                Map<String, @Nullable Object> baseline = new LinkedHashMap<>();
                baseline.put("model", name);
                baseline.putAll(plain(scores));
                baselines.add(baseline);
            });
            object.put("baselines", baselines);
            object.put("notes", evaluation.notes());
            out.println(Json.write(object));
            return;
        }
        out.printf(Locale.ROOT, "%-14s %14s", "", "model");
        beside.keySet().forEach(name -> out.printf(Locale.ROOT, " %14s", name));
        out.println();
        evaluation.scores().forEach((name, value) -> {
            out.printf(Locale.ROOT, "%-14s %14s", name, shown(name, value));
            beside.values()
                    .forEach(scores ->
                            out.printf(Locale.ROOT, " %14s", shown(name, scores.getOrDefault(name, Double.NaN))));
            out.println();
        });
    }

    private static String shown(String name, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, name.equals("series") ? "%.0f" : "%.4f", value);
    }

    private static Map<String, @Nullable Object> plain(Map<String, Double> scores) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        scores.forEach((name, value) -> object.put(
                name, name.equals("series") ? (Object) value.longValue() : Double.isNaN(value) ? null : value));
        return object;
    }
}
