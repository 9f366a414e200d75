package dev.namaskar.cli.series;

import dev.namaskar.cli.command.ProgressReport;
import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.FoldOptions;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.TrainingOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.Fitting;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.ForecastTable;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A back-test: its options, the order of its steps, and what is said of it; where it is made is another's. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public abstract class RollingOriginCommand extends ReportingCommand {
    @Mixin
    private final TrainingOptions training = new TrainingOptions(Fitting.USUAL);

    @Mixin
    private final FoldOptions folds = new FoldOptions(Backtest.USUAL_FOLDS);

    @Option(names = "--forecasts", paramLabel = "F.csv", description = "Where every fold's forecasts go.")
    private @Nullable Path forecasts;

    @Mixin
    private OutputOptions output;

    /** Only a subclass has a table. */
    protected RollingOriginCommand() {}

    /** The files that are read. */
    protected abstract List<Path> inputs();

    /** The training of each network run in this way; what cannot be meant is refused before any file is touched. */
    protected abstract SeriesTraining training(RunSettings run, Range range);

    /** The table. */
    protected abstract Table read() throws IOException;

    /** Takes hold of a picture's file, or returns null where none is drawn. */
    protected @Nullable AtomicFile picture(Outputs outputs) throws IOException {
        return null;
    }

    /** Draws the picture. */
    protected void draw(AtomicFile file, BacktestReport report) throws IOException {
        throw new IllegalStateException("this command draws nothing");
    }

    /** Runs all folds. */
    protected abstract BacktestReport run(Backtest backtest, Table table, SeriesTraining training);

    @Override
    public final Integer call() throws IOException {
        Range range = range();
        SeriesTraining asked = training(training.asked(range), range).notes(this::note);
        folds.check(range);
        Outputs outputs = output.reading(inputs());
        try (AtomicFile csv = forecasts == null ? null : outputs.open(forecasts, ForecastTable.KIND);
                AtomicFile picture = picture(outputs)) {
            Table read = read();
            BacktestReport report = run(read, asked);
            if (csv != null) {
                csv.replace(to -> ForecastTable.write(to, read, report));
            }
            if (picture != null) {
                draw(picture, report);
            }
            print(report);
        }
        return 0;
    }

    private BacktestReport run(Table read, SeriesTraining asked) {
        Backtest backtest = folds.of(
                Backtest.of(asked.asked().horizon()).levels(asked.asked().levels()));
        try (ProgressReport progress = new ProgressReport(err(), training)) {
            return run(backtest, read, asked.listen(progress));
        }
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
