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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that were right before something happened to them, thousands of them from seeds: each is told what is wrong with
 * it, or answered where it is right after all, and nothing of the server's own comes out.
 */
class HostileRequestsTest {
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 2000);
    private static final int CLIENTS = 16;
    private static final int LONGEST = 2000;

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
                .limits(HttpLimits.USUAL.withIdle(Duration.ofMillis(300)))
                .limits(new CompletionLimits(1 << 16, 8, LONGEST, LONGEST, Duration.ofSeconds(20)))
                .log(LOG::add)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private record Question(String method, String path, byte[] body, List<String> headers) {}

    private static Question question(String path, Object json) {
        return new Question(
                "POST",
                path,
                Json.write(json).getBytes(StandardCharsets.UTF_8),
                List.of("Content-Type: application/json"));
    }

    private static List<Question> right() throws IOException {
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
                new Question("GET", "/v1/models/v1-text", new byte[0], List.of()),
                new Question("GET", "/index.html", new byte[0], List.of()),
                new Question("GET", "/v2/models/v1-text/versions/1", new byte[0], List.of()));
    }

    @Test
    void nothingBreaksTheServer() throws Exception {
        List<Question> questions = right();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                int seed = i;
                all.add(clients.submit(() -> {
                    new Spoiler(new Random(seed)).send(questions);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(LOG).noneMatch(line -> line.startsWith("error:"));
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

    /** One client, what it does to its request, and what it is told. */
    private record Spoiler(Random random) {
        void send(List<Question> questions) throws IOException {
            byte[] request = spoil(questions.get(random.nextInt(questions.size())));
            String answer = ask(request);
            String sent = new String(request, StandardCharsets.ISO_8859_1);
            if (!answer.isEmpty()) {
                check(answer, "request: " + shortened(sent) + "\nanswer: " + shortened(answer));
            }
        }

        private byte[] spoil(Question question) throws IOException {
            byte[] body = question.body();
            String path = question.path();
            String method = question.method();
            List<String> headers = new ArrayList<>(question.headers());
            headers.add("Host: localhost");
            headers.add("Connection: close");
            int length = -1;
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2 -> body = spoilBytes(body);
                    case 3, 4, 5 -> body = spoilJson(body);
                    case 6 -> path = spoilPath(path);
                    case 7 -> headers.add(header());
                    case 8 -> headers.remove(random.nextInt(headers.size()));
                    default -> {
                        if (random.nextBoolean()) {
                            method = List.of("PUT", "DELETE", "HEAD", "TRACE", "get", "OPTIONS", "X", "CONNECT", "")
                                    .get(random.nextInt(9));
                        } else {
                            length = random.nextInt(3) == 0 ? Integer.MAX_VALUE : body.length + random.nextInt(5) - 2;
                        }
                    }
                }
            }
            StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
            headers.forEach(line -> head.append(line).append("\r\n"));
            if (body.length > 0 || length >= 0) {
                head.append("Content-Length: ")
                        .append(length >= 0 ? length : body.length)
                        .append("\r\n");
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            all.write(body);
            return all.toByteArray();
        }

        private String header() {
            return List.of(
                            "X-Long: " + "a".repeat(random.nextInt(40_000)),
                            "Content-Type: text/plain",
                            "Content-Type: application/json; charset=utf-16",
                            "Content-Encoding: gzip",
                            "Transfer-Encoding: chunked",
                            "Expect: 100-continue",
                            "Host: evil.example",
                            "Authorization: Bearer x",
                            "Range: bytes=0-",
                            "Content-Length: 3",
                            "Content-Length: -1",
                            "Upgrade: h2c",
                            "bad header",
                            "X: \u0001\u00ff",
                            "If-None-Match: *")
                    .get(random.nextInt(15));
        }

        private String spoilPath(String path) {
            String part = List.of(
                            "/../../secret.safetensors",
                            "/..%2f..%2fsecret",
                            "/%2e%2e/%2e%2e/etc/passwd",
                            "/..\\..\\secret",
                            "/%00",
                            "//",
                            "/;x=1",
                            "?x=%zz",
                            "/%c0%ae%c0%ae/secret",
                            "/" + "a".repeat(random.nextInt(30_000)),
                            "/\u00e9",
                            "/%F0%9F%98%80",
                            "#x",
                            " HTTP/1.1",
                            "/secret")
                    .get(random.nextInt(15));
            return random.nextBoolean() ? path + part : path.substring(0, random.nextInt(path.length()) + 1) + part;
        }

        private byte[] spoilBytes(byte[] body) {
            if (body.length == 0) {
                return body;
            }
            byte[] spoiled = body.clone();
            switch (random.nextInt(4)) {
                case 0 -> spoiled[random.nextInt(body.length)] = (byte) random.nextInt(256);
                case 1 -> {
                    return Arrays.copyOf(body, random.nextInt(body.length));
                }
                case 2 -> {
                    int from = random.nextInt(body.length);
                    for (int i = from; i < Math.min(body.length, from + 8); i++) {
                        spoiled[i] = (byte) random.nextInt(256);
                    }
                }
                default -> {
                    ByteArrayOutputStream twice = new ByteArrayOutputStream();
                    twice.writeBytes(body);
                    twice.write(body, 0, random.nextInt(body.length));
                    return twice.toByteArray();
                }
            }
            return spoiled;
        }

        /** Puts something else in the place of one of the values, or adds one. */
        private byte[] spoilJson(byte[] body) throws IOException {
            Object value;
            try {
                value = Json.read("body", new String(body, StandardCharsets.UTF_8));
            } catch (IOException noLongerJson) {
                return body;
            }
            String text = random.nextInt(4) == 0 && value instanceof Map<?, ?> map
                    ? "{"
                            + Json.write(List.of("x" + random.nextInt()))
                                    .replace("[", "")
                                    .replace("]", "") + ":" + strange()
                            + (map.isEmpty() ? "}" : "," + Json.write(map).substring(1))
                    : replaced(Json.write(value));
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private String replaced(String json) {
            List<Integer> starts = new ArrayList<>();
            for (int i = 0; i + 1 < json.length(); i++) {
                if (json.charAt(i) == ':' || json.charAt(i) == '[') {
                    starts.add(i + 1);
                }
            }
            if (starts.isEmpty()) {
                return strange();
            }
            int from = starts.get(random.nextInt(starts.size()));
            int to = from;
            for (int depth = 0; to < json.length(); to++) {
                char c = json.charAt(to);
                if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
                    break;
                }
                depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            }
            return json.substring(0, from) + strange() + json.substring(to);
        }

        private String strange() {
            return List.of(
                            "null",
                            "true",
                            "-1",
                            "0",
                            "1e400",
                            "-0.0",
                            "9223372036854775808",
                            "1.5",
                            "1e9",
                            "\"\"",
                            "\"\\ud800\"",
                            "\"\\u0000\"",
                            "\"../../secret\"",
                            "\"" + "na".repeat(random.nextInt(60_000)) + "\"",
                            "[]",
                            "{}",
                            "[".repeat(random.nextInt(5000)),
                            "[[[[[[1]]]]]]",
                            "[" + "1,".repeat(random.nextInt(5000)) + "1]",
                            "{\"a\":1,\"a\":2}",
                            "NaN",
                            "\"/etc/passwd\"",
                            "\"\ud83d\ude00\"")
                    .get(random.nextInt(23));
        }
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(600, text.length()));
    }
}
