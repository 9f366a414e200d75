package dev.namaskar.cli.bench;

import dev.namaskar.cli.options.Range;
import picocli.CommandLine.Option;

/** How many threads a benchmark has at work. */
final class BenchThreads {
    @Option(names = "--threads", paramLabel = "N", description = "Threads at work (default ${DEFAULT-VALUE}).")
    private int threads = 2;

    int count(Range range) {
        range.atLeast("--threads", 1, threads);
        return threads;
    }
}
