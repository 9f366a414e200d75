package dev.namaskar.cli.series;

import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.PlotOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.TableOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Json;
import dev.namaskar.files.Outputs;
import dev.namaskar.plot.SeriesChart;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.Anomalies;
import dev.namaskar.series.evaluate.AnomalyTable;
import dev.namaskar.series.evaluate.ForecastInput;
import dev.namaskar.series.evaluate.ScoredValue;
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

/** {@code namaskar anomalies}. */
@Command(
        description = "Find the values of a table that a model did not expect.",
        footer = {
            "",
            "Every value is forecast from those before it. Among the values that are found, a share of --rate is"
                    + " false.",
            "Example: namaskar anomalies load.csv --model load.safetensors --out scores.csv --plot load.png"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class AnomaliesCommand extends ReportingCommand {
    private static final int PRINTED = 20;

    @Parameters(paramLabel = "TABLE", description = "A table like the one the model was trained on.")
    private Path table;

    @Mixin
    private TableOptions tableOptions;

    @Option(names = "--model", required = true, paramLabel = "M", description = "A model that train series wrote.")
    private Path model;

    @Option(
            names = "--step",
            defaultValue = "1",
            paramLabel = "H",
            description = "Steps ahead that values are forecast, up to the model's horizon (1).")
    private int step;

    @Option(
            names = "--rate",
            defaultValue = "0.05",
            paramLabel = "X",
            description = "Share of false ones that is accepted among those found (0.05).")
    private double rate;

    @Option(names = "--out", paramLabel = "F.csv", description = "Where the scores of all values go.")
    private @Nullable Path out;

    @Mixin
    private PlotOptions plot;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        range.atLeast("--step", 1, step);
        range.require(rate > 0 && rate < 1, "--rate", "a share between 0 and 1", rate);
        plot.check(range);
        Outputs outputs = output.reading(table, model);
        try (AtomicFile csv = out == null ? null : outputs.open(out, AnomalyTable.KIND);
                AtomicFile picture = plot.open(outputs)) {
            SeriesFile.Stored stored = SeriesFile.read(model);
            Table whole = ForecastInput.read(stored, table, tableOptions.over(stored.format()));
            whole.notes().forEach(note -> note(note));
            Table read = ForecastInput.longEnough(stored.model(), whole, err()::println);
            stored.model().unknown(read.series()).forEach(err()::println);
            Series drawn = plot.chosen(read);
            Anomalies anomalies = Anomalies.of(stored.model(), read, step, rate);
            if (csv != null) {
                csv.replace(to -> AnomalyTable.write(to, read, anomalies));
            }
            if (picture != null) {
                plot.write(picture, SeriesChart.anomalies(drawn, anomalies, plot.unit(), plot.appearance()));
            }
            print(read, anomalies);
        }
        return 0;
    }

    private void print(Table read, Anomalies anomalies) {
        PrintWriter to = out();
        List<ScoredValue> found = anomalies.found();
        if (json()) {
            List<Object> each = new ArrayList<>();
            found.forEach(value -> each.add(plain(read, value)));
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("series", read.series().size());
            object.put("scored", anomalies.scored().size());
            object.put("step", anomalies.step());
            object.put("rate", anomalies.rate());
            object.put("anomalies", each);
            to.println(Json.write(object));
            return;
        }
        to.println(found.size() + " of " + anomalies.scored().size() + " values were not expected");
        for (ScoredValue value : found.subList(0, Math.min(PRINTED, found.size()))) {
            to.printf(
                    Locale.ROOT,
                    "%s %s: %.6g, forecast %.6g (%.6g to %.6g), score %.1f, p %.2g%n",
                    value.series(),
                    read.text(value.time()),
                    value.actual(),
                    value.forecast(),
                    value.lower(),
                    value.upper(),
                    value.score(),
                    value.pValue());
        }
        if (found.size() > PRINTED) {
            to.println("and " + (found.size() - PRINTED) + " more");
        }
    }

    private static Map<String, Object> plain(Table read, ScoredValue value) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("series", value.series());
        object.put("time", read.text(value.time()));
        object.put("actual", value.actual());
        object.put("forecast", value.forecast());
        object.put("lower", value.lower());
        object.put("upper", value.upper());
        object.put("score", value.score());
        object.put("p", value.pValue());
        object.put("q", value.qValue());
        return object;
    }
}
