package dev.namaskar.cli.options;

import dev.namaskar.optim.Optimizer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a run that begins with a trained model instead of fresh parameters. */
@Heading(Heading.TRAINING)
public final class TransferOptions {
    @Option(
            names = "--from",
            paramLabel = "M",
            description = "Begin with this model instead of a fresh network: a new run, from step 0, with fresh "
                    + "optimizer and schedule (--resume goes on with an old one).")
    @Nullable
    public Path from;

    @Option(
            names = "--freeze",
            split = ",",
            paramLabel = "PATTERN",
            description = "Leave parameters alone whose names fit, such as rnn.* or embedding.weight "
                    + "(* for any characters, ? for one).")
    public List<String> freeze = List.of();

    /** The optimizer, leaving alone what is named here beside what its own settings name. */
    Optimizer frozen(Optimizer optimizer) {
        return optimizer.freeze(freeze.toArray(String[]::new));
    }
}
