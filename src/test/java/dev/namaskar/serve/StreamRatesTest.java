package dev.namaskar.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a server in a process of its own writes into one stream and into many. With {@code -Dstreams.hidden=256
 * -Dstreams.ratio=4} the network is a large one, and many streams have to be that much faster together than one alone: for a
 * machine that does nothing else meanwhile.
 */
class StreamRatesTest {
    private static final int HIDDEN = Integer.getInteger("streams.hidden", 16);
    private static final double RATIO = Double.parseDouble(System.getProperty("streams.ratio", "0"));
    /** Short where the network is only there to be asked. */
    private static final int SCALE = HIDDEN < 64 ? 1 : 20;

    private static final int STREAMS = 64;
    /** Where the first event begins, behind the answer's head and what keeps a slow stream open. */
    private static final String EVENT = "\ndata: ";

    private static final int AT_ONCE = 240;
    private static final int REPEATED = HIDDEN < 64 ? 1 : 3;

    @TempDir
    private Path folder;

    /** A stream that has ended: when its first character came, in nanoseconds, and all that came. */
    private record Ended(long first, String events) {}

    private Path model() throws Exception {
        int[] symbols = IntStream.range(0, 65).map(i -> i == 0 ? '\n' : ' ' + i).toArray();
        Network network = NetworkSpec.tokens(symbols.length)
                .recurrent("lstm", HIDDEN)
                .recurrent("lstm", HIDDEN)
                .dense(symbols.length)
                .build();
        Path file = folder.resolve("large.safetensors");
        new CharacterModel(network, network.initialize(1), Vocabulary.ofCodePoints(symbols)).write(file);
        return file;
    }

    private Ended stream(URI server, int length, int seed) throws Exception {
        String body = Json.write(
                Map.of("model", "large", "prompt", "ABC", "max_tokens", length, "seed", seed, "stream", true));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        // Of version 1.0, for an answer that ends with the connection and is not cut into chunks.
        String head = "POST /v1/completions HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: "
                + bytes.length + "\r\n\r\n";
        long begun = System.nanoTime();
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf(EVENT) < 0) {
                int next = in.read();
                assertThat(next).as(answer.toString()).isNotNegative();
                answer.append((char) next);
            }
            long first = System.nanoTime() - begun;
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            return new Ended(first, "data: " + new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private List<Ended> together(URI server, int streams, int length) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(streams);
        try {
            List<Future<Ended>> all = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                int seed = i;
                all.add(clients.submit(() -> stream(server, length, seed)));
            }
            List<Ended> ended = new ArrayList<>();
            for (Future<Ended> one : all) {
                ended.add(one.get());
                assertThat(one.get().events()).startsWith("data: ").endsWith("data: [DONE]\n\n");
            }
            return ended;
        } finally {
            clients.shutdownNow();
        }
    }

    private double rate(URI server, int streams, int length) throws Exception {
        long begun = System.nanoTime();
        together(server, streams, length);
        return 1e9 * streams * length / (System.nanoTime() - begun);
    }

    @Test
    void manyStreamsAtOnceAreFasterThanOne(TestReporter reporter) throws Exception {
        try (ServedProcess process = new ServedProcess(folder, model())) {
            URI server = process.address();
            rate(server, 1, 200 * SCALE);
            rate(server, STREAMS, 50 * SCALE);
            double one = 0;
            double many = 0;
            for (int i = 0; i < REPEATED; i++) {
                one = Math.max(one, rate(server, 1, 400 * SCALE));
                many = Math.max(many, rate(server, STREAMS, 100 * SCALE));
            }
            long[] first = together(server, AT_ONCE, 20 * SCALE).stream()
                    .mapToLong(Ended::first)
                    .sorted()
                    .toArray();
            reporter.publishEntry(
                    "characters a second in one stream, in " + STREAMS + ", ratio",
                    String.format(Locale.ROOT, "%.0f, %.0f, %.2f", one, many, many / one));
            reporter.publishEntry(
                    "first character of " + AT_ONCE + " streams asked for at once, ms: median, of 99 in 100",
                    String.format(
                            Locale.ROOT, "%.0f, %.0f", first[AT_ONCE / 2] / 1e6, first[AT_ONCE * 99 / 100] / 1e6));
            assertThat(many / one).isGreaterThanOrEqualTo(RATIO);
        }
    }
}
