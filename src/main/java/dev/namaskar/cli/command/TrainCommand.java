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
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    @Override
    public final Integer call() throws IOException {
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

    /** Where the run's checkpoints go. */
    protected final Checkpoints checkpoints() {
        return keep.checkpoints(out);
    }
}
