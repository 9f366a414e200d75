package dev.namaskar.cli.options;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.optim.schedules.Schedule;
import dev.namaskar.train.Averaging;
import dev.namaskar.train.EarlyStop;
import dev.namaskar.train.RunLength;
import dev.namaskar.train.TrainerSettings;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how a training run goes. */
@Heading(Heading.TRAINING)
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class RunOptions {
    @Option(names = "--steps", paramLabel = "N", description = "End after N steps.")
    @Nullable
    Long steps;

    @Option(names = "--epochs", paramLabel = "N", description = "End after N passes over the data.")
    @Nullable
    Long epochs;

    @Option(names = "--minutes", paramLabel = "M", description = "End after M minutes.")
    @Nullable
    Double minutes;

    @Option(
            names = "--optimizer",
            defaultValue = "adam",
            paramLabel = "NAME",
            description = "The optimizer, its settings behind a colon, as momentum:momentum=0.95,clip=1 (adam).")
    public String optimizer;

    @Option(names = "--lr", paramLabel = "X", description = "Learning rate (the optimizer's own: adam 0.002).")
    @Nullable
    Double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "How the learning rate changes, as linear-warmup(100)*cosine (${DEFAULT-VALUE}).")
    String schedule;

    @Option(
            names = "--clip",
            paramLabel = "X",
            description = "Largest global norm of a gradient, 0 for no limit (${DEFAULT-VALUE}).")
    double clip;

    @Option(
            names = "--average",
            paramLabel = "RULE",
            description =
                    "Keep and validate a mean of the weights: ema:0.999 (fading), polyak:0.5 (of the last half of "
                            + "the run), nt-asgd:5 (from when five validations were no better).")
    @Nullable
    String average;

    @Option(names = "--stop-at", paramLabel = "LOSS", description = "End once the validation loss is this low.")
    @Nullable
    Double stopAt;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "End after N validations in a row without a better loss.")
    @Nullable
    Integer patience;

    @Option(
            names = "--validate-every",
            paramLabel = "N",
            description = "Validate every N steps and keep the best; else only where --stop-at or --patience need it.")
    @Nullable
    Long validateEvery;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Start of all random numbers: the same seed and threads, the same model (1).")
    public long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (the processors, at most 8).")
    @Nullable
    public Integer threads;

    @Option(
            names = "--gemm",
            defaultValue = "auto",
            paramLabel = "LIBRARY",
            description = "Matrix products by onednn, onednn-packed, openblas, mkl or java, or "
                    + "step=NAME,window=NAME,gradient=NAME; auto takes what is fastest here (auto).")
    String gemm;

    @Option(
            names = "--verbose",
            description = "Say first what the run works with: parameters, threads, the matrix library.")
    boolean verbose;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * Options with what is usual for the kind of data.
     *
     * @param schedule usual schedule
     * @param clip usual largest norm of a gradient
     */
    public RunOptions(String schedule, double clip) {
        this.schedule = schedule;
        this.clip = clip;
    }

    /** Refuses what no run can have. */
    public void check(Range range) {
        range.atLeast("--steps", 1, steps);
        range.atLeast("--epochs", 1, epochs);
        range.above("--minutes", 0, minutes);
        range.above("--lr", 0, learningRate);
        range.notBelow("--clip", 0, clip);
        range.above("--stop-at", 0, stopAt);
        range.atLeast("--patience", 1, patience);
        range.atLeast("--validate-every", 1, validateEvery);
        range.atLeast("--threads", 1, threads);
        range.usage("--optimizer", () -> OptimizerSpec.parse(optimizer));
        range.usage("--lr", () -> OptimizerSpec.parse(optimizer).and("lr", learningRate));
        range.usage("--clip", () -> OptimizerSpec.parse(optimizer).and("clip", given("--clip", clip)));
        range.usage("--schedule", this::optimizer);
        range.usage("--average", this::averaging);
        range.usage("--gemm", () -> Optional.ofNullable(gemm()).map(GemmChoice::here));
    }

    /** How long the run is. */
    public RunLength length() {
        return new RunLength(steps, epochs, minutes);
    }

    /** How the run goes by its validation losses. */
    public EarlyStop stop() {
        return new EarlyStop(stopAt, patience, validateEvery);
    }

    /** Worker threads. */
    public int threads() {
        return threads == null ? TrainerSettings.usualThreads() : threads;
    }

    /** Whose matrix products, or null for what is fastest. */
    @Nullable
    public GemmChoice gemm() {
        return GemmChoice.wished(gemm);
    }

    /** The optimizer that is asked for; its learning rate is left open if none is. */
    public OptimizerSpec optimizer() {
        return OptimizerSpec.parse(optimizer)
                .and("lr", learningRate)
                .and("clip", given("--clip", clip))
                .and("schedule", given("--schedule", schedule))
                .orElse("clip", clip)
                .orElse("schedule", schedule);
    }

    private <T> @Nullable T given(String flag, T value) {
        return command.commandLine().getParseResult().hasMatchedOption(flag) ? value : null;
    }

    /** How weights are averaged, or null for not at all. */
    @Nullable
    public Averaging averaging() {
        return average == null ? null : Averaging.parse(average);
    }

    /** The schedule of a run of so many steps. */
    Schedule schedule(long totalSteps) {
        return optimizer().schedule(totalSteps);
    }

    /** Tells on standard error how the run goes. */
    public ProgressReport report(PrintWriter err) {
        return new ProgressReport(err, verbose);
    }

    /** Whether the run goes by validation losses, so that something has to be held out. */
    boolean needsValidation() {
        Averaging mean = averaging();
        return stopAt != null
                || patience != null
                || (mean != null && mean.lookback() > 0)
                || optimizer().schedule(1000).listens();
    }
}
