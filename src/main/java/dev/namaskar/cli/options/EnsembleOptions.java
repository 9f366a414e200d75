package dev.namaskar.cli.options;

import dev.namaskar.series.Fitting;
import dev.namaskar.train.settings.RunSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many networks a forecaster has, and how its intervals are calibrated. */
@Heading(Heading.TRAINING)
public final class EnsembleOptions {
    @Option(
            names = "--ensemble",
            paramLabel = "N",
            description =
                    "Networks, alike but for their seeds, whose forecasts are averaged (3; as many as there is time"
                            + " for in --minutes; 1 with --steps, --epochs or validation).")
    private @Nullable Integer members;

    @Option(
            names = "--calibration",
            paramLabel = "N",
            description =
                    "Windows of each series, at most, that the intervals are calibrated on (by length); 0 for none.")
    private @Nullable Integer calibration;

    @Option(
            names = "--calibration-networks",
            paramLabel = "N",
            description = "Networks that are trained for the intervals alone, on what came before the windows they are "
                    + "scored by (3 for a short table, else 1).")
    private @Nullable Integer calibrationNetworks;

    /** How the networks are trained, each by such a run. */
    public Fitting fitting(RunSettings run, Range range) {
        range.effective("--calibration-networks", calibration == null || calibration != 0, "with --calibration 0");
        return range.usage(() -> Fitting.of(run).members(members).calibration(calibration, calibrationNetworks));
    }
}
