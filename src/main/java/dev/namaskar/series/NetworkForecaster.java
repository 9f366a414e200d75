package dev.namaskar.series;

import dev.namaskar.params.Params;
import dev.namaskar.series.interval.CalibratedFit;
import dev.namaskar.series.interval.CalibrationPlan;
import dev.namaskar.series.interval.ConformalFit;
import dev.namaskar.series.interval.ScoreRecord;
import dev.namaskar.series.interval.Trial;
import dev.namaskar.series.network.Window;
import dev.namaskar.series.network.WindowSource;
import dev.namaskar.series.table.Columns;
import dev.namaskar.train.settings.StoppingRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One global network over many series. The network that is kept learns from all there is; how far off it will be is
 * measured on networks trained before, on the past alone (see {@link CalibrationPlan}).
 */
public final class NetworkForecaster implements Forecaster {
    /** The name in reports. */
    public static final String NAME = "namaskar";

    private static final double NOTED_LEVEL = 0.95;
    private static final double NANOS_PER_MINUTE = 60e9;
    private static final int MOST_MEMBERS = 30;

    private final ForecastSpec spec;
    private final Fitting fitting;
    private final @Nullable NetworkForecaster otherwise;
    private final Trained trained;

    /** Networks of a fit that were trained elsewhere. */
    @FunctionalInterface
    public interface Trained {
        /** None. */
        Trained NONE = number -> null;

        /** The parameters that {@link NetworkForecaster#network} came to; null to train it here. */
        float @Nullable [] of(int number);
    }

    /** A forecaster of this kind, trained in this way. */
    public NetworkForecaster(ForecastSpec spec, Fitting fitting) {
        this(spec, fitting, null, Trained.NONE);
    }

    private NetworkForecaster(
            ForecastSpec spec, Fitting fitting, @Nullable NetworkForecaster otherwise, Trained trained) {
        this.spec = spec;
        this.fitting = fitting;
        this.otherwise = otherwise;
        this.trained = trained;
    }

    /** The same, but once a history holds a value that the transform has no place for, with another transform. */
    public NetworkForecaster otherwise(String transform) {
        return new NetworkForecaster(
                spec,
                fitting,
                new NetworkForecaster(ForecastSettings.everywhere(spec, s -> s.transform(transform)), fitting),
                trained);
    }

    /** The same, whose next fit has these networks. */
    public NetworkForecaster with(Trained networks) {
        return new NetworkForecaster(spec, fitting, otherwise == null ? null : otherwise.with(networks), networks);
    }

    /** The same with other settings of how networks are trained. */
    public NetworkForecaster fitting(UnaryOperator<Fitting> change) {
        return new NetworkForecaster(
                spec, change.apply(fitting), otherwise == null ? null : otherwise.fitting(change), trained);
    }

    /** How its networks are trained. */
    public Fitting fitting() {
        return fitting;
    }

    /**
     * What is fitted and how, to be fitted elsewhere in the same way; who watches stays behind.
     *
     * @throws IllegalStateException if it goes on with trained networks, which text does not hold
     */
    public String text() {
        if (!fitting.begin().isEmpty()) {
            throw new IllegalStateException(
                    "expected a forecaster of fresh networks, found one that goes on with others");
        }
        return new StoredForecaster(
                        ForecastSpecMap.of(spec),
                        otherwise == null ? null : ForecastSpecMap.of(otherwise.spec),
                        fitting.asked(),
                        fitting.members(),
                        fitting.calibration())
                .text();
    }

    /**
     * What {@link #text} wrote.
     *
     * @throws IOException if it is something else
     */
    public static NetworkForecaster fromText(String text) throws IOException {
        StoredForecaster stored = StoredForecaster.fromText(text);
        Fitting fitting = Fitting.of(stored.run())
                .members(stored.members())
                .calibration(
                        stored.calibration().windows(), stored.calibration().networks());
        ForecastSpecMap other = stored.otherwise();
        return new NetworkForecaster(
                stored.specification().spec(),
                fitting,
                other == null ? null : new NetworkForecaster(other.spec(), fitting),
                Trained.NONE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int shortest() {
        return spec.shortest();
    }

    @Override
    public SeriesModel fit(List<Series> histories) {
        long begun = System.nanoTime();
        NetworkForecaster able = able(histories);
        CalibratedFit.Shape shape = able.spec.shape();
        CalibrationPlan plan = able.plan(histories);
        int networks = able.networks(plan);
        ScoreRecord record =
                plan.record(histories, shape, (past, stretch) -> able.tried(past, new Known(plan, stretch), networks));
        return able.kept(histories, record, networks, begun);
    }

    private CalibrationPlan plan(List<Series> histories) {
        Fitting.Calibration asked = fitting.calibration();
        return CalibrationPlan.of(
                histories,
                spec.shape(),
                asked.windows() == null ? -1 : asked.windows(),
                asked.networks() == null ? -1 : asked.networks());
    }

    /**
     * How many networks a fit trains: those that are kept, and behind them those for the intervals alone. None depends on
     * another, so that they may be trained anywhere; 0 where their number depends on the time there is.
     *
     * @param anew of a later origin, whose intervals go on with what is known of the first
     */
    public int networks(List<Series> histories, boolean anew) {
        NetworkForecaster able = able(histories);
        return fitting.asked().length().minutes() != null
                ? 0
                : able.kinds()
                        * (able.mostMembers() + (anew ? 0 : able.plan(histories).stretches()));
    }

    /**
     * Trains one of the networks of a fit.
     *
     * @param number from 0
     * @return its parameters, for {@link #with}; null where there is too little to train it on, or fewer of its kind are kept
     */
    public float @Nullable [] network(List<Series> histories, int number) {
        NetworkForecaster able = able(histories);
        CalibrationPlan plan = able.plan(histories);
        ForecastSpec kind = able.spec.kinds().get(number % able.kinds());
        int place = number / able.kinds();
        int stretch = place - able.mostMembers();
        if (stretch < 0 && place >= able.members(kind)) {
            return null;
        }
        NetworkTraining training = stretch < 0
                ? able.onAll(kind, histories, able.fitting.rules(histories, kind))
                : able.onPast(kind, plan.past(histories, stretch), new Known(plan, stretch), able.networks(plan));
        return training.windows() == 0 ? null : training.network(place).values();
    }

    private int kinds() {
        return spec.kinds().size();
    }

    /** All networks of a fit, of all kinds. */
    private int networks(CalibrationPlan plan) {
        return kinds() * plan.stretches() + allMembers();
    }

    /** Those that are kept, at least. */
    private int allMembers() {
        return spec.kinds().stream().mapToInt(this::members).sum();
    }

    private int mostMembers() {
        return spec.kinds().stream().mapToInt(this::members).max().orElseThrow();
    }

    private NetworkTraining onAll(ForecastSpec kind, List<Series> histories, StoppingRules rules) {
        return new NetworkTraining(kind, fitting, rules, histories, Known.ALL);
    }

    /**
     * On what came before a stretch of windows, for as many steps as is usual for it: widths take long to be learned, and
     * those of a shorter training would be narrower than what they are to speak for.
     */
    private NetworkTraining onPast(ForecastSpec kind, List<Series> past, Known known, int networks) {
        StoppingRules rules = fitting.rules(past, kind).perRun(networks);
        return new NetworkTraining(kind, fitting, rules, past, known);
    }

    private Params network(NetworkTraining training, int place, int kind) {
        float[] ready = trained.of(place * kinds() + kind);
        return ready == null ? training.network(place) : training.of(ready);
    }

    /** Trained anew on everything; the record of how far off the earlier fits were goes on. */
    @Override
    public Fitted next(Fitted earlier, List<Series> histories, boolean anew) {
        NetworkForecaster able = able(histories);
        if (!(earlier instanceof SeriesModel model) || !model.spec().equals(able.spec)) {
            return able.fit(histories);
        }
        return anew
                ? able.kept(histories, model.longerRecord(histories), able.allMembers(), System.nanoTime())
                : model.recalibrate(histories);
    }

    /** What reads nothing or is fitted at once is alike whatever it draws at random: one is enough unless more were asked for. */
    private int members(ForecastSpec kind) {
        return kind.hasNetwork() || fitting.members() != null ? fitting.leastMembers() : 1;
    }

    private void tell(int network, int of, String what) {
        fitting.company().listeners().forEach(listener -> listener.onRun(network, of, what));
    }

    /** This forecaster or, where the histories leave its transform's domain, the one to take then. */
    private NetworkForecaster able(List<Series> histories) {
        ForecastSpec other = spec.beside();
        if (other != null && WindowSource.windows(histories, other) == 0) {
            return new NetworkForecaster(spec.beside(null), fitting, otherwise, trained).able(histories);
        }
        List<Window> windows = spec.kinds().stream()
                .map(kind -> new Window(kind, Columns.NONE))
                .toList();
        for (Series series : histories) {
            boolean dated = !spec.calendar().isEmpty() || spec.holidays() != null;
            if (dated && !series.frequency().isClock()) {
                throw new IllegalArgumentException(
                        "calendar features need dates, found times counted by " + series.frequency());
            }
            try {
                windows.forEach(window -> window.check(series));
            } catch (IllegalArgumentException e) {
                if (otherwise == null) {
                    throw e;
                }
                fitting.note(e.getMessage() + ": going on with " + otherwise.spec.transform());
                return otherwise.able(histories);
            }
        }
        return this;
    }

    /** Networks trained on what came before a stretch of windows; none where that is too short. */
    private @Nullable Fitted tried(List<Series> past, Known known, int networks) {
        SeriesModel model = null;
        for (int kind = 0; kind < kinds(); kind++) {
            NetworkTraining training = onPast(spec.kinds().get(kind), past, known, networks);
            if (training.windows() == 0) {
                break;
            }
            tell(
                    known.stretch() * kinds() + kind + 1,
                    networks,
                    "on the past of windows that it then forecasts, for the intervals");
            Params params = network(training, mostMembers() + known.stretch(), kind);
            SeriesModel one = training.model(training.besideMix(List.of(params)), ScoreRecord.empty(0, 1));
            model = model == null ? one : model.beside(one);
        }
        return model == null ? null : model.base();
    }

    /** The members, trained on everything; they are the last of so many networks, or as many as there is time for. */
    private SeriesModel kept(List<Series> histories, ScoreRecord record, int networks, long begun) {
        List<Kept> all = spec.kinds().stream()
                .map(kind -> new Kept(kind, fitting.rules(histories, kind), new ArrayList<>()))
                .toList();
        all.forEach(kind -> onAll(kind.spec, histories, kind.rules).describe());
        double minutes = all.get(0).rules.minutes();
        double spent = 0;
        double last = 0;
        int members = 0;
        int number = networks - allMembers();
        do {
            for (int kind = 0; kind < all.size(); kind++) {
                ForecastSpec one = all.get(kind).spec;
                if (members >= members(one) && !one.hasNetwork()) {
                    continue;
                }
                number++;
                tell(number, Math.max(networks, number), "on everything");
                StoppingRules each = all.get(kind).rules.perRun(networks);
                double left = Math.max(each.minutes(), minutes - minutesSince(begun));
                NetworkTraining training =
                        onAll(all.get(kind).spec, histories, fitting.fillsTime() ? each.withMinutes(left) : each);
                all.get(kind).members.add(network(training, members, kind));
            }
            members++;
            last = minutesSince(begun) - spent;
            spent += last;
        } while (members < mostMembers()
                || (fitting.fillsTime() && spec.hasNetwork() && spent + last < minutes && members < MOST_MEMBERS));
        describe(record);
        SeriesModel beside = all.size() < 2 ? null : model(histories, all.get(1), ScoreRecord.empty(0, 1));
        return model(histories, all.get(0), record).beside(beside);
    }

    /** The networks of one kind that are kept. */
    private record Kept(ForecastSpec spec, StoppingRules rules, List<Params> members) {}

    private SeriesModel model(List<Series> histories, Kept kind, ScoreRecord record) {
        NetworkTraining training = onAll(kind.spec, histories, kind.rules);
        return training.model(training.besideMix(kind.members), record);
    }

    private static double minutesSince(long nanos) {
        return (System.nanoTime() - nanos) / NANOS_PER_MINUTE;
    }

    private void describe(ScoreRecord record) {
        if (fitting.calibration().isNone()) {
            fitting.note("intervals are the network's own: no calibration was asked for");
            return;
        }
        List<Trial> scores = record.all();
        double wider = 100 * (ConformalFit.widening(NOTED_LEVEL, ConformalFit.freedom(scores, spec.horizon())) - 1);
        fitting.note("intervals: "
                + (scores.isEmpty()
                        ? "too short a history to measure how far off forecasts are"
                        : String.format(
                                Locale.ROOT,
                                "measured on %d windows, worth %.0f that do not overlap",
                                scores.size(),
                                ConformalFit.apart(scores, spec.horizon())))
                + (wider < 1 ? "" : String.format(Locale.ROOT, "; that of 95 %% is %.0f %% wider for so few", wider)));
    }
}
