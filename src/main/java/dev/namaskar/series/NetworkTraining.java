package dev.namaskar.series;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.series.interval.CalibratedFit;
import dev.namaskar.series.interval.Conformal;
import dev.namaskar.series.interval.ScoreRecord;
import dev.namaskar.series.network.LinearMap;
import dev.namaskar.series.network.RawForecasts;
import dev.namaskar.series.network.SeasonalHead;
import dev.namaskar.series.network.SeriesValidation;
import dev.namaskar.series.network.Window;
import dev.namaskar.series.network.WindowSource;
import dev.namaskar.series.table.Columns;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.run.Divergence;
import dev.namaskar.train.run.Sample;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.settings.RunSettings;
import dev.namaskar.train.settings.StoppingRules;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Trains networks of one forecaster on the same histories, which end where what may be known ends. */
final class NetworkTraining {
    /** Starts are mixed after so many steps, as far as mixing goes. */
    private static final long MIX_STEPS = 400;

    /** How many horizons of history a sample shows. */
    private static final int SHOWN_HORIZONS = 4;

    /** Networks draw from streams far apart. */
    private static final long MEMBER = 0x632be59bd9b4e019L;

    private final ForecastSpec spec;
    private final Fitting fitting;
    private final RunSettings run;
    private final double heldOut;
    private final StoppingRules rules;
    private final List<Series> histories;
    private final List<Series> trainedOn;
    private final Columns columns;
    private final Window window;
    private final Network network;
    private final Known known;

    /**
     * A training.
     *
     * @param rules for each network
     * @param known how much of each whole series the histories are
     */
    NetworkTraining(ForecastSpec spec, Fitting fitting, StoppingRules rules, List<Series> histories, Known known) {
        this.known = known.heldOut(fitting.valFraction());
        this.spec = spec;
        this.fitting = fitting;
        this.rules = rules;
        this.histories = histories;
        run = fitting.run();
        heldOut = fitting.valFraction();
        trainedOn = heldOut == 0
                ? histories
                : histories.stream()
                        .map(series -> series.upTo(SeriesValidation.kept(series.length(), spec, heldOut)))
                        .toList();
        columns = Columns.fit(histories, spec.known().size(), spec.observed().size());
        window = new Window(spec, columns);
        network = spec.network().build();
    }

    /** Number of windows to train on. */
    long windows() {
        return WindowSource.windows(trainedOn, spec);
    }

    /** Says what is trained on. */
    void describe() {
        WindowSource source = source(0);
        fitting.note("training on " + source.windows() + " windows of " + source.series() + " series, steps of "
                + spec.patch() + ", context " + spec.context()
                + (spec.isRagged() ? " (at least " + spec.leastContext() + ")" : "") + ", season " + spec.season()
                + ", starting from " + starts() + ", transform " + spec.transform()
                + (spec.hasNetwork() ? "" : ", no network: " + without()));
        int left = histories.size() - source.series();
        if (left > 0) {
            fitting.note(left + " series are too short to train on: they have less than " + spec.shortest()
                    + " values and " + spec.horizon() + " after them");
        }
    }

    private String without() {
        return spec.isLinear() ? "a linear map of the context" : "the starts alone are mixed";
    }

    private String starts() {
        List<String> starts = new ArrayList<>();
        if (spec.lags().length > 0) {
            starts.add("values " + Arrays.toString(spec.lags()) + " steps back");
        }
        if (!spec.methods().isEmpty()) {
            starts.add("what " + String.join(", ", spec.methods()) + " say");
        }
        return starts.isEmpty() ? "nothing" : String.join(" and ", starts);
    }

    private WindowSource source(long seed) {
        WindowSource source = new WindowSource(spec, window, trainedOn, fitting.batch(), SplitMix64.mix(seed));
        if (source.windows() == 0) {
            int longest = histories.stream().mapToInt(Series::length).max().orElse(0);
            throw new IllegalArgumentException("no series is long enough to train on: a window takes "
                    + spec.shortest() + " values of history and " + spec.horizon()
                    + " to forecast, the longest history has " + longest
                    + "; take a shorter `context` or `horizon`");
        }
        return source;
    }

    /** Trains one network; its number decides what it draws at random. */
    Params network(int number) {
        long seed = run.seed() + number * MEMBER;
        TrainerSettings settings = run.trainer(seed).withoutCarriedState();
        WindowSource source = source(seed);
        Params params = begin(number, seed);
        NetworkRun what = new NetworkRun(spec, columns, known, fitting.batch(), seed);
        try (Trainer trainer = what.trainer(params, source, optimizer(), settings)) {
            Training training = new Training(trainer, rules)
                    .rounds(fitting.company().rounds().apply(what))
                    .scheduleByLength(run.update().optimizer()::schedule)
                    .average(run.update().average())
                    .listen(new Divergence(fitting::note));
            fitting.company().listeners().forEach(training::listen);
            fitting.company().listeners().forEach(listener -> listener.onSampler(this::sample));
            if (heldOut > 0) {
                training.validate(run.validateEvery(rules.steps()), validation(trainer::library));
            }
            return new Params(network.params(), fitting.company().runs().carryOut(trainer, training));
        }
    }

    /** The last steps of the longest series beside what a network with these parameters says of them by itself. */
    private Sample sample(float[] values) {
        Series series = Collections.max(histories, Comparator.comparing(Series::length));
        int origin = series.length() - spec.horizon();
        Forecast forecast = new RawForecasts(spec, columns, network, List.of(of(values)))
                .of(List.of(new RawForecasts.At(series, origin)))
                .get(0);
        return new Sample.Forecast(
                series.id(),
                series.values(Math.max(0, origin - SHOWN_HORIZONS * spec.horizon()), origin),
                series.values(origin, series.length()),
                forecast.point(),
                heldOut > 0);
    }

    /** A network of these values, which was trained elsewhere. */
    Params of(float[] values) {
        return new Params(network.params(), values);
    }

    /**
     * The networks and, where they start from local methods, as many times the mix of these alone: half of the forecast is
     * what learned gates that read nothing make of the starts, which no wrong reading of a window can spoil. As a member it
     * is a network whose read-out sees nothing, its biases trained. Not so where something is known ahead: a mix that does not
     * see it would halve what it changes.
     */
    List<Params> besideMix(List<Params> networks) {
        if (!spec.hasNetwork() || spec.methods().isEmpty() || spec.futureSteps() > 0) {
            return networks;
        }
        ForecastSpec plain = spec.recurrent(ForecastSettings.NO_RECURRENCE);
        long steps = rules.steps() > 0 ? Math.min(MIX_STEPS, rules.steps()) : MIX_STEPS;
        Fitting brief = fitting.brief(steps);
        Params trained = new NetworkTraining(plain, brief, brief.rules(1, 1, 1), trainedOn, known).network(0);
        Params mix = network.initialize(run.seed());
        Arrays.fill(mix.values(), 0);
        System.arraycopy(
                trained.get("head.bias"),
                0,
                mix.values(),
                mix.layout().slot("head.bias").offset(),
                SeasonalHead.of(spec).outputs());
        List<Params> members = new ArrayList<>(networks);
        members.addAll(Collections.nCopies(networks.size(), mix));
        return members;
    }

    /** Fresh parameters, or those of a trained network that is gone on with. */
    private Params begin(int number, long seed) {
        if (fitting.begin().isEmpty()) {
            Params params = network.initialize(seed);
            startFromSkips(params);
            return params;
        }
        List<Params> alike = fitting.begin().stream()
                .filter(params ->
                        params.layout().slots().equals(network.params().slots()))
                .toList();
        if (alike.isEmpty()) {
            throw new IllegalArgumentException("expected a trained network with the slots of " + spec + ", found "
                    + fitting.begin().get(0).layout().slots().stream()
                            .map(slot -> slot.name() + " " + slot.shape())
                            .toList());
        }
        Params trained = alike.get(number % alike.size());
        return new Params(network.params(), trained.values().clone());
    }

    /** With its schedule or, while only the time is known, without. */
    private Optimizer optimizer() {
        Optimizer rated = run.update().build(Math.max(0, rules.steps()));
        return spec.hasNetwork() ? rated : rated.freeze("head.weight");
    }

    private SeriesValidation validation(Supplier<GemmLibrary> library) {
        SeriesValidation validation = new SeriesValidation(spec, network, window, histories, heldOut, library);
        if (validation.isEmpty()) {
            throw new IllegalArgumentException("no series is long enough to hold any window out; leave validation"
                    + " away (`val-fraction` 0) or take a shorter `context` or `horizon`");
        }
        return validation;
    }

    /**
     * The first forecast is the mean of the starts, half of it their combination where there is one: residuals begin at
     * zero, widths at those of a season repeated by chance alone, only the gates' weights at random.
     */
    private void startFromSkips(Params params) {
        SeasonalHead head = SeasonalHead.of(spec);
        Slot bias = params.layout().slot("head.bias");
        Arrays.fill(params.values(), bias.offset(), bias.end(), 0);
        head.widths(params.values(), bias.offset(), Conformal.normal(spec.levels()), spec.season());
        int combined = spec.methods().indexOf(ForecastSpec.COMBINED);
        if (combined >= 0) {
            int gate = bias.offset() + head.gate(0, spec.lags().length + combined, 0);
            double half = Math.log(spec.starts().size() - 1);
            Arrays.fill(params.values(), gate, gate + spec.horizon(), (float) half);
        }
        Slot weight = params.layout().slot("head.weight");
        int plain = spec.hasNetwork() ? spec.horizon() * (1 + 2 * spec.levels().length) : weight.columns();
        for (int row = 0; row < weight.rows(); row++) {
            int at = weight.offset() + row * weight.columns();
            Arrays.fill(params.values(), at, at + plain, 0);
        }
        if (spec.isLinear()) {
            LinearMap.fit(spec, window, trainedOn, params, gemm().open());
        }
    }

    private GemmLibrary gemm() {
        GemmChoice asked = run.gemm();
        return (asked == null ? GemmLibrary.best() : asked.window()).precise();
    }

    /** The model of networks that were trained here. */
    SeriesModel model(List<Params> members, ScoreRecord record) {
        Conformal conformal = CalibratedFit.conformal(record, spec.horizon());
        Map<String, Integer> trainedTo = CalibratedFit.lengths(histories);
        SeriesModel.Source source = new SeriesModel.Source(
                TableFormat.AUTO.covariates(spec.known(), spec.observed()),
                histories.get(0).frequency());
        return new SeriesModel(spec, network, members, columns, conformal, record, trainedTo, source, null);
    }
}
