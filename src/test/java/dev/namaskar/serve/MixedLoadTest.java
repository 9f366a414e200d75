package dev.namaskar.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.text.CharacterModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of all kinds from many clients at once, some of which read slowly and some of which leave in the middle: no
 * answer is another than the model gives alone, and none is an error. With {@code -Dload.requests=10000} the heap after
 * them is held to that after the first thousand.
 */
class MixedLoadTest {
    private static final int REQUESTS = Integer.getInteger("load.requests", 300);
    private static final int FIRST = 1000;
    private static final int CLIENTS = 24;
    private static final int SEEDS = 20;
    private static final int SHORT = 60;
    /** Bytes that a slow reader lets come before the server has to wait for it. */
    private static final int SLOW_BUFFER = 2048;

    /** Growth of the heap that is no growth: what the collector has not looked at yet. */
    private static final long HEAP_NOISE = 6 << 20;

    @TempDir
    private Path folder;

    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final List<String> wanted = new ArrayList<>();
    private String letters = "";
    private String table = "";
    private RunningServer server;

    /** What a client does with its answer. */
    private enum Manner {
        READS,
        READS_SLOWLY,
        LEAVES
    }

    @Test
    void everyAnswerIsTheModelsAndNoneIsAnError(TestReporter reporter) throws Exception {
        Path models = ServedModels.in(folder);
        CharacterModel text = CharacterModel.read(models.resolve("v1-text.safetensors"));
        for (int seed = 0; seed < SEEDS; seed++) {
            wanted.add(Json.write(text.generate("na", SHORT, seed).substring(2)));
        }
        letters = Json.write(new LinkedHashMap<>(TaskKind.read(models.resolve("letters.safetensors"))
                .predict(List.of("abc"), PredictionSettings.USUAL)
                .get(0)
                .fields()));
        table = Files.readString(Path.of("corpora/AirPassengers.csv"));
        server = Server.of(models).port(0).log(this::note).start();
        try {
            run(0, Math.min(FIRST, REQUESTS));
            long before = heap();
            run(FIRST, REQUESTS);
            long grown = heap() - before;
            reporter.publishEntry("heap after the first thousand, bytes", Long.toString(before));
            reporter.publishEntry("growth of it until the end, bytes", Long.toString(grown));
            if (REQUESTS > FIRST) {
                assertThat(grown).isLessThan(HEAP_NOISE);
            }
            assertThat(errors).isEmpty();
            awaitNoTexts();
        } finally {
            server.close();
        }
    }

    /** Keeps what goes wrong, and not ten thousand lines beside it. */
    private void note(String line) {
        if (line.startsWith("error:") || line.contains(" 429 ") || line.contains(" 500 ")) {
            errors.add(line);
        }
    }

    /** Whoever has left in the middle is forgotten in the end. */
    private void awaitNoTexts() throws Exception {
        Asking asking = new Asking(server.address());
        while (!asking.get("/metrics").body().contains("namaskar_texts 0\n")) {
            Thread.onSpinWait();
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private void run(int from, int to) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = from; i < to; i++) {
                Random random = new Random(i);
                all.add(clients.submit(() -> {
                    ask(random);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void ask(Random random) throws IOException, InterruptedException {
        int seed = random.nextInt(SEEDS);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> whole("/v1/completions", completion(SHORT, seed, false), wanted.get(seed));
            case 3 -> whole("/v1/completions", completion(400, seed, true), "data: [DONE]\n\n");
            case 4 -> send("/v1/completions", completion(3000, seed, true), Manner.LEAVES);
            case 5 ->
                assertThat(send("/v1/completions", completion(2000, seed, true), Manner.READS_SLOWLY))
                        .contains("data: [DONE]\n\n");
            case 6 -> whole("/v1/predict", Map.of("model", "letters", "inputs", "abc"), letters);
            case 7 ->
                whole("/v1/forecast", Map.of("model", "v1-series", "horizon", 3, "table", table), "\"forecasts\":[{");
            case 8 -> whole("/v2/models/capitals/infer", inference(), "\"outputs\":[{");
            default -> whole("/v1/models", null, "\"id\":\"waves\"");
        }
    }

    private static Map<String, Object> completion(int length, int seed, boolean stream) {
        return Map.of("model", "v1-text", "prompt", "na", "max_tokens", length, "seed", seed, "stream", stream);
    }

    private static Map<String, Object> inference() {
        return Map.of(
                "inputs",
                List.of(Map.of("name", "input", "datatype", "BYTES", "shape", List.of(1), "data", List.of("abca"))));
    }

    private void whole(String path, @Nullable Object body, String part) throws IOException, InterruptedException {
        assertThat(send(path, body, Manner.READS)).startsWith("HTTP/1.1 200 ").contains(part);
    }

    private String send(String path, @Nullable Object json, Manner manner) throws IOException, InterruptedException {
        byte[] body = json == null ? new byte[0] : Json.write(json).getBytes(StandardCharsets.UTF_8);
        String head = (json == null ? "GET " : "POST ") + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (json == null ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n")
                + "\r\n";
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket()) {
            if (manner == Manner.READS_SLOWLY) {
                socket.setReceiveBufferSize(SLOW_BUFFER);
            }
            socket.connect(new InetSocketAddress(
                    server.address().getHost(), server.address().getPort()));
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            InputStream in = socket.getInputStream();
            byte[] some = new byte[manner == Manner.READS_SLOWLY ? 64 : 1 << 16];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                answer.write(some, 0, n);
                if (manner == Manner.LEAVES && answer.size() > 2000) {
                    break;
                }
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
