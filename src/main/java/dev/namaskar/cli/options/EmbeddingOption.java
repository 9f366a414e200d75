package dev.namaskar.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How symbols go into a network. */
@Heading(Heading.NETWORK)
public final class EmbeddingOption {
    @Option(
            names = "--embedding",
            paramLabel = "N",
            description = "Length of a learned vector for each symbol; 0 feeds symbols one-hot (${DEFAULT-VALUE}).")
    private int embedding;

    /** Of a task with this usual width. */
    public EmbeddingOption(int usual) {
        embedding = usual;
    }

    /** The width that is asked for, or null. */
    @Nullable
    public Integer asked(Range range) {
        range.atLeast("--embedding", 0, embedding);
        return range.given("--embedding", embedding);
    }
}
