package dev.namaskar.cli.series;

import dev.namaskar.cli.options.Failure;
import dev.namaskar.cli.options.FittingOptions;
import dev.namaskar.cli.options.ForecasterOptions;
import dev.namaskar.cli.options.KeepOptions;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.ProgressReport;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.StopSignal;
import dev.namaskar.cli.options.TableOptions;
import dev.namaskar.cli.options.TrainingLog;
import dev.namaskar.cli.options.TransferOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.files.Json;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.series.Fitting;
import dev.namaskar.series.ForecastSettings;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import dev.namaskar.train.RunEnd;
import dev.namaskar.train.Training;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "             --starts 24,168 --out load.safetensors"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class TrainSeriesCommand implements Callable<Integer> {
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

    @Mixin
    private KeepOptions keep;

    @Mixin
    private TransferOptions transfer;

    @Mixin
    private OutputOptions output;

    @Option(names = "--out", required = true, paramLabel = "M", description = "Where the model goes.")
    private Path out;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        check(new Range(spec));
        Outputs outputs = output.reading(table);
        outputs.claim(out, ModelFile.KIND);
        keep.claim(outputs.alsoReading(transfer.from), out);
        PrintWriter err = spec.commandLine().getErr();
        long begun = System.nanoTime();
        try (AtomicFile target = AtomicFile.open(out)) {
            TableFormat format = tableOptions.over(TableFormat.AUTO);
            Table read = TableReader.read(table, format);
            read.notes().forEach(note -> err.println(Failure.optioned(note)));
            SeriesModel earlier = transfer.from == null
                    ? null
                    : SeriesFile.read(transfer.from).model();
            RunEnd end = new RunEnd();
            Fitting how = fitting.fitting()
                    .freeze(transfer.freeze.toArray(String[]::new))
                    .notes(err::println)
                    .listen(end);
            ForecastSettings asked =
                    earlier == null ? options.settings() : options.over(earlier.spec(), format, new Range(spec));
            SeriesTraining training = SeriesTraining.of(asked, how);
            if (earlier != null) {
                training.from(earlier);
                err.println("going on with " + transfer.from
                        + "; where it was trained on values of this table, intervals may come out too narrow");
            }
            ForecastSpec forecast = training.choose(read);
            SeriesModel model = train(training, read, forecast);
            Map<String, @Nullable Object> figures = figures(read, forecast, end);
            SeriesFile.write(
                    target,
                    new SeriesFile.Stored(model, read.format(), read.frequency()),
                    Map.of("run", Json.write(figures)));
            print(figures, end, (System.nanoTime() - begun) * 1e-9);
        }
        return 0;
    }

    private void check(Range range) {
        if (transfer.from == null) {
            options.check(range);
        } else {
            options.checkGiven(range);
        }
        fitting.check(range);
        keep.check(range);
    }

    private SeriesModel train(SeriesTraining training, Table read, ForecastSpec forecast) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Map<String, String> texts = Map.of("run", Json.write(identity(read, forecast)));
        try (ProgressReport progress = fitting.report(err);
                TrainingLog log = keep.log();
                StopSignal stop = new StopSignal(err);
                CheckpointedRuns runs = keep.runs(out, forecast.network().build(), texts, err)) {
            training.listen(progress).listen(stop);
            if (log != null) {
                training.listen(log);
            }
            training.fitting(how -> how.runs(runs));
            return training.on(read, forecast);
        }
    }

    /** What must be the same for a run to go on. */
    private Map<String, Object> identity(Table read, ForecastSpec forecast) {
        Map<String, Object> identity = new LinkedHashMap<>(fitting.identity());
        identity.put("forecaster", forecast.toString());
        identity.put("series", read.series().size());
        identity.put("table_fingerprint", read.fingerprint());
        if (!transfer.freeze.isEmpty()) {
            identity.put("freeze", transfer.freeze);
        }
        return identity;
    }

    /** What was asked for and what came of it: the same for the same run. */
    private Map<String, @Nullable Object> figures(Table read, ForecastSpec forecast, RunEnd end) {
        Training.Standing stood = end.standing();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("series", read.series().size());
        figures.put("frequency", read.frequency().name());
        figures.put("transform", forecast.transform());
        figures.put("season", forecast.season());
        figures.put("context", forecast.context());
        figures.putAll(fitting.settings());
        figures.put("steps", end.result().steps());
        figures.put("train_loss", finite(stood.trainLoss()));
        figures.put("val_loss", stood.bestParams().length > 0 ? finite(stood.bestLoss()) : null);
        figures.put("ended", end.result().reason());
        if (transfer.from != null) {
            figures.put("from", String.valueOf(transfer.from.getFileName()));
        }
        return figures;
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private void print(Map<String, @Nullable Object> figures, RunEnd end, double seconds) {
        PrintWriter to = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>(figures);
            object.put("threads", fitting.threads());
            object.put("ms_per_step", finite(end.result().medianStepSeconds() * 1e3));
            object.put("seconds", seconds);
            object.computeIfPresent("from", (key, name) -> String.valueOf(transfer.from));
            object.put("model", out.toString());
            to.println(Json.write(object));
            return;
        }
        boolean validated = figures.get("val_loss") != null;
        to.println(String.format(
                Locale.ROOT,
                "%s: %s series, %d steps, %s in %.1f s",
                out,
                figures.get("series"),
                end.result().steps(),
                String.format(
                        Locale.ROOT,
                        "%s %.4f",
                        validated ? "validation" : "loss",
                        validated ? end.standing().bestLoss() : end.standing().trainLoss()),
                seconds));
    }
}
