package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.Heading;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many networks make a model. */
@Heading(Heading.TRAINING)
public final class EnsembleOption {
    @Option(
            names = "--ensemble",
            paramLabel = "N",
            description = "Networks, alike but for their seeds, whose answers are averaged (1, or as many as the model"
                    + " has that training goes on with).")
    @Nullable
    Integer members;
}
