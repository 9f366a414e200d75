package dev.namaskar.cli.options;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.train.settings.Averaging;
import dev.namaskar.train.settings.EarlyStop;
import dev.namaskar.train.settings.RunLength;
import dev.namaskar.train.settings.RunSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a training run goes, whatever the task; what is left out is usual for it. */
@Heading(Heading.TRAINING)
public final class TrainingOptions {
    @Option(names = "--steps", paramLabel = "N", description = "End after N steps.")
    private @Nullable Long steps;

    @Option(names = "--epochs", paramLabel = "N", description = "End after N passes over the data.")
    private @Nullable Long epochs;

    @Option(names = "--minutes", paramLabel = "M", description = "End after M minutes.")
    private @Nullable Double minutes;

    @Option(
            names = "--batch",
            paramLabel = "B",
            description = "Rows of a batch: streams, windows or examples side by side (${DEFAULT-VALUE}, fewer where"
                    + " there are not so many).")
    private int batch;

    @Option(
            names = "--val-fraction",
            paramLabel = "X",
            description = "Part of the data to hold out and validate on (${DEFAULT-VALUE}).")
    private double valFraction;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "The optimizer, its settings behind a colon, as momentum:momentum=0.95,clip=1"
                    + " (${DEFAULT-VALUE}).")
    private String optimizer;

    @Option(
            names = "--lr",
            paramLabel = "X",
            description = "Learning rate (the optimizer's own: ${DEFAULT-VALUE} for adam).")
    private double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "How the learning rate changes, as linear-warmup(100)*cosine (${DEFAULT-VALUE}).")
    private String schedule;

    @Option(
            names = "--clip",
            paramLabel = "X",
            description = "Largest global norm of a gradient, 0 for no limit (${DEFAULT-VALUE}).")
    private double clip;

    @Option(
            names = "--average",
            paramLabel = "RULE",
            description =
                    "Keep and validate a mean of the weights: ema:0.999 (fading), polyak:0.5 (of the last half of "
                            + "the run), nt-asgd:5 (from when five validations were no better).")
    private @Nullable String average;

    @Option(
            names = "--drop-connect",
            paramLabel = "X",
            description = "Part of the recurrent weights that is dropped in training, one mask an update (0).")
    private double dropConnect;

    @Option(names = "--stop-at", paramLabel = "LOSS", description = "End once the validation loss is this low.")
    private @Nullable Double stopAt;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "End after N validations in a row without a better loss.")
    private @Nullable Integer patience;

    @Option(
            names = "--validate-every",
            paramLabel = "N",
            description = "Validate every N steps and keep the best; else only where --stop-at or --patience need it.")
    private @Nullable Long validateEvery;

    @Option(
            names = "--freeze",
            split = ",",
            paramLabel = "PATTERN",
            description = "Leave parameters alone whose names fit, such as rnn.* or embedding.weight "
                    + "(* for any characters, ? for one).")
    private List<String> freeze = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Start of all random numbers: the same seed and threads, the same model (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (the processors, at most 8).")
    private @Nullable Integer threads;

    @Option(
            names = "--gemm",
            defaultValue = "auto",
            paramLabel = "LIBRARY",
            description = "Matrix products by onednn, onednn-packed, openblas, mkl or java, by onednn-bf16 (rounded to"
                    + " bfloat16, faster where the processor has it), or step=NAME,window=NAME,gradient=NAME; auto takes"
                    + " what is fastest here (auto).")
    private String gemm = "auto";

    @Heading(Heading.OUTPUT)
    @Option(
            names = "--verbose",
            description = "Say first what the run works with: parameters, threads, the matrix library.")
    private boolean verbose;

    /**
     * Options of a task.
     *
     * @param usual what is usual for it, the library's own, which the help page shows
     */
    public TrainingOptions(RunSettings usual) {
        OptimizerSpec rule = usual.update().optimizer().forRecurrent();
        Map<String, Object> settings = rule.settings();
        optimizer = rule.name();
        schedule = String.valueOf(settings.get("schedule"));
        learningRate = ((Number) Objects.requireNonNull(settings.get("lr"))).doubleValue();
        clip = ((Number) Objects.requireNonNull(settings.get("clip"))).doubleValue();
        batch = Objects.requireNonNull(usual.data().batch());
        valFraction = Objects.requireNonNull(usual.data().valFraction());
        seed = usual.seed();
    }

    /** The run that is asked for; what was not given is left open. */
    public RunSettings asked(Range range) {
        range.above("--lr", 0, learningRate);
        range.notBelow("--clip", 0, clip);
        OptimizerSpec named = range.usage("--optimizer", () -> OptimizerSpec.parse(optimizer));
        OptimizerSpec rated = range.usage("--lr", () -> named.and("lr", range.given("--lr", learningRate)));
        OptimizerSpec clipped = range.usage("--clip", () -> rated.and("clip", range.given("--clip", clip)));
        OptimizerSpec rule =
                range.usage("--schedule", () -> clipped.and("schedule", range.given("--schedule", schedule)));
        String mean = average;
        Averaging averaging = mean == null ? null : range.usage("--average", () -> Averaging.parse(mean));
        GemmChoice products = range.usage("--gemm", () -> Optional.ofNullable(GemmChoice.wished(gemm)))
                .orElse(null);
        if (products != null) {
            range.usage("--gemm", products::here);
        }
        return range.usage(() -> new RunSettings(
                new RunLength(steps, epochs, minutes),
                new EarlyStop(stopAt, patience, validateEvery),
                new RunSettings.Update(rule, averaging, freeze, dropConnect),
                new RunSettings.Data(range.given("--batch", batch), range.given("--val-fraction", valFraction)),
                threads == null ? RunSettings.NONE.threads() : threads,
                seed,
                products));
    }

    /** Whether to say first what a run works with. */
    public boolean verbose() {
        return verbose;
    }
}
