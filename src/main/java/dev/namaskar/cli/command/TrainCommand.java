package dev.namaskar.cli.command;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.KeepOptions;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.TrainingOptions;
import dev.namaskar.cli.options.WatchOption;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.train.settings.RunSettings;
import dev.namaskar.tune.TrialLog;
import dev.namaskar.tune.Tuned;
import dev.namaskar.tune.Tuning;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A command that trains a model and writes it: its options of training, files and output, and the order of its steps.
 * What a task adds is what it reads, what its network is, and a call of the library.
 *
 * @param <T> the library's training of the task
 */
public abstract class TrainCommand<T> extends ReportingCommand {
    private @Nullable TuneOptions search;

    @Mixin
    private final TrainingOptions training;

    @Heading(Heading.TRAINING)
    @Option(
            names = "--from",
            paramLabel = "M",
            description = "Begin with this model instead of a fresh network: a new run, from step 0, with fresh "
                    + "optimizer and schedule (--resume goes on with an old one).")
    private @Nullable Path from;

    @Heading(Heading.FILES)
    @Option(names = "--out", required = true, paramLabel = "M", description = "Where the model goes (safetensors).")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private Path out;

    @Mixin
    private final KeepOptions keep = new KeepOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final WatchOption watch = new WatchOption();

    /**
     * A command of a task.
     *
     * @param usual how its training usually goes, the library's own
     */
    protected TrainCommand(RunSettings usual) {
        training = new TrainingOptions(usual);
    }

    /**
     * What was trained.
     *
     * @param model written to the file that is asked for
     * @param figures for programs; the model's name is added
     * @param words for people, behind the model's name
     */
    public record Result(Writer model, Map<String, @Nullable Object> figures, Object words) {}

    /** Writes a model into its place. */
    public interface Writer {
        /** Does it. */
        void writeTo(AtomicFile target) throws IOException;
    }

    /**
     * A search that is still to be carried out.
     *
     * @param tuning without what the command line says of the search itself
     * @param writer what writes the best model to the file that is asked for
     * @param data that trials read, open until the search has ended
     */
    public record Sought<M>(Tuning<M> tuning, Function<M, Writer> writer, Closeable data) implements Closeable {
        /** One whose data need not be closed. */
        public Sought(Tuning<M> tuning, Function<M, Writer> writer) {
            this(tuning, writer, () -> {});
        }

        @Override
        public void close() throws IOException {
            data.close();
        }
    }

    @Override
    public final Integer call() throws IOException {
        TuneOptions options = search;
        if (options != null) {
            return tune(options);
        }
        T prepared = prepare(range());
        keep.check(range());
        watch.port(range());
        Outputs outputs = output.reading(inputs());
        outputs.claim(out, ModelFile.KIND);
        keep.claim(outputs.alsoReading(from), out, TrainingLog.KIND);
        try (AtomicFile target = AtomicFile.open(out)) {
            Result trained = train(prepared);
            trained.model().writeTo(target);
            Map<String, @Nullable Object> figures = new LinkedHashMap<>(trained.figures());
            if (from != null) {
                figures.put("from", from.toString());
            }
            figures.put("model", out.toString());
            print(figures, out + ": " + trained.words());
        }
        return 0;
    }

    /** Has this command search settings instead of training with those it is given. */
    final void search(TuneOptions options) {
        search = options;
    }

    /** The search that the options ask for, for those who carry its trials out; what it reads stays open. */
    public final Tuning<?> search() throws IOException {
        return sought(range()).tuning();
    }

    private Integer tune(TuneOptions options) throws IOException {
        Range range = range();
        prepare(range);
        options.check(range);
        Outputs outputs = output.reading(inputs());
        outputs.claim(out, ModelFile.KIND);
        Path log = options.log(out);
        outputs.claim(log, TrialLog.KIND);
        try (AtomicFile target = AtomicFile.open(out);
                StopSignal signal = new StopSignal(err());
                Sought<?> sought = sought(range)) {
            Tuned<?> tuned = tune(sought, options, signal, log, target);
            Map<String, @Nullable Object> figures = new LinkedHashMap<>(tuned.figures());
            figures.put("log", log.toString());
            figures.put("model", out.toString());
            print(figures, out + ": " + tuned);
        }
        return 0;
    }

    private <M> Tuned<M> tune(Sought<M> sought, TuneOptions options, StopSignal signal, Path log, AtomicFile target)
            throws IOException {
        sought.tuning().stopWhen(signal::asksToStop).notes(this::note);
        Tuned<M> tuned = options.carryOut(sought.tuning(), run(), inputs(), log, range());
        sought.writer().apply(tuned.model()).writeTo(target);
        return tuned;
    }

    /** Prepares a training for each trial anew; told of nobody, as several are at work at once. */
    protected final Supplier<T> each(Range range) {
        return () -> {
            try {
                return prepare(range);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** The search for settings that the options ask for. */
    protected abstract Sought<?> sought(Range range) throws IOException;

    /** The options that a search of this task has beside those of all searches. */
    protected List<Object> tuneOptions() {
        return List.of();
    }

    /** The files that are read. */
    protected abstract List<Path> inputs();

    /** The training that the options ask for; what cannot be meant is refused before any file is touched. */
    protected abstract T prepare(Range range) throws IOException;

    /** Trains, watched by {@link #watch}, with {@link #checkpoints}. */
    protected abstract Result train(T prepared) throws IOException;

    /** How the run is to go. */
    protected final RunSettings run() {
        return training.asked(range());
    }

    /** The trained model to begin with, or null. */
    @Nullable
    protected final Path from() {
        return from;
    }

    /** Those who watch the run; to be closed when it has ended. */
    protected final RunWatch watch() throws IOException {
        return new RunWatch(training, keep, String.valueOf(out.getFileName()), watch.port(range()), err());
    }

    /** Where the run's checkpoints go; null for a trial, which is short enough to do again. */
    protected final @Nullable Checkpoints checkpoints() {
        return search == null ? keep.checkpoints(out) : null;
    }
}
