package dev.namaskar.cli;

import dev.namaskar.io.Json;
import dev.namaskar.io.SeriesFile;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableFormat;
import dev.namaskar.series.TableReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code namaskar train series}. */
@Command(
        description = "Train one network on all series of a table.",
        footer = {
            "",
            "Example: namaskar train series load.csv --target load --horizon 48 --context 336 --patch 24 \\",
            "             --seasons 24,168 --out load.safetensors"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class TrainSeriesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE", description = "A CSV file: long, wide, or a row a series.")
    private Path table;

    @Mixin
    private TableOptions tableOptions;

    @Mixin
    private ForecasterOptions options;

    @Option(names = "--out", required = true, paramLabel = "M", description = "Where the model goes.")
    private Path out;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        options.check(new Range(spec));
        PrintWriter err = spec.commandLine().getErr();
        long begun = System.nanoTime();
        TableFormat format = tableOptions.over(TableFormat.AUTO);
        Table read = TableReader.read(table, format);
        read.notes().forEach(err::println);
        ForecastSpec forecast = options.spec(read.series(), format);
        try (ProgressReport progress = new ProgressReport(err)) {
            NetworkForecaster forecaster =
                    new NetworkForecaster(forecast, options.run(read.series(), forecast, progress, err::println));
            SeriesModel model = forecaster.fit(read.series());
            SeriesFile.write(out, new SeriesFile.Stored(model, format, read.frequency()));
        }
        print(read, forecast, (System.nanoTime() - begun) * 1e-9);
        return 0;
    }

    private void print(Table read, ForecastSpec forecast, double seconds) {
        PrintWriter to = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("series", read.series().size());
            object.put("frequency", read.frequency().name());
            object.put("transform", forecast.transform());
            object.put("season", forecast.season());
            object.put("context", forecast.context());
            object.put("seconds", seconds);
            object.put("model", out.toString());
            to.println(Json.write(object));
        } else {
            to.printf("%s: %d series, trained in %.1f s%n", out, read.series().size(), seconds);
        }
    }
}
