package dev.namaskar.tune;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.params.Setting;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.tasks.Trained;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.train.run.RunStoppedException;
import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A search for the settings of a training, by trials of settings drawn by chance (Bergstra and Bengio 2012) and by
 * successive halving (Jamieson and Talwalkar 2016). The usual settings are always trial 0; settings are chosen by what is
 * held out of the training data, and nothing else is looked at.
 *
 * <pre>{@code
 * Path names = Path.of("names.tsv");
 * Tuned<Classifier> tuned = Tuning.of(Classifier::training, training -> training.fit(names))
 *         .space("hidden=64..256,cell=gru|lstm")
 *         .trials(20)
 *         .log(Path.of("trials.jsonl"), true)
 *         .notes(System.err::println)
 *         .run();
 * System.out.println(tuned);
 * tuned.model().write(Path.of("best.safetensors"));
 * }</pre>
 *
 * <p>What the training is asked for, as {@code Classifier.training().hidden(64)}, all trials have; what is open is tried.
 * A trial's settings depend on the seed and its number alone, and its bits on these, so that trials and results are the
 * same whoever carries them out, and however many at once.
 *
 * @param <M> the model
 */
public final class Tuning<M> {
    private static final int USUAL_TRIALS = 20;
    private static final int USUAL_REDUCTION = 3;
    /** Origins inside a table by which a forecaster's settings are chosen. */
    public static final int FOLDS = 4;

    private static final double NANOS_PER_MINUTE = 60e9;

    private final Tunable<M> tunable;
    private final Map<String, String> ranges = new LinkedHashMap<>();
    private @Nullable Integer trials;
    private @Nullable Double minutes;
    private int reduction = USUAL_REDUCTION;
    private @Nullable Long seed;
    private int threads = 1;
    private @Nullable Integer workers;
    private @Nullable GemmChoice gemm;
    private @Nullable TrialPool pool;
    private @Nullable Path log;
    private boolean resume;
    private final Map<String, Object> context = new TreeMap<>();
    private Consumer<String> notes = note -> {};
    private BooleanSupplier stop = () -> false;

    private Tuning(Tunable<M> tunable) {
        this.tunable = tunable;
    }

    /**
     * What a training learns, and how it is asked to.
     *
     * @param <S> the training
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Learning<S, T> {
        /** Learns. */
        T fit(S training) throws IOException;
    }

    /** A search on anything. */
    public static <M> Tuning<M> of(Tunable<M> tunable) {
        return new Tuning<>(tunable);
    }

    /**
     * A search for the settings of a task that learns from examples.
     *
     * @param training makes one, with what all trials are to have
     * @param learning has it learn its data, the same each time
     */
    public static <M extends TaskModel, S extends TaskTraining<M, S>> Tuning<M> of(
            Supplier<S> training, Learning<S, Trained<M>> learning) {
        return of("examples", training, learning);
    }

    /** The same under the task's own word, such as {@code classify}. */
    public static <M extends TaskModel, S extends TaskTraining<M, S>> Tuning<M> of(
            String task, Supplier<S> training, Learning<S, Trained<M>> learning) {
        return new Tuning<>(new TaskTunable<>(task, training, learning));
    }

    /** A search for the settings of a character model; the corpus must stay open until it has ended. */
    public static Tuning<CharacterModel> text(Supplier<TextTraining> training, Corpus corpus) {
        return new Tuning<>(new TextTunable(training, corpus));
    }

    /** A search for the settings of a forecaster, by four folds of a back-test at the end of the table. */
    public static Tuning<SeriesModel> series(Supplier<SeriesTraining> training, Table table) {
        return series(
                training, table, Backtest.of(training.get().asked().horizon()).folds(FOLDS));
    }

    /** The same by a back-test of one's own. */
    public static Tuning<SeriesModel> series(Supplier<SeriesTraining> training, Table table, Backtest folds) {
        return new Tuning<>(new SeriesTunable(training, table, folds));
    }

    /** What is tuned, for those who carry its trials out elsewhere. */
    public Tunable<M> tunable() {
        return tunable;
    }

    /** So many settings at most, the usual ones among them; usually 20, or as many as there are minutes for. */
    public Tuning<M> trials(int most) {
        Setting.atLeast("trials", 1, most);
        trials = most;
        return this;
    }

    /**
     * Trials for so many minutes: none begins after them, and those that are not at their end are broken off, but for that
     * of the usual settings. What was kept by {@link #log} of a search that is gone on with counts.
     */
    public Tuning<M> minutes(double most) {
        Setting.positive("minutes", most);
        minutes = most;
        return this;
    }

    /**
     * The values that are tried, {@code hidden=64..256,cell=gru|lstm}: a range, or some to choose from; {@code
     * hidden=default} leaves a setting as is usual. What is not named has its usual range.
     *
     * @throws IllegalArgumentException if the text says no ranges
     */
    public Tuning<M> space(String named) {
        ranges.putAll(SettingSpace.parse(named));
        return this;
    }

    /** One in so many of the settings that were tried for a part of a run goes on to a longer one; usually 3. */
    public Tuning<M> halving(int oneIn) {
        Setting.atLeast("halving", 2, oneIn);
        reduction = oneIn;
        return this;
    }

    /** Whole runs alone, as many as there are settings. */
    public Tuning<M> wholeRuns() {
        reduction = 1;
        return this;
    }

    /** The seed that settings are drawn from; usually the training's. */
    public Tuning<M> seed(long start) {
        seed = start;
        return this;
    }

    /** Threads of each trial, on which its bits depend; usually 1. */
    public Tuning<M> threads(int count) {
        Setting.atLeast("threads", 1, count);
        threads = count;
        return this;
    }

    /** Whose matrix products, on which bits depend too; null, the usual, for the library preferred here. */
    public Tuning<M> gemm(@Nullable GemmChoice choice) {
        gemm = choice;
        return this;
    }

    /** Trials at once, on which nothing depends but time; usually as many as the processors have room for. */
    public Tuning<M> workers(int count) {
        Setting.atLeast("workers", 1, count);
        workers = count;
        return this;
    }

    /** Has trials carried out elsewhere than on threads of this process. */
    public Tuning<M> pool(TrialPool elsewhere) {
        pool = elsewhere;
        return this;
    }

    /**
     * Writes a line of JSON for every trial that ends.
     *
     * @param goOn whether to go on with a search that is in this file already, if there is one: what ended is not done again
     */
    public Tuning<M> log(Path file, boolean goOn) {
        log = file;
        resume = goOn;
        return this;
    }

    /** What else must be the same for a search in a log to be gone on with. */
    public Tuning<M> context(String name, Object same) {
        context.put(name, same);
        return this;
    }

    /** The same of a file's content: the examples that are learned. */
    public Tuning<M> data(Path file) throws IOException {
        return context(String.valueOf(file.getFileName()), fingerprint(file));
    }

    private static String fingerprint(Path file) throws IOException {
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32C())) {
            long length = in.transferTo(OutputStream.nullOutputStream());
            return String.format(
                    Locale.ROOT,
                    "%d bytes %08x",
                    length,
                    ((CheckedInputStream) in).getChecksum().getValue());
        }
    }

    /** Told of every trial that ends, a sentence each. */
    public Tuning<M> notes(Consumer<String> to) {
        notes = to;
        return this;
    }

    /** Ends the search, to be taken up from its log, once this holds. */
    public Tuning<M> stopWhen(BooleanSupplier asked) {
        stop = asked;
        return this;
    }

    /**
     * Checks what is asked for, before anything is done.
     *
     * @throws IllegalArgumentException naming the setting that does not do
     */
    public Tuning<M> check() {
        space();
        return this;
    }

    private SettingSpace space() {
        return new SettingSpace(tunable, ranges, seed());
    }

    private long seed() {
        return seed == null ? tunable.seed() : seed;
    }

    /**
     * Searches, and has the model of the best settings.
     *
     * @throws IllegalArgumentException if something is asked for that cannot be, or the usual settings cannot be tried
     * @throws IOException if the log or the data cannot be read or written, or the log is of another search
     * @throws RunStoppedException if it was asked to stop
     */
    public Tuned<M> run() throws IOException {
        SettingSpace space = space();
        Tunable.Setup setup = new Tunable.Setup(threads, gemm == null ? GemmChoice.of(GemmLibrary.best()) : gemm);
        Path file = log;
        if (file == null) {
            tunable.prepare(setup);
            return run(space, setup, null);
        }
        try (TrialLog kept = new TrialLog(file, identity(space, setup), resume)) {
            tunable.prepare(setup);
            return run(space, setup, kept);
        }
    }

    private Tuned<M> run(SettingSpace space, Tunable.Setup setup, @Nullable TrialLog kept) throws IOException {
        long begun = System.nanoTime();
        double before = kept == null ? 0 : kept.elapsed();
        if (kept != null && !kept.known().isEmpty()) {
            notes.accept("going on with " + log + ": " + kept.known().size() + " trials have ended");
        }
        double limit = minutes == null ? Double.POSITIVE_INFINITY : minutes * NANOS_PER_MINUTE - before * 1e9;
        BooleanSupplier timeIsUp = () -> System.nanoTime() - begun > limit;
        int most = trials != null ? trials : minutes == null ? USUAL_TRIALS : Integer.MAX_VALUE;
        Trials<M> all = new Trials<>(
                most,
                reduction,
                space::settings,
                kept == null ? Map.of() : kept.known(),
                result -> {
                    if (kept != null) {
                        add(kept, result, before + (System.nanoTime() - begun) * 1e-9);
                    }
                    notes.accept(result.toString());
                },
                timeIsUp,
                stop);
        carryOut(all, setup);
        TrialResult best = all.best();
        if (stop.getAsBoolean() || best == null) {
            throw new RunStoppedException(
                    "stopped after " + all.results().size() + " trials" + (log == null ? "" : ", which are in " + log));
        }
        M model = all.model();
        if (model == null) {
            notes.accept("training with " + best.trial().words());
            model = tunable.train(best.trial().settings(), setup, new TrainingListener() {});
        }
        return new Tuned<>(model, best, tunable.measure(), all.results());
    }

    private static void add(TrialLog kept, TrialResult result, double seconds) {
        try {
            kept.add(result, seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Trials one process after the other carries out; what goes wrong in one ends them all, with its own message. */
    private void carryOut(Trials<M> all, Tunable.Setup setup) throws IOException {
        TrialPool there = pool;
        if (there == null) {
            int processors = Runtime.getRuntime().availableProcessors();
            there = new WorkerThreads(workers == null ? Math.max(1, processors / threads) : workers);
        }
        there.carryOut(all, tunable, setup);
        Throwable failure = all.failure();
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
    }

    private Map<String, @Nullable Object> identity(SettingSpace space, Tunable.Setup setup) {
        Map<String, @Nullable Object> identity = new LinkedHashMap<>();
        identity.put("search", tunable.task());
        identity.put("measure", tunable.measure());
        identity.put("space", new LinkedHashMap<>(space.texts()));
        identity.put("halving", reduction);
        identity.put("seed", seed());
        identity.put("threads", setup.threads());
        identity.put("gemm", setup.gemm().toString());
        identity.putAll(tunable.identity());
        identity.putAll(context);
        return identity;
    }
}
