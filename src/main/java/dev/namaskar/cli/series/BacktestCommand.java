package dev.namaskar.cli.series;

import dev.namaskar.cli.command.ProgressReport;
import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.FoldOptions;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.PlotOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.SeriesOptions;
import dev.namaskar.cli.options.TrainingOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.plot.SeriesChart;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.Fitting;
import dev.namaskar.series.Levels;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.ForecastTable;
import dev.namaskar.series.evaluate.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code namaskar backtest}. */
@Command(
        description = "Roll the origin over a table's end and say whether the network beats simple forecasts.",
        footer = {
            "",
            "At every origin each forecaster sees what had come by then and nothing else.",
            "Example: namaskar backtest corpora/AirPassengers.csv --target passengers --horizon 12 --folds 10"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class BacktestCommand extends ReportingCommand {
    @Mixin
    private SeriesOptions options;

    @Mixin
    private final TrainingOptions training = new TrainingOptions(Fitting.USUAL);

    @Mixin
    private final FoldOptions folds = new FoldOptions(Backtest.USUAL_FOLDS);

    @Option(names = "--forecasts", paramLabel = "F.csv", description = "Where every fold's forecasts go.")
    private @Nullable Path forecasts;

    @Mixin
    private PlotOptions plot;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        SeriesTraining asked = options.fresh(training.asked(range), range).notes(this::note);
        plot.check(range);
        folds.check(range);
        Outputs outputs = output.reading(options.table);
        try (AtomicFile csv = forecasts == null ? null : outputs.open(forecasts, ForecastTable.KIND);
                AtomicFile picture = plot.open(outputs)) {
            Table read = options.read(this::note);
            Series drawn = plot.chosen(read);
            BacktestReport report = run(read, asked);
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

    private BacktestReport run(Table read, SeriesTraining asked) {
        Backtest backtest =
                folds.of(Backtest.of(options.forecaster.horizon).levels(Levels.parse(options.forecaster.levels)));
        try (ProgressReport progress = new ProgressReport(err(), training)) {
            return backtest.run(read, asked.listen(progress), List.of(), this::note);
        }
    }

    private void draw(AtomicFile file, Series drawn, BacktestReport report) throws IOException {
        List<Outcome> outcomes = report.outcomes(NetworkForecaster.NAME, drawn.id());
        int shown = folds.count() * report.setting().stride() + 2 * options.forecaster.horizon;
        plot.write(file, SeriesChart.folds(drawn, outcomes, 2 * shown, plot.unit(), plot.appearance()));
    }

    private void print(BacktestReport report) {
        BacktestReport.Verdict verdict = report.verdict();
        List<Object> models = new ArrayList<>();
        for (String model : report.models()) {
            models.add(scores("model", model, report.scores(model)));
        }
        List<Object> byFold = new ArrayList<>();
        for (int fold = 1; fold <= folds.count(); fold++) {
            byFold.add(scores("fold", fold, report.scores(NetworkForecaster.NAME, fold)));
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("models", models);
        object.put("verdict", verdict.sentence());
        double p = verdict.test().pValue();
        object.put("p_value", Double.isNaN(p) ? null : p);
        object.put("baseline", verdict.baseline());
        object.put("folds", folds.count());
        object.put("stride", report.setting().stride());
        object.put("series", report.scored().size());
        object.put("by_fold", byFold);
        print(object, report + verdict.sentence());
    }

    private static Map<String, @Nullable Object> scores(String name, Object of, Map<String, Double> scores) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put(name, of);
        scores.forEach((score, value) -> object.put(score, Double.isNaN(value) ? null : value));
        return object;
    }
}
