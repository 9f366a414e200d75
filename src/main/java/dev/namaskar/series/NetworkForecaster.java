package dev.namaskar.series;

import dev.namaskar.net.Network;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.optim.Schedules;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.StoppingRules;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.TrainerSettings;
import dev.namaskar.train.Training;
import dev.namaskar.train.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One global network over many series, trained on windows that end before each history's calibration windows begin.
 *
 * @param spec what the forecaster is
 * @param run how it is trained
 */
public record NetworkForecaster(ForecastSpec spec, Run run) implements Forecaster {
    /** The name in reports. */
    public static final String NAME = "namaskar";

    /** Members of an ensemble draw from streams far apart. */
    private static final long MEMBER = 0x632be59bd9b4e019L;

    /**
     * How a network is trained.
     *
     * @param rules when it ends
     * @param batch windows in a batch
     * @param optimizer with its schedule and clipping
     * @param seed of everything drawn at random
     * @param members networks in the ensemble, alike but for their seeds
     * @param threads worker threads and shards
     * @param calibrationWindows held out of each series; 0 for none, negative to choose by the series' length
     * @param listener told of every step
     * @param notes told what was decided, a sentence each
     */
    public record Run(
            StoppingRules rules,
            int batch,
            Optimizer optimizer,
            long seed,
            int members,
            int threads,
            int calibrationWindows,
            TrainingListener listener,
            java.util.function.Consumer<String> notes) {
        /** So many steps of 32 windows by Adam along a cosine to zero, one network, all processors, nobody watching. */
        public static Run of(int steps, long seed) {
            return new Run(
                    StoppingRules.afterSteps(steps),
                    32,
                    Optimizers.adam(2e-3).clipByGlobalNorm(1).with(Schedules.cosine(steps, 0)),
                    seed,
                    1,
                    Math.min(8, Runtime.getRuntime().availableProcessors()),
                    -1,
                    new TrainingListener() {},
                    note -> {});
        }

        /** Checks the sizes. */
        public Run {
            if (batch < 1 || members < 1 || threads < 1) {
                throw new IllegalArgumentException(
                        "expected at least 1 window in a batch, 1 member and 1 thread, found " + batch + ", " + members
                                + " and " + threads);
            }
        }
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
        check(histories);
        Columns columns =
                Columns.fit(histories, spec.known().size(), spec.observed().size());
        Window window = new Window(spec, columns);
        Network network = spec.network().build();
        Map<String, Integer> trainedTo = new HashMap<>();
        List<Params> members = new ArrayList<>();
        for (int m = 0; m < run.members(); m++) {
            long seed = run.seed() + m * MEMBER;
            WindowSource source = new WindowSource(spec, window, run.batch(), SplitMix64.mix(seed));
            int left = fill(source, histories, trainedTo);
            if (m == 0) {
                describe(source, histories.size(), left);
            }
            members.add(train(network, source, seed));
        }
        SeriesModel model = new SeriesModel(
                spec,
                network,
                members,
                columns,
                Conformal.none(spec.levels(), spec.horizon()),
                trainedTo,
                run.calibrationWindows());
        return model.recalibrate(histories);
    }

    private void check(List<Series> histories) {
        for (Series series : histories) {
            if (!spec.calendar().isEmpty() && !series.frequency().isClock()) {
                throw new IllegalArgumentException(
                        "calendar features need dates, found times counted by " + series.frequency());
            }
        }
    }

    /** Adds every series' training windows; returns how many series are too short for one. */
    private int fill(WindowSource source, List<Series> histories, Map<String, Integer> trainedTo) {
        int left = 0;
        for (Series series : histories) {
            Holdout holdout = Holdout.of(
                    series.length(), spec.shortest(), spec.horizon(), run.calibrationWindows(), histories.size());
            if (source.add(series, holdout.lastTraining())) {
                trainedTo.put(series.id(), holdout.lastTraining() + spec.horizon());
            } else {
                left++;
            }
        }
        if (source.windows() == 0) {
            int longest = histories.stream().mapToInt(Series::length).max().orElse(0);
            throw new IllegalArgumentException("no series is long enough to train on: a window takes "
                    + spec.shortest() + " values of history and " + spec.horizon()
                    + " to forecast, the longest history has " + longest + "; take a shorter --context or --horizon");
        }
        return left;
    }

    private void describe(WindowSource source, int series, int left) {
        run.notes()
                .accept("training on " + source.windows() + " windows of " + (series - left) + " series, steps of "
                        + spec.patch() + ", context " + spec.context() + ", transform " + spec.transform());
        if (left > 0) {
            run.notes().accept(left + " series are too short to train on");
        }
    }

    private Params train(Network network, WindowSource source, long seed) {
        Params params = network.initialize(seed);
        startFromSkips(params);
        SeasonalHead head = spec.head();
        TrainerSettings settings = TrainerSettings.of(run.threads(), seed).withoutCarriedState();
        try (Trainer trainer =
                new Trainer(network, params, run.optimizer(), source, () -> head.objective(spec.levels()), settings)) {
            new Training(trainer, run.rules()).listen(run.listener()).run();
        }
        return params;
    }

    /** The first forecast is the seasonal one: residuals and spreads begin at zero weight, only gates at random. */
    private void startFromSkips(Params params) {
        Slot weight = params.layout().slot("head.weight");
        int plain = spec.horizon() * (1 + 2 * spec.levels().length);
        for (int row = 0; row < weight.rows(); row++) {
            int at = weight.offset() + row * weight.columns();
            Arrays.fill(params.values(), at, at + plain, 0);
        }
    }
}
