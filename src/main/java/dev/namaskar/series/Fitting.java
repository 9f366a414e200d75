package dev.namaskar.series;

import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.Params;
import dev.namaskar.params.Setting;
import dev.namaskar.series.network.WindowSource;
import dev.namaskar.train.Rounds;
import dev.namaskar.train.run.Runs;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.EarlyStop;
import dev.namaskar.train.settings.RunLength;
import dev.namaskar.train.settings.RunSettings;
import dev.namaskar.train.settings.StoppingRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a forecaster's networks are trained: what every network has in common, and how many there are. Settings never
 * change; every method that takes one returns others.
 *
 * @param asked what is asked of every network's run; minutes are those of all networks together
 * @param members networks, alike but for their seeds, whose forecasts are averaged; null for as many as the minutes
 *     allow, three where neither length nor validation is asked for, else one
 * @param calibration how intervals are calibrated
 * @param begin parameters of trained networks to begin with, one after the other and round again; empty for fresh ones
 * @param company who carries the runs out and who is told of them
 */
public record Fitting(
        RunSettings asked, @Nullable Integer members, Calibration calibration, List<Params> begin, Company company) {
    /**
     * What is usual: Adam along a cosine to zero, gradients clipped, 32 windows in a batch, and nothing held out unless
     * something goes by validation losses.
     */
    public static final RunSettings USUAL = RunSettings.usual("cosine-annealing", 1, 32, 0);

    private static final long PASSES = 100;

    /** What reads a patch a step has fewer steps to learn by, and more weights to learn. */
    private static final int PASSES_OF_PATCHES = 2;

    private static final long LEAST_STEPS = 100;
    private static final long MOST_STEPS = 1000;
    private static final long MOST_STEPS_IN_TIME = 5000;

    /** Windows of one long series are much alike: more of them than so many are no reason to train for longer. */
    private static final long MOST_ALIKE = 5000;

    private static final double USUAL_FRACTION = 0.1;
    private static final int USUAL_MEMBERS = 3;

    /**
     * How intervals are calibrated.
     *
     * @param windows that are forecast of each series, at most; 0 for no calibration, null to choose
     * @param networks that are trained on the past of those windows alone, each before another stretch of them; null to
     *     choose
     */
    public record Calibration(
            @Nullable Integer windows, @Nullable Integer networks) {
        /** Checks the numbers. */
        public Calibration {
            Setting.atLeast("calibration", 0, windows);
            Setting.atLeast("calibration-networks", 1, networks);
        }

        /** Whether there is none. */
        boolean isNone() {
            return windows != null && windows == 0;
        }
    }

    /**
     * Who carries the runs out and who is told of them.
     *
     * @param runs how a run is carried out
     * @param rounds how the steps of a network are taken
     * @param listeners who watch it
     * @param notes told what was decided, a sentence each
     */
    public record Company(
            Runs runs, Function<NetworkRun, Rounds> rounds, List<TrainingListener> listeners, Consumer<String> notes) {
        /** Nobody. */
        static final Company NONE = new Company(Runs.PLAIN, run -> Rounds.SINGLE, List.of(), note -> {});
    }

    /** Checks that there is something to validate on where something goes by validation losses. */
    public Fitting {
        Setting.atLeast("ensemble", 1, members);
        Double held = asked.data().valFraction();
        Setting.require(
                !asked.needsValidation() || held == null || held > 0,
                "val-fraction",
                "a number > 0, for `stop-at`, `patience`, `average` nt-asgd and `schedule` plateau go by what is held"
                        + " out",
                held);
    }

    /** Three networks, or as many as the minutes allow, intervals calibrated; what is not asked for is usual. */
    public static Fitting of(RunSettings asked) {
        return new Fitting(asked, null, new Calibration(null, null), List.of(), Company.NONE);
    }

    /** So many steps of what is usual; 0 for as many as is usual for the data. */
    public static Fitting of(int steps, long seed) {
        RunSettings run = RunSettings.NONE.withSeed(seed);
        return of(steps == 0 ? run : run.withSteps(steps));
    }

    /** The run of every network. */
    RunSettings run() {
        RunSettings run = asked.orElse(USUAL);
        return run.withOptimizer(run.update().optimizer().forRecurrent());
    }

    /** Windows in a batch. */
    public int batch() {
        return Objects.requireNonNull(run().data().batch());
    }

    /** The part at the end of each history that is held out. */
    public double valFraction() {
        Double held = asked.data().valFraction();
        boolean validated = asked.needsValidation() || asked.stop().every() != null;
        return held != null ? held : validated ? USUAL_FRACTION : 0;
    }

    /**
     * The rules for a network that is trained on the windows of histories: where no steps and no epochs were asked for, as
     * many steps as is usual, and more where minutes were given for them.
     */
    StoppingRules rules(List<Series> histories, ForecastSpec spec) {
        long distinct = histories.stream()
                .mapToLong(series -> Math.min(MOST_ALIKE, WindowSource.origins(series, spec)))
                .sum();
        return rules(WindowSource.windows(histories, spec), distinct, learnsPatches(spec) ? PASSES_OF_PATCHES : 1);
    }

    /** Whether a network has to learn to read many values a step. */
    static boolean learnsPatches(ForecastSpec spec) {
        return spec.hasNetwork() && spec.patch() > 1;
    }

    /**
     * The same by numbers of windows.
     *
     * @param distinct those that are worth a longer training
     * @param passes over these that are usual where they are many
     */
    StoppingRules rules(long windows, long distinct, int passes) {
        RunLength length = asked.length();
        long perEpoch = Math.max(1, (windows + batch() - 1) / batch());
        long total = length.total(perEpoch, usualSteps(distinct, passes, false));
        return asked.stop().rules(total == 0 ? usualSteps(distinct, passes, true) : total, length);
    }

    /**
     * Steps where nobody says: a hundred passes over the windows, for a small history is soon learnt by heart, but no more
     * than a thousand steps, or so many passes, within bounds; of a network that minutes were given to within these bounds
     * alone.
     */
    private long usualSteps(long windows, int passes, boolean timed) {
        long pass = (windows + batch() - 1) / batch();
        long most = timed ? MOST_STEPS_IN_TIME : Math.max(MOST_STEPS, Math.min(MOST_STEPS_IN_TIME, passes * pass));
        return Math.max(LEAST_STEPS, Math.min(most, PASSES * pass));
    }

    /** What must be the same for a run to go on, and what a model is remembered by. */
    public Map<String, Object> toMap() {
        RunSettings.Update update = run().update();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("seed", asked.seed());
        settings.put("batch", batch());
        settings.put("ensemble", members == null ? 0 : members);
        settings.put("optimizer", update.optimizer().name());
        settings.put("schedule", update.optimizer().settings().get("schedule"));
        settings.put("val_fraction", valFraction());
        settings.putAll(update.identity());
        return settings;
    }

    /** Whether there are as many networks as the minutes allow. */
    boolean fillsTime() {
        return members == null && asked.length().minutes() != null;
    }

    /** Networks whose forecasts are averaged, at least: some where nothing is asked of their length and their data. */
    int leastMembers() {
        boolean open = asked.length().equals(RunLength.USUAL) && valFraction() == 0 && begin.isEmpty();
        return members != null ? members : open ? USUAL_MEMBERS : 1;
    }

    /** A short training of one network in the same way, which tells nobody and calibrates nothing. */
    Fitting brief(long steps) {
        RunSettings run = run();
        OptimizerSpec optimizer = run.update().optimizer();
        boolean listens = optimizer.schedule(Math.max(1, steps)).listens();
        return of(run.withLength(new RunLength(steps, null, null))
                        .withStop(EarlyStop.NONE)
                        .withOptimizer(listens ? optimizer.with("schedule", "constant") : optimizer)
                        .withAverage(null)
                        .withData(new RunSettings.Data(batch(), 0.0)))
                .members(1)
                .calibration(0, null);
    }

    private Fitting with(List<Params> from, Company other) {
        return new Fitting(asked, members, calibration, from, other);
    }

    /** With other settings of every network's run. */
    public Fitting run(UnaryOperator<RunSettings> change) {
        return new Fitting(change.apply(asked), members, calibration, begin, company);
    }

    /** So many windows in a batch. */
    public Fitting batch(int windows) {
        return run(r -> r.withData(new RunSettings.Data(windows, r.data().valFraction())));
    }

    /** So many worker threads and shards of every batch. */
    public Fitting threads(int count) {
        return run(r -> r.withThreads(count));
    }

    /** An ensemble of so many networks, alike but for their seeds. */
    public Fitting members(@Nullable Integer networks) {
        return new Fitting(asked, networks, calibration, begin, company);
    }

    /** With intervals calibrated in another way; {@link Calibration}. */
    public Fitting calibration(@Nullable Integer windows, @Nullable Integer networks) {
        return new Fitting(asked, members, new Calibration(windows, networks), begin, company);
    }

    /**
     * Begins with the networks of a trained forecaster, one after the other and round again, instead of fresh ones. The
     * networks that the intervals are measured on begin with them too: where that forecaster has seen the values that
     * they are scored by, intervals come out too narrow.
     */
    public Fitting from(SeriesModel earlier) {
        SeriesModel other = earlier.beside();
        List<Params> all = new ArrayList<>(earlier.members());
        all.addAll(other == null ? List.of() : other.members());
        return with(all, company);
    }

    /** Carries out the networks' runs in another way. */
    public Fitting runs(Runs how) {
        return with(begin, new Company(how, company.rounds, company.listeners, company.notes));
    }

    /** Takes the steps of each network in another way, which may want to know what is trained. */
    public Fitting rounds(Function<NetworkRun, Rounds> how) {
        return with(begin, new Company(company.runs, how, company.listeners, company.notes));
    }

    /** Adds somebody who watches. */
    public Fitting listen(TrainingListener listener) {
        List<TrainingListener> all =
                Stream.concat(company.listeners.stream(), Stream.of(listener)).toList();
        return with(begin, new Company(company.runs, company.rounds, all, company.notes));
    }

    /** Told what was decided, a sentence each. */
    public Fitting notes(Consumer<String> to) {
        return with(begin, new Company(company.runs, company.rounds, company.listeners, to));
    }

    /** Tells what was decided. */
    void note(String sentence) {
        company.notes.accept(sentence);
    }
}
