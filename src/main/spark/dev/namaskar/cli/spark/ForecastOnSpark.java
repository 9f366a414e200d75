package dev.namaskar.cli.spark;

import dev.namaskar.cli.command.NamaskarCommand;
import dev.namaskar.cli.options.Heading;
import dev.namaskar.spark.SparkFailure;
import dev.namaskar.spark.stages.NamaskarForecasterModel;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forecast} on a cluster. */
@Command(
        name = "forecast",
        description = "Forecast the steps after the end of every series of a data set, with intervals, on a cluster.")
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class ForecastOnSpark extends NamaskarCommand {
    @Parameters(paramLabel = "TABLE", description = "A data set with a row a series and time: a Hadoop path.")
    private String table;

    @Mixin
    private ColumnOptions columns;

    @Heading(Heading.FILES)
    @Option(names = "--model", required = true, paramLabel = "M", description = "A model that train series wrote.")
    private Path model;

    @Heading(Heading.FILES)
    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description =
                    "Where the forecasts go, series,time,step,forecast,lo_80,...: a Hadoop path that is not there yet.")
    private String out;

    @Heading(Heading.FILES)
    @Option(
            names = "--out-format",
            defaultValue = "parquet",
            paramLabel = "NAME",
            description = "parquet, csv, ... (parquet).")
    private String format;

    @Override
    public Integer call() throws IOException {
        NamaskarForecasterModel stage = NamaskarForecasterModel.of(model).setColumns(columns.columns());
        Dataset<Row> forecasts = stage.transform(columns.read(SparkMain.session(), table));
        try {
            forecasts.write().format(format).option("header", "true").save(out);
        } catch (RuntimeException e) {
            throw SparkFailure.of(e);
        }
        out().println(out);
        return 0;
    }
}
