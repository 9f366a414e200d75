package dev.namaskar.cli.bench;

import dev.namaskar.cli.command.ReportingCommand;
import picocli.CommandLine.Option;

/** A command that measures how fast something is. */
abstract class BenchCommand extends ReportingCommand {
    @Option(names = "--batch", paramLabel = "B", description = "Sequences side by side (default ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long to measure, after as long a warm-up (default ${DEFAULT-VALUE}).")
    private double seconds;

    BenchCommand(double usualSeconds, int usualBatch) {
        seconds = usualSeconds;
        batch = usualBatch;
    }

    final int batch(int least) {
        range().atLeast("--batch", least, batch);
        return batch;
    }

    final double seconds() {
        range().above("--seconds", 0, seconds);
        return seconds;
    }
}
