package dev.namaskar.cli.options;

import dev.namaskar.series.Fitting;
import dev.namaskar.train.Averaging;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how a forecaster's networks are trained. */
@Heading(Heading.TRAINING)
public final class FittingOptions {
    private static final double USUAL_FRACTION = 0.1;

    @Mixin
    private final RunOptions run = new RunOptions("cosine-annealing", 1);

    @Option(names = "--batch", defaultValue = "32", paramLabel = "B", description = "Windows in a batch (32).")
    private int batch;

    @Option(
            names = "--ensemble",
            paramLabel = "N",
            description =
                    "Networks, alike but for their seeds, whose forecasts are averaged (3; as many as there is time"
                            + " for in --minutes; 1 with --steps, --epochs or validation).")
    private @Nullable Integer members;

    @Option(
            names = "--val-fraction",
            paramLabel = "X",
            description = "Part at the end of each series to hold out (0; 0.1 with --stop-at, --patience or "
                    + "--validate-every).")
    private @Nullable Double valFraction;

    @Option(
            names = "--calibration",
            defaultValue = "-1",
            paramLabel = "N",
            description =
                    "Windows of each series, at most, that the intervals are calibrated on (by length); 0 for none.")
    private int calibration;

    @Option(
            names = "--calibration-networks",
            paramLabel = "N",
            description = "Networks that are trained for the intervals alone, on what came before the windows they are "
                    + "judged by (3 for a short table, else 1).")
    private @Nullable Integer calibrationNetworks;

    /** Refuses what no training can have. */
    public void check(Range range) {
        run.check(range);
        range.atLeast("--batch", 1, batch);
        range.atLeast("--ensemble", 1, members);
        range.atLeast("--calibration", -1, calibration);
        range.atLeast("--calibration-networks", 1, calibrationNetworks);
        range.effective("--calibration-networks", calibration != 0, "with --calibration 0");
        range.between("--val-fraction", 0, 1, valFraction());
        range.require(
                valFraction() > 0 || !run.needsValidation(),
                "--val-fraction",
                "a number > 0, for --stop-at, --patience, --average nt-asgd and --schedule plateau go by what is held"
                        + " out",
                valFraction);
    }

    private double valFraction() {
        if (valFraction != null) {
            return valFraction;
        }
        return run.needsValidation() || run.validateEvery != null ? USUAL_FRACTION : 0;
    }

    /** How the networks are trained. */
    public Fitting fitting() {
        Fitting fitting = Fitting.of(
                        run.stop().rules(run.steps == null ? 0 : run.steps, run.length()),
                        run.optimizer().forRecurrent().build(0),
                        run::schedule,
                        run.seed)
                .epochs(run.epochs == null ? 0 : run.epochs)
                .batch(batch)
                .threads(run.threads())
                .average(run.averaging())
                .calibration(calibration, calibrationNetworks == null ? -1 : calibrationNetworks)
                .validation(valFraction(), run.validateEvery == null ? -1 : run.validateEvery);
        return members == null ? fitting : fitting.members(members);
    }

    /** What must be the same for a run to go on, and what a model is remembered by. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("seed", run.seed);
        settings.put("batch", batch);
        settings.put("ensemble", members == null ? 0 : members);
        settings.put("optimizer", run.optimizer().name());
        settings.put("schedule", run.optimizer().settings().get("schedule"));
        settings.put("val_fraction", valFraction());
        Averaging averaging = run.averaging();
        if (averaging != null) {
            settings.put("average", averaging.spec());
        }
        return settings;
    }

    /** Tells on standard error how the training goes. */
    public ProgressReport report(PrintWriter err) {
        return run.report(err);
    }

    /** Worker threads. */
    public int threads() {
        return run.threads();
    }
}
