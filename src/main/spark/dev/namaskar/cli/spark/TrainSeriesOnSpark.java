package dev.namaskar.cli.spark;

import dev.namaskar.cli.command.RunWatch;
import dev.namaskar.cli.options.EnsembleOptions;
import dev.namaskar.cli.options.ForecasterOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.series.Fitting;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.spark.table.SeriesTable;
import dev.namaskar.spark.train.RoundSettings;
import dev.namaskar.train.run.RunEnd;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code train series} on a cluster. */
@Command(
        name = "series",
        description = "Train one network on all series of a data set, on a cluster; --steps are each replica's.")
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class TrainSeriesOnSpark extends TrainOnSpark<Fitting> {
    @Parameters(paramLabel = "TABLE", description = "A data set with a row a series and time: a Hadoop path.")
    private String table;

    @Mixin
    private ColumnOptions columns;

    @Mixin
    private ForecasterOptions forecaster;

    @Mixin
    private EnsembleOptions ensemble;

    TrainSeriesOnSpark() {
        super(Fitting.USUAL);
    }

    @Override
    protected Fitting prepare(Range range) {
        rounds.settings(range, RoundSettings::of);
        range.effective("--from", from() == null, "on a cluster");
        forecaster.check(range);
        return ensemble.fitting(run(), range).notes(this::note);
    }

    @Override
    protected Result train(Fitting asked) throws IOException {
        Checkpoints kept = Objects.requireNonNull(checkpoints());
        RunEnd end = new RunEnd();
        try (RunWatch watch = watch()) {
            SeriesTraining training = SeriesTraining.of(forecaster.settings(range()), asked.listen(end));
            watch.listeners().forEach(training::listen);
            SeriesTable rows = SeriesTable.of(columns.read(SparkMain.session(), table), columns.columns());
            SeriesModel model = rounds.training(rounds.settings(range(), RoundSettings::of), kept)
                    .notes(this::note)
                    .series(training, rows);
            Map<String, @Nullable Object> figures = new LinkedHashMap<>();
            figures.put("frequency", rows.frequency().name());
            figures.put("transform", model.spec().transform());
            figures.put("season", model.spec().season());
            figures.put("context", model.spec().context());
            figures.putAll(asked.toMap());
            figures.put("steps", end.result().steps());
            figures.put("ended", end.result().reason());
            figures.put("seconds", end.result().seconds());
            return new Result(
                    target -> SeriesFile.write(
                            target,
                            new SeriesFile.Stored(
                                    model,
                                    model.source().format(),
                                    model.source().frequency()),
                            Map.of()),
                    figures,
                    end.result().steps() + " steps a replica: " + end.result().reason());
        }
    }
}
