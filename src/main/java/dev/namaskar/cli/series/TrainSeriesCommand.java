package dev.namaskar.cli.series;

import dev.namaskar.cli.command.RunWatch;
import dev.namaskar.cli.command.TrainCommand;
import dev.namaskar.cli.options.FoldOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.SeriesOptions;
import dev.namaskar.files.Json;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.Fitting;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.train.run.RunEnd;
import dev.namaskar.train.run.Standing;
import dev.namaskar.tune.Tuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code namaskar train series}. */
@Command(
        description = "Train one network on all series of a table.",
        footer = {
            "",
            "Nothing is held out unless something goes by validation losses (--stop-at, --patience, --validate-every):"
                    + " a tenth then.",
            "Example: namaskar train series load.csv --target load --horizon 48 --context 336 --patch 24 \\",
            "             --starts 24,168 --out load.safetensors"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class TrainSeriesCommand extends TrainCommand<Fitting> {
    @Mixin
    private SeriesOptions options;

    private final FoldOptions folds = new FoldOptions(Tuning.FOLDS);

    /** With what is usual for series. */
    public TrainSeriesCommand() {
        super(Fitting.USUAL);
    }

    @Override
    protected List<Path> inputs() {
        return List.of(options.table);
    }

    @Override
    protected Fitting prepare(Range range) {
        if (from() == null) {
            options.forecaster.check(range);
        } else {
            options.forecaster.checkGiven(range);
        }
        return options.fitting(run(), range).notes(this::note);
    }

    @Override
    protected List<Object> tuneOptions() {
        return List.of(folds);
    }

    @Override
    protected Sought<SeriesModel> sought(Range range) throws IOException {
        folds.check(range);
        Table table = options.read(this::note);
        Supplier<SeriesTraining> trainings = () -> SeriesTraining.of(
                options.forecaster.settings(range), each(range).get().notes(note -> {}));
        Backtest inside = folds.of(Backtest.of(options.forecaster.horizon));
        return new Sought<>(
                Tuning.series(trainings, table, inside),
                model -> target -> SeriesFile.write(
                        target, new SeriesFile.Stored(model, table.format(), table.frequency()), Map.of()));
    }

    @Override
    protected Result train(Fitting asked) throws IOException {
        long begun = System.nanoTime();
        Table table = options.read(this::note);
        RunEnd end = new RunEnd();
        try (RunWatch watch = watch()) {
            Fitting fitting = asked.listen(end);
            SeriesTraining training = training(fitting).checkpoints(checkpoints());
            ForecastSpec forecast = training.choose(table);
            watch.listeners().forEach(training::listen);
            SeriesModel model = training.on(table, forecast);
            Map<String, @Nullable Object> figures = figures(table, forecast, fitting, end);
            String run = Json.write(figures);
            double seconds = (System.nanoTime() - begun) * 1e-9;
            figures.put("threads", fitting.asked().threads());
            figures.put("ms_per_step", finite(end.result().medianStepSeconds() * 1e3));
            figures.put("seconds", seconds);
            return new Result(
                    target -> SeriesFile.write(
                            target,
                            new SeriesFile.Stored(model, table.format(), table.frequency()),
                            Map.of("run", run)),
                    figures,
                    words(figures, end, seconds));
        }
    }

    /** What trains a fresh forecaster, or the one that is gone on with. */
    private SeriesTraining training(Fitting fitting) throws IOException {
        if (from() == null) {
            return SeriesTraining.of(options.forecaster.settings(range()), fitting);
        }
        SeriesModel earlier = SeriesFile.read(from()).model();
        note("going on with " + from()
                + "; where it was trained on values of this table, intervals may come out too narrow");
        return SeriesTraining.of(options.forecaster.over(earlier.spec(), options.format(), range()), fitting)
                .from(earlier);
    }

    /** What was asked for and what came of it: the same for the same run. */
    private Map<String, @Nullable Object> figures(Table table, ForecastSpec forecast, Fitting fitting, RunEnd end) {
        Standing stood = end.standing();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("series", table.series().size());
        figures.put("frequency", table.frequency().name());
        figures.put("transform", forecast.transform());
        figures.put("season", forecast.season());
        figures.put("context", forecast.context());
        figures.putAll(fitting.toMap());
        figures.put("gemm", end.gemm().toString());
        figures.put("steps", end.result().steps());
        figures.put("train_loss", finite(stood.trainLoss()));
        figures.put("val_loss", stood.bestParams().length > 0 ? finite(stood.bestLoss()) : null);
        figures.put("ended", end.result().reason());
        if (from() != null) {
            figures.put("from", String.valueOf(from().getFileName()));
        }
        return figures;
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private static String words(Map<String, @Nullable Object> figures, RunEnd end, double seconds) {
        boolean validated = figures.get("val_loss") != null;
        return String.format(
                Locale.ROOT,
                "%s series, %d steps, %s %.4f in %.1f s",
                figures.get("series"),
                end.result().steps(),
                validated ? "validation" : "loss",
                validated ? end.standing().bestLoss() : end.standing().trainLoss(),
                seconds);
    }
}
