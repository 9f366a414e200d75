package dev.namaskar.cli.spark;

import dev.namaskar.cli.options.EnsembleOptions;
import dev.namaskar.cli.options.ForecasterOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.series.RollingOriginCommand;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.spark.evaluate.SparkBacktest;
import dev.namaskar.spark.table.SeriesTable;
import dev.namaskar.train.settings.RunSettings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code backtest} on a cluster. */
@Command(
        name = "backtest",
        description = "Roll the origin over a data set's end and say whether the network beats simple forecasts, on a"
                + " cluster.",
        footer = {
            "",
            "The driver holds the data set; networks are trained and forecasts made by the executors, with the report"
                    + " of one machine."
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class BacktestOnSpark extends RollingOriginCommand {
    @Parameters(paramLabel = "TABLE", description = "A data set with a row a series and time: a Hadoop path.")
    private String table;

    @Mixin
    private ColumnOptions columns;

    @Mixin
    private ForecasterOptions forecaster;

    @Mixin
    private EnsembleOptions ensemble;

    @Override
    protected List<Path> inputs() {
        return List.of();
    }

    @Override
    protected SeriesTraining training(RunSettings run, Range range) {
        forecaster.check(range);
        return SeriesTraining.of(forecaster.settings(range), ensemble.fitting(run, range));
    }

    @Override
    protected Table read() {
        return SeriesTable.of(columns.read(SparkMain.session(), table), columns.columns())
                .table(Integer.MAX_VALUE);
    }

    @Override
    protected BacktestReport run(Backtest backtest, Table read, SeriesTraining training) {
        return SparkBacktest.run(SparkMain.session(), backtest, read, training, List.of(), this::note);
    }
}
