package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.Heading;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of trainings that can learn from recordings. */
@Heading(Heading.DATA)
final class SoundOptions {
    @Option(
            names = "--variants",
            paramLabel = "N",
            description = "Of recordings: varied copies learned beside each, other in speed, loudness, noise and place,"
                    + " with stripes hidden (8).")
    private @Nullable Integer variants;

    @Option(names = "--hop", paramLabel = "MS", description = "Of recordings: milliseconds from frame to frame (10).")
    private @Nullable Double hop;

    @Option(names = "--bands", paramLabel = "N", description = "Of recordings: mel bands (40).")
    private @Nullable Integer bands;

    @Nullable
    Integer variants() {
        return variants;
    }

    @Nullable
    Double hop() {
        return hop;
    }

    @Nullable
    Integer bands() {
        return bands;
    }
}
