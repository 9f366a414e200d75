package dev.namaskar.cli;

import dev.namaskar.optim.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a run that begins with a trained model instead of fresh parameters. */
final class TransferOptions {
    @Option(
            names = "--from",
            paramLabel = "M",
            description = "Begin with this model instead of a fresh network: a new run, from step 0, with fresh "
                    + "optimizer and schedule (--resume goes on with an old one).")
    @Nullable
    Path from;

    @Option(
            names = "--freeze",
            split = ",",
            paramLabel = "PATTERN",
            description = "Leave parameters alone whose names fit, such as rnn.* or embedding.weight "
                    + "(* for any characters, ? for one).")
    List<String> freeze = List.of();

    /** The optimizer, leaving alone what is named here beside what its own settings name. */
    Optimizer frozen(Optimizer optimizer) {
        if (freeze.isEmpty()) {
            return optimizer;
        }
        List<String> patterns = new ArrayList<>(freeze);
        String own = String.valueOf(optimizer.settings().get("freeze"));
        Arrays.stream(own.split(",", -1)).filter(pattern -> !pattern.isBlank()).forEach(patterns::add);
        return optimizer.freeze(patterns.toArray(String[]::new));
    }
}
