package dev.namaskar.cli.options;

import dev.namaskar.text.VariationalDropout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Dropout whose masks are held over the steps of a sequence. */
@Heading(Heading.NETWORK)
public final class VariationalDropoutOptions {
    @Option(
            names = "--dropout-input",
            paramLabel = "X",
            description = "Part of the embedding that is dropped in training, the same at all steps of a sequence (0).")
    private @Nullable Double input;

    @Option(
            names = "--dropout-state",
            paramLabel = "X",
            description = "Part of the hidden state that recurrent weights do not see, the same at all steps (0).")
    private @Nullable Double state;

    @Option(
            names = "--dropout-between",
            paramLabel = "X",
            description =
                    "Part dropped between layers, the same at all steps (as --dropout, which draws anew each step).")
    private @Nullable Double between;

    @Option(
            names = "--dropout-output",
            paramLabel = "X",
            description = "Part dropped behind the last layer, the same at all steps (as --dropout, likewise).")
    private @Nullable Double output;

    /** The rates that are asked for. */
    public VariationalDropout asked(Range range) {
        return range.usage(() -> new VariationalDropout(input, state, between, output));
    }
}
