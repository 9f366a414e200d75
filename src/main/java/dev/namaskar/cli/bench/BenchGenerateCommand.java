package dev.namaskar.cli.bench;

import dev.namaskar.cli.options.Range;
import dev.namaskar.files.Json;
import dev.namaskar.net.Network;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench generate}: the time of single steps of prediction, on one thread and plain Java arrays. */
@Command(
        description = "Time a character model's writing, a character at a time, on one thread.",
        footer = {"", "Example: namaskar bench generate --cell lstm --hidden 256 --layers 2 --json"})
public final class BenchGenerateCommand implements Callable<Integer> {
    @Mixin
    private final BenchNetwork shape = new BenchNetwork();

    @Option(
            names = "--batch",
            defaultValue = "1",
            description = "Texts that are written side by side (default ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--seconds",
            defaultValue = "3",
            description = "How long to measure, after as long a warm-up (default ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        Range range = new Range(spec);
        range.atLeast("--batch", 1, batch);
        range.above("--seconds", 0, seconds);
        Network network = shape.network(range);
        long begun = System.nanoTime();
        Writer writer = new Writer(network, batch);
        writer.write();
        double firstMilliseconds = (System.nanoTime() - begun) * 1e-6;
        writer.run(seconds);
        double charsPerSecond = writer.run(seconds);
        var out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>(shape.toMap());
            result.put("batch", batch);
            result.put("threads", 1);
            result.put("chars_per_s", charsPerSecond);
            result.put("first_char_ms", firstMilliseconds);
            out.println(Json.write(result));
        } else {
            out.printf(
                    "%s %dx%d, %d side by side, 1 thread: %.0f characters/s, the first after %.1f ms%n",
                    shape.cell(), shape.layers(), shape.hidden(), batch, charsPerSecond, firstMilliseconds);
        }
        return 0;
    }

    /** Feeds each text's likeliest character back in. */
    private static final class Writer {
        private final Pass pass;
        private final State state;
        private final int[] tokens;
        private final Sequences step;

        Writer(Network network, int batch) {
            pass = network.predictor(network.initialize(1));
            state = network.zeroState(batch);
            tokens = new int[batch];
            step = Sequences.ofTokens(1, batch, tokens);
        }

        void write() {
            Frames logits = pass.predict(step, state);
            for (int row = 0; row < tokens.length; row++) {
                tokens[row] = likeliest(logits.values(), logits.at() + row * logits.width(), logits.width());
            }
        }

        private static int likeliest(float[] logits, int from, int count) {
            int best = 0;
            for (int j = 1; j < count; j++) {
                if (logits[from + j] > logits[from + best]) {
                    best = j;
                }
            }
            return best;
        }

        /** Writes for so many seconds; characters per second. */
        double run(double seconds) {
            long from = System.nanoTime();
            long end = from + (long) (seconds * 1e9);
            long written = 0;
            while (System.nanoTime() < end) {
                write();
                written += tokens.length;
            }
            return written / ((System.nanoTime() - from) * 1e-9);
        }
    }
}
