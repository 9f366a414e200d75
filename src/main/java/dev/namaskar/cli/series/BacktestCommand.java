package dev.namaskar.cli.series;

import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.SeriesOptions;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    @Override
    protected List<Path> inputs() {
        return List.of(options.table);
    }

    @Override
    protected SeriesTraining training(RunSettings run, Range range) {
        return options.fresh(run, range);
    }

    @Override
    protected Table read() throws IOException {
        return options.read(this::note);
    }

    @Override
    protected BacktestReport run(Backtest backtest, Table table, SeriesTraining training) {
        return backtest.run(table, training, List.of(), this::note);
    }
}
