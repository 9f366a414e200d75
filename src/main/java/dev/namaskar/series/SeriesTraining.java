package dev.namaskar.series;

import dev.namaskar.train.StoppingRules;
import dev.namaskar.train.TrainingListener;
import java.util.List;
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
 *
 * <p>Settings are changed before the first use, not after.
 */
public final class SeriesTraining {
    private static final long USUAL_SEED = 1;

    private @Nullable ForecastSettings settings;
    private @Nullable Fitting fitting;
    private StoppingRules rules = StoppingRules.afterSteps(0);
    private UnaryOperator<Fitting> changes = how -> how;
    private long seed = USUAL_SEED;
    private @Nullable SeriesModel earlier;

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
    public SeriesTraining minutes(double limit) {
        rules = rules.withMinutes(limit);
        return this;
    }

    /** So many steps a network. */
    public SeriesTraining steps(long count) {
        rules = new StoppingRules(count, rules.minutes(), rules.targetLoss(), rules.patience());
        return this;
    }

    /** The start of everything drawn at random. */
    public SeriesTraining seed(long start) {
        seed = start;
        return this;
    }

    /** So many networks, alike but for their seeds. */
    public SeriesTraining members(int networks) {
        return fitting(how -> how.members(networks));
    }

    /** So many worker threads. */
    public SeriesTraining threads(int count) {
        return fitting(how -> how.threads(count));
    }

    /** Adds somebody who watches. */
    public SeriesTraining listen(TrainingListener listener) {
        return fitting(how -> how.listen(listener));
    }

    /** Told what was found and decided, a sentence each. */
    public SeriesTraining notes(Consumer<String> to) {
        return fitting(how -> how.notes(to));
    }

    /** Other settings of how networks are trained. */
    public SeriesTraining fitting(UnaryOperator<Fitting> change) {
        UnaryOperator<Fitting> before = changes;
        changes = how -> change.apply(before.apply(how));
        return this;
    }

    /** Goes on with a trained model, of which all is kept that its networks' sizes depend on; {@link Fitting#from}. */
    public SeriesTraining from(SeriesModel trained) {
        earlier = trained;
        return this;
    }

    private ForecastSettings settings() {
        if (settings == null) {
            throw new IllegalStateException("expected a horizon before other settings: training().horizon(12)");
        }
        return settings;
    }

    private Fitting fitting() {
        Fitting how = changes.apply(fitting == null ? Fitting.of(rules, seed) : fitting);
        fitting = how;
        changes = same -> same;
        return earlier == null ? how : how.from(earlier);
    }

    /** What these histories are forecast by, with what was not said chosen from them. */
    public ForecastSpec choose(Table table, List<Series> histories) {
        return earlier == null
                ? settings().statics(table.statics()).choose(histories, table.known(), table.observed(), fitting())
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
        NetworkForecaster forecaster = new NetworkForecaster(spec, fitting());
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
            fitting()
                    .notes
                    .accept(without + " of " + table.series().size()
                            + " series have missing values: no loss and no score counts them");
        }
        return forecaster(spec).fit(table.series()).of(table);
    }

    /** The horizon, levels and season that a back-test of this training has. */
    ForecastSettings asked() {
        return settings();
    }
}
