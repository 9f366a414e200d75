package dev.namaskar.series;

import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.Json;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.train.run.Runs;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.run.TrainingSettings;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A forecaster's training, from a table to a model: what is not said is chosen from the table, by the same code for the
 * command line and for programs.
 *
 * <pre>{@code
 * SeriesModel model = SeriesModel.training().horizon(12).season(12).minutes(1).listen(progress).on(table);
 * }</pre>
 */
public final class SeriesTraining implements TrainingSettings<SeriesTraining> {
    private @Nullable ForecastSettings settings;
    private Fitting fitting = Fitting.of(RunSettings.NONE);
    private @Nullable SeriesModel earlier;
    private @Nullable Checkpoints checkpoints;

    SeriesTraining() {}

    /** A training with these settings. */
    public static SeriesTraining of(ForecastSettings settings, Fitting fitting) {
        SeriesTraining training = new SeriesTraining();
        training.settings = settings;
        training.fitting = fitting;
        return training;
    }

    /** Forecasts so many steps: to be said before other settings of the forecaster. */
    public SeriesTraining horizon(int steps) {
        settings = ForecastSettings.of(steps);
        return this;
    }

    /** A season of so many steps. */
    public SeriesTraining season(int steps) {
        return forecaster(s -> s.season(steps));
    }

    /** Other settings of the forecaster. */
    public SeriesTraining forecaster(UnaryOperator<ForecastSettings> change) {
        settings = change.apply(settings());
        return this;
    }

    /** As many networks as there is time for in so many minutes; their forecasts are averaged. */
    @Override
    public SeriesTraining minutes(double limit) {
        return run(r -> r.withMinutes(limit));
    }

    /** So many networks, alike but for their seeds. */
    public SeriesTraining members(int networks) {
        return fitting(how -> how.members(networks));
    }

    @Override
    public SeriesTraining listen(TrainingListener listener) {
        return fitting(how -> how.listen(listener));
    }

    @Override
    public SeriesTraining notes(Consumer<String> to) {
        return fitting(how -> how.notes(to));
    }

    /** Other settings of how networks are trained. */
    public SeriesTraining fitting(UnaryOperator<Fitting> change) {
        fitting = change.apply(fitting);
        return this;
    }

    @Override
    public SeriesTraining run(UnaryOperator<RunSettings> change) {
        return fitting(how -> how.run(change));
    }

    @Override
    public SeriesTraining layers(UnaryOperator<RecurrentLayers> change) {
        return forecaster(s -> s.recurrent(change.apply(s.recurrent())));
    }

    /** Stores all that a run needs to go on; null, the usual, for nothing. */
    public SeriesTraining checkpoints(@Nullable Checkpoints kept) {
        checkpoints = kept;
        return this;
    }

    /** Goes on with a trained model, of which all is kept that its networks' sizes depend on; {@link Fitting#from}. */
    public SeriesTraining from(SeriesModel trained) {
        earlier = trained;
        return fitting(how -> how.from(trained));
    }

    private ForecastSettings settings() {
        if (settings == null) {
            throw new IllegalStateException("expected a horizon before other settings: training().horizon(12)");
        }
        return settings;
    }

    /** What these histories are forecast by, with what was not said chosen from them. */
    public ForecastSpec choose(Table table, List<Series> histories) {
        return earlier == null
                ? settings().statics(table.statics()).choose(histories, table.known(), table.observed(), fitting)
                : settings().over(earlier.spec(), table.known(), table.observed());
    }

    /** The same for all of a table. */
    public ForecastSpec choose(Table table) {
        return choose(table, table.series());
    }

    /**
     * A forecaster of this kind; where its transform was chosen, histories that leave its domain are forecast on another.
     */
    public NetworkForecaster forecaster(ForecastSpec spec) {
        return forecaster(spec, fitting);
    }

    private NetworkForecaster forecaster(ForecastSpec spec, Fitting how) {
        NetworkForecaster forecaster = new NetworkForecaster(spec, how);
        return settings().isAutomatic() ? forecaster.otherwise(UsualSpec.otherwise(spec)) : forecaster;
    }

    /**
     * Chooses what is open and trains on all series of the table.
     *
     * @throws IllegalArgumentException when they are too short
     */
    public SeriesModel on(Table table) {
        return on(table, choose(table));
    }

    /** Trains a forecaster of this kind on all series of the table. */
    public SeriesModel on(Table table, ForecastSpec spec) {
        long without = table.series().stream().filter(Series::hasMissing).count();
        if (without > 0) {
            fitting.note(without + " of " + table.series().size()
                    + " series have missing values: no loss and no score counts them");
        }
        if (checkpoints == null) {
            return forecaster(spec).fit(table.series()).of(table);
        }
        Map<String, String> texts = Map.of("run", Json.write(identity(table, spec)));
        ForecastSpec other = spec.beside();
        try (CheckpointedRuns runs = runs(checkpoints, spec, texts);
                CheckpointedRuns others = other == null ? null : runs(checkpoints.second(), other, texts)) {
            ParamLayout first = spec.network().build().params();
            Runs either = others == null
                    ? runs
                    : (trainer, training) -> (trainer.params().layout().slots().equals(first.slots()) ? runs : others)
                            .carryOut(trainer, training);
            return forecaster(spec, fitting.runs(either)).fit(table.series()).of(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Runs of the networks of one kind, one after the other. */
    private CheckpointedRuns runs(Checkpoints kept, ForecastSpec kind, Map<String, String> texts) throws IOException {
        return kept.of(kind.network().build(), texts, fitting.company().notes());
    }

    /** What must be the same for a run to go on. */
    private Map<String, Object> identity(Table table, ForecastSpec spec) {
        Map<String, Object> identity = fitting.toMap();
        identity.remove("schedule");
        identity.putAll(fitting.run().update().optimizer().identity());
        identity.put("forecaster", spec.toString());
        identity.put("series", table.series().size());
        identity.put("table_fingerprint", table.fingerprint());
        List<String> frozen = fitting.asked().update().freeze();
        if (!frozen.isEmpty()) {
            identity.put("freeze", frozen);
        }
        return identity;
    }

    /** What is asked of the forecaster. */
    public ForecastSettings asked() {
        return settings();
    }
}
