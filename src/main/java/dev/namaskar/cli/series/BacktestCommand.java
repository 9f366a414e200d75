package dev.namaskar.cli.series;

import dev.namaskar.cli.options.PlotOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.SeriesOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.plot.SeriesChart;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code namaskar backtest}. */
@Command(
        description = "Roll the origin over a table's end and say whether the network beats simple forecasts.",
        footer = {
            "",
            "At every origin each forecaster sees what had come by then and nothing else.",
            "Example: namaskar backtest corpora/AirPassengers.csv --target passengers --horizon 12 --folds 10"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class BacktestCommand extends RollingOriginCommand {
    @Mixin
    private SeriesOptions options;

    @Mixin
    private PlotOptions plot;

    private @Nullable Series drawn;

    @Override
    protected List<Path> inputs() {
        return List.of(options.table);
    }

    @Override
    protected SeriesTraining training(RunSettings run, Range range) {
        plot.check(range);
        return options.fresh(run, range);
    }

    @Override
    protected Table read() throws IOException {
        Table read = options.read(this::note);
        drawn = plot.chosen(read);
        return read;
    }

    @Override
    protected @Nullable AtomicFile picture(Outputs outputs) throws IOException {
        return plot.open(outputs);
    }

    @Override
    protected void draw(AtomicFile file, BacktestReport report) throws IOException {
        Series series = Objects.requireNonNull(drawn);
        List<Outcome> outcomes = report.outcomes(NetworkForecaster.NAME, series.id());
        Backtest setting = report.setting();
        int shown = setting.folds() * setting.stride() + 2 * setting.horizon();
        plot.write(file, SeriesChart.folds(series, outcomes, 2 * shown, plot.unit(), plot.appearance()));
    }

    @Override
    protected BacktestReport run(Backtest backtest, Table table, SeriesTraining training) {
        return backtest.run(table, training, List.of(), this::note);
    }
}
