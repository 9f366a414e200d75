package dev.namaskar.cli.bench;

import dev.namaskar.net.Network;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench generate}: the time of single steps of prediction, on one thread and plain Java arrays. */
@Command(
        description = "Time a character model's writing, a character at a time, on one thread.",
        footer = {"", "Example: namaskar bench generate --cell lstm --hidden 256 --layers 2 --json"})
public final class BenchGenerateCommand extends BenchCommand {
    @Mixin
    private final BenchNetwork shape = new BenchNetwork();

    /** Three seconds, one text. */
    public BenchGenerateCommand() {
        super(3, 1);
    }

    @Override
    public Integer call() {
        int batch = batch(1);
        double seconds = seconds();
        Network network = shape.network(range());
        long begun = System.nanoTime();
        Writer writer = new Writer(network, batch);
        writer.write();
        double firstMilliseconds = (System.nanoTime() - begun) * 1e-6;
        writer.run(seconds);
        double charsPerSecond = writer.run(seconds);
        Map<String, Object> result = new LinkedHashMap<>(shape.toMap());
        result.put("batch", batch);
        result.put("threads", 1);
        result.put("chars_per_s", charsPerSecond);
        result.put("first_char_ms", firstMilliseconds);
        print(
                result,
                String.format(
                        Locale.ROOT,
                        "%s, %d side by side, 1 thread: %.0f characters/s, the first after %.1f ms",
                        shape,
                        batch,
                        charsPerSecond,
                        firstMilliseconds));
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
