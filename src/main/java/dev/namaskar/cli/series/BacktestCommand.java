package dev.namaskar.cli.series;

import dev.namaskar.cli.options.Failure;
import dev.namaskar.cli.options.FittingOptions;
import dev.namaskar.cli.options.ForecasterOptions;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.PlotOptions;
import dev.namaskar.cli.options.ProgressReport;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.TableOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Json;
import dev.namaskar.files.Outputs;
import dev.namaskar.plot.SeriesChart;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.ForecastTable;
import dev.namaskar.series.Levels;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code namaskar backtest}. */
@Command(
        description = "Roll the origin over a table's end and say whether the network beats simple forecasts.",
        footer = {
            "",
            "At every origin each forecaster sees what had come by then and nothing else.",
            "Example: namaskar backtest corpora/AirPassengers.csv --target passengers --horizon 12 --folds 10"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class BacktestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE", description = "A CSV file: long, wide, or a row a series.")
    private Path table;

    @Mixin
    private TableOptions tableOptions;

    @Mixin
    private ForecasterOptions options;

    @Mixin
    private FittingOptions fitting;

    @Option(names = "--folds", defaultValue = "10", paramLabel = "N", description = "Number of origins (10).")
    private int folds;

    @Option(
            names = "--stride",
            paramLabel = "N",
            description = "Steps between origins (the horizon, or less to leave half of the series before the first).")
    private @Nullable Integer stride;

    @Option(names = "--refit", description = "Train anew at every origin, not only at the first.")
    private boolean refit;

    @Option(names = "--forecasts", paramLabel = "F.csv", description = "Where every fold's forecasts go.")
    private @Nullable Path forecasts;

    @Mixin
    private PlotOptions plot;

    @Mixin
    private OutputOptions output;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        check(new Range(spec));
        PrintWriter err = spec.commandLine().getErr();
        Outputs outputs = output.reading(table);
        try (AtomicFile csv = forecasts == null ? null : outputs.open(forecasts, ForecastTable.KIND);
                AtomicFile picture = plot.open(outputs)) {
            TableFormat format = tableOptions.over(TableFormat.AUTO);
            Table read = TableReader.read(table, format);
            read.notes().forEach(note -> err.println(Failure.optioned(note)));
            Series drawn = plot.chosen(read);
            BacktestReport report = run(read);
            if (csv != null) {
                csv.replace(to -> ForecastTable.write(to, read, report));
            }
            if (picture != null) {
                draw(picture, drawn, report);
            }
            print(report);
        }
        return 0;
    }

    private void check(Range range) {
        options.check(range);
        fitting.check(range);
        plot.check(range);
        range.atLeast("--folds", 1, folds);
        range.atLeast("--stride", 1, stride);
    }

    private BacktestReport run(Table read) {
        PrintWriter err = spec.commandLine().getErr();
        Backtest backtest =
                Backtest.of(options.horizon).folds(folds).refit(refit).levels(Levels.parse(options.levels));
        try (ProgressReport progress = fitting.report(err)) {
            SeriesTraining training = SeriesTraining.of(
                    options.settings(), fitting.fitting().notes(err::println).listen(progress));
            return (stride == null ? backtest : backtest.stride(stride))
                    .run(read, training, List.of(), line -> err.println(Failure.optioned(line)));
        }
    }

    private void draw(AtomicFile file, Series drawn, BacktestReport report) throws IOException {
        List<Outcome> outcomes = report.outcomes(NetworkForecaster.NAME, drawn.id());
        int shown = folds * report.setting().stride() + 2 * options.horizon;
        plot.write(file, SeriesChart.folds(drawn, outcomes, 2 * shown, plot.unit(), plot.appearance()));
    }

    private void print(BacktestReport report) {
        PrintWriter out = spec.commandLine().getOut();
        BacktestReport.Verdict verdict = report.verdict();
        if (!json) {
            out.print(report);
            out.println(verdict.sentence());
            return;
        }
        List<Object> models = new ArrayList<>();
        for (String model : report.models()) {
            models.add(scores("model", model, report.scores(model)));
        }
        List<Object> byFold = new ArrayList<>();
        for (int fold = 1; fold <= folds; fold++) {
            byFold.add(scores("fold", fold, report.scores(NetworkForecaster.NAME, fold)));
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("models", models);
        object.put("verdict", verdict.sentence());
        double p = verdict.test().pValue();
        object.put("p_value", Double.isNaN(p) ? null : p);
        object.put("baseline", verdict.baseline());
        object.put("folds", folds);
        object.put("stride", report.setting().stride());
        object.put("series", report.scored().size());
        object.put("by_fold", byFold);
        out.println(Json.write(object));
    }

    private static Map<String, @Nullable Object> scores(String name, Object of, Map<String, Double> scores) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put(name, of);
        scores.forEach((score, value) -> object.put(score, Double.isNaN(value) ? null : value));
        return object;
    }
}
