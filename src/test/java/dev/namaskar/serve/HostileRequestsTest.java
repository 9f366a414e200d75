package dev.namaskar.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import dev.namaskar.serve.http.HttpLimits;
import dev.namaskar.serve.openai.CompletionLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that were right before something happened to them, thousands of them from seeds: each is told what is wrong with
 * it, or answered where it is right after all, and nothing of the server's own comes out. With
 * {@code -Dhostile.requests=20000} there are more, and with {@code -Dhostile.millis=1000} none of the answers may take
 * longer: for a machine that does nothing else meanwhile.
 */
class HostileRequestsTest {
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 1500);
    private static final int CLIENTS = 16;
    private static final int LONGEST = 2000;
    /** Milliseconds after which a connection without a byte is closed without a word. */
    private static final int IDLE = 300;

    private static final long MILLIS = Long.getLong("hostile.millis", Long.MAX_VALUE);

    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void serve() throws Exception {
        Path models = ServedModels.in(folder);
        Files.writeString(folder.resolve("secret.safetensors"), "the secret");
        server = Server.of(models)
                .port(0)
                .limits(HttpLimits.USUAL.withIdle(Duration.ofMillis(IDLE)))
                .limits(new CompletionLimits(1 << 16, 8, LONGEST, LONGEST, Duration.ofSeconds(20)))
                .log(LOG::add)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SpoiledRequest.Question question(String path, Object json) {
        return new SpoiledRequest.Question(
                "POST",
                path,
                Json.write(json).getBytes(StandardCharsets.UTF_8),
                List.of("Content-Type: application/json"));
    }

    private static List<SpoiledRequest.Question> right() throws IOException {
        String table = Files.readString(Path.of("corpora/AirPassengers.csv"));
        return List.of(
                question("/v1/completions", Map.of("model", "v1-text", "prompt", "na", "max_tokens", 5, "seed", 1)),
                question(
                        "/v1/completions",
                        Map.of("model", "v1-text", "prompt", List.of("na", "ma"), "max_tokens", 5, "stream", true)),
                question(
                        "/v1/completions",
                        Map.of(
                                "model",
                                "v1-text",
                                "prompt",
                                "nama",
                                "logprobs",
                                3,
                                "echo",
                                true,
                                "stop",
                                List.of("a"))),
                question("/v1/predict", Map.of("model", "letters", "inputs", List.of("abc", "b"), "top", 2)),
                question("/v1/predict", Map.of("model", "capitals", "inputs", "abc", "nbest", 2, "attention", true)),
                question(
                        "/v1/predict",
                        Map.of(
                                "model",
                                "waves",
                                "inputs",
                                List.of(Map.of("name", "a.ts", "text", "@data\n1,2:3,4:up")))),
                question("/v1/forecast", Map.of("model", "v1-series", "table", table, "horizon", 3)),
                question(
                        "/v1/forecast",
                        Map.of(
                                "model",
                                "v1-series",
                                "series",
                                List.of(Map.of(
                                        "values",
                                        List.of(1, 2, 3),
                                        "times",
                                        List.of("2020-01", "2020-02", "2020-03"))))),
                question(
                        "/v2/models/letters/infer",
                        Map.of(
                                "inputs",
                                List.of(Map.of(
                                        "name",
                                        "input",
                                        "datatype",
                                        "BYTES",
                                        "shape",
                                        List.of(1),
                                        "data",
                                        List.of("abc"))))),
                question("/v1/units", Map.of("model", "v1-text", "text", "nama", "units", 2)),
                new SpoiledRequest.Question("GET", "/v1/models/v1-text", new byte[0], List.of()),
                new SpoiledRequest.Question("GET", "/index.html", new byte[0], List.of()),
                new SpoiledRequest.Question("GET", "/v2/models/v1-text/versions/1", new byte[0], List.of()));
    }

    @Test
    void nothingBreaksTheServer(TestReporter reporter) throws Exception {
        List<SpoiledRequest.Question> questions = right();
        List<Told> told = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Told>> all = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                int seed = i;
                all.add(clients.submit(() -> send(new Random(seed), questions)));
            }
            for (Future<Told> one : all) {
                told.add(one.get());
            }
        } finally {
            clients.shutdownNow();
        }
        report(told, reporter);
        assertThat(LOG).noneMatch(line -> line.startsWith("error:") || line.contains("\tat "));
        assertThat(told).extracting(Told::status).contains(200, 400, 404, 405, 408, 413, 415, 431);
        Asking asking = new Asking(server.address());
        assertThat(asking.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(asking.post("/v1/completions", Map.of("model", "v1-text", "prompt", "na"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static void check(String answer, String shown) throws IOException {
        assertThat(answer).as(shown).matches("(?s)HTTP/1[.][01] [24]\\d\\d .*");
        assertThat(answer)
                .as(shown)
                .doesNotContain("Exception", "\tat ", "the secret", "java.lang", "root:x:")
                .doesNotContain(folder.toString());
        // Where the connection was kept, what followed the body was taken for a request, and has an answer too.
        String first = answer.split("HTTP/1[.]1 ", 3)[1];
        int body = first.indexOf("\r\n\r\n") + 4;
        if (first.charAt(9) == '4' && body < first.length() && !first.contains("Transfer-Encoding")) {
            Map<String, Object> error = Json.readObject(shown, first.substring(body));
            assertThat(error).as(shown).containsOnlyKeys("error");
        }
    }

    private static String ask(byte[] request) throws IOException {
        URI address = server.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(request);
            } catch (SocketException closed) {
                // It has heard enough, and may have said so.
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(all);
            } catch (SocketException reset) {
                // What came before counts.
            }
            return all.toString(StandardCharsets.UTF_8);
        }
    }

    /**
     * What came of a request.
     *
     * @param status of its answer, 0 for none
     */
    private record Told(int status, long millis, String request) {}

    private static Told send(Random random, List<SpoiledRequest.Question> questions) throws IOException {
        byte[] request = new SpoiledRequest(random).of(questions.get(random.nextInt(questions.size())));
        long from = System.nanoTime();
        String answer = ask(request);
        long millis = (System.nanoTime() - from) / 1_000_000;
        String sent = shortened(new String(request, StandardCharsets.ISO_8859_1));
        if (answer.isEmpty()) {
            return new Told(0, millis, sent);
        }
        check(answer, "request: " + sent + "\nanswer: " + shortened(answer));
        return new Told(Integer.parseInt(answer.substring(9, 12)), millis, sent);
    }

    private static void report(List<Told> told, TestReporter reporter) {
        Map<Integer, Long> statuses =
                told.stream().collect(Collectors.groupingBy(Told::status, TreeMap::new, Collectors.counting()));
        reporter.publishEntry("answers by status", statuses.toString());
        Told slowest = told.stream().max(Comparator.comparing(Told::millis)).orElseThrow();
        reporter.publishEntry("slowest answer, ms", Long.toString(slowest.millis()));
        assertThat(told)
                .filteredOn(one -> one.status() == 0)
                .as("a client that a busy machine kept from sending for so long, and none other, has no answer")
                .allMatch(one -> one.millis() >= IDLE);
        assertThat(slowest.millis()).as(slowest.request()).isLessThanOrEqualTo(MILLIS);
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(600, text.length()));
    }
}
