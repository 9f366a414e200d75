package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.Heading;
import picocli.CommandLine.Option;

/** How many networks make a model. */
@Heading(Heading.TRAINING)
public final class EnsembleOption {
    @Option(
            names = "--ensemble",
            defaultValue = "1",
            paramLabel = "N",
            description = "Networks, alike but for their seeds, whose probabilities are averaged (1).")
    int members = 1;
}
