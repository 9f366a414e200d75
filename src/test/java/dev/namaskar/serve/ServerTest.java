package dev.namaskar.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.namaskar.files.Json;
import dev.namaskar.serve.http.HttpLimits;
import dev.namaskar.serve.http.Route;
import dev.namaskar.serve.stepping.StepLimits;
import dev.namaskar.text.CharacterModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a Java user starts it. */
class ServerTest {
    private static final Path TEXT = ServedModels.KEPT.resolve("v1-text.safetensors");

    @TempDir
    private Path folder;

    private static Map<String, Object> completion(int length) {
        return Map.of("model", "v1-text", "prompt", "na", "max_tokens", length, "seed", 3);
    }

    @Test
    void everythingThatIsServedIsDescribed() throws Exception {
        try (RunningServer server = Server.of(TEXT).port(0).start()) {
            Asking asking = new Asking(server.address());
            Map<String, Object> description = Asking.object(asking.get("/openapi.json"));
            Set<String> described = new TreeSet<>();
            Json.object("paths", description.get("paths"))
                    .forEach((path, methods) -> ((Map<?, ?>) methods)
                            .keySet()
                            .forEach(method -> described.add(method.toString().toUpperCase(Locale.ROOT) + " " + path)));

            assertThat(described).isEqualTo(new TreeSet<>(server.routes()));
        }
    }

    @Test
    void countsWhatItAnswers() throws Exception {
        try (RunningServer server = Server.of(TEXT).port(0).start()) {
            Asking asking = new Asking(server.address());
            asking.get("/v1/models");
            asking.get("/v1/models");
            asking.get("/nowhere");
            asking.post("/v1/completions", completion(9));

            HttpResponse<String> metrics = asking.get("/metrics");

            assertThat(metrics.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(metrics.body().lines())
                    .contains(
                            "namaskar_requests_total{route=\"/v1/models\",method=\"GET\",status=\"200\"} 2",
                            "namaskar_request_seconds_count{route=\"/v1/models\"} 2",
                            "namaskar_characters_total{model=\"v1-text\",direction=\"written\"} 9",
                            "namaskar_characters_total{model=\"v1-text\",direction=\"read\"} 2",
                            "namaskar_models 1")
                    .allMatch(line -> line.matches(
                            "# (HELP|TYPE) namaskar_\\w+ .+|namaskar_\\w+(\\{(\\w+=\"[^\"]*\",?)+})? [-+.0-9eE]+"));
            assertThat(lint(metrics.body())).isEmpty();
        }
    }

    /** What Prometheus' own tool says of metrics, where it is installed. */
    private static String lint(String metrics) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException notThere) {
            return "";
        }
        try (var in = process.getOutputStream()) {
            in.write(metrics.getBytes(StandardCharsets.UTF_8));
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Requests without pause while the file is replaced again and again: each is answered, by one model or the other. */
    @Test
    void aModelIsReplacedWithoutADroppedRequest() throws Exception {
        Path models = Files.createDirectory(folder.resolve("models"));
        Path file = models.resolve("v1-text.safetensors");
        CharacterModel one = CharacterModel.read(TEXT);
        CharacterModel two = new CharacterModel(one.network(), one.network().initialize(9), one.vocabulary());
        one.write(file);
        try (RunningServer server =
                Server.of(models).port(0).look(Duration.ofMillis(5)).start()) {
            Asking asking = new Asking(server.address());
            String first = one.generate("na", 40, 3).substring(2);
            String second = two.generate("na", 40, 3).substring(2);
            int changes = 0;
            String now = first;
            for (int i = 0; changes < 4; i++) {
                HttpResponse<String> answer = asking.post("/v1/completions", completion(40));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                String text = ((Map<?, ?>)
                                Json.array("choices", Asking.object(answer).get("choices"))
                                        .get(0))
                        .get("text")
                        .toString();
                assertThat(text).isIn(first, second);
                if (i == 0 || !text.equals(now)) {
                    changes++;
                    now = text;
                    (text.equals(first) ? two : one).write(file);
                }
            }
            Files.writeString(models.resolve("new.part"), "no model");
            Files.move(
                    models.resolve("new.part"),
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
            while (!asking.get("/readyz").body().contains("the one before stays")) {
                Thread.onSpinWait();
            }
            assertThat(asking.post("/v1/completions", completion(40)).statusCode())
                    .isEqualTo(200);
            assertThat(asking.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void overloadIsToldAtOnce() throws Exception {
        try (RunningServer server = Server.of(TEXT)
                .port(0)
                .limits(new StepLimits(1, 3))
                .limits(HttpLimits.USUAL.withDrain(Duration.ZERO))
                .start()) {
            Asking asking = new Asking(server.address());
            HttpClient client = HttpClient.newHttpClient();
            List<InputStream> streams = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                streams.add(client.send(streaming(server, 200_000), BodyHandlers.ofInputStream())
                        .body());
            }

            HttpResponse<String> answer = asking.post("/v1/completions", completion(5));

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(asking.get("/v1/models").statusCode()).isEqualTo(200);
            for (InputStream stream : streams) {
                stream.close();
            }
        }
    }

    private static HttpRequest streaming(RunningServer server, int length) {
        return streaming(server.address(), length);
    }

    private static HttpRequest streaming(URI address, int length) {
        return HttpRequest.newBuilder(address.resolve("/v1/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(Map.of(
                        "model", "v1-text", "prompt", "na", "max_tokens", length, "stream", true, "temperature", 1))))
                .build();
    }

    /** A client that goes away in the middle frees its places. */
    @Test
    @Timeout(60)
    void whoeverLeavesIsForgotten() throws Exception {
        try (RunningServer server = Server.of(TEXT)
                .port(0)
                .limits(HttpLimits.USUAL.withDrain(Duration.ZERO).withHeartbeat(Duration.ofMillis(50)))
                .start()) {
            Asking asking = new Asking(server.address());
            for (int i = 0; i < 5; i++) {
                InputStream stream = HttpClient.newHttpClient()
                        .send(streaming(server, 200_000), BodyHandlers.ofInputStream())
                        .body();
                assertThat(stream.read()).isEqualTo('d');
                stream.close();
            }
            while (!asking.get("/metrics").body().contains("namaskar_texts 0\n")) {
                Thread.onSpinWait();
            }
        }
    }

    /** SIGTERM to a real process with streams on: what can end does, and no other is cut without a word. */
    @Test
    void aProcessThatIsAskedToEndLetsStreamsEnd() throws Exception {
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"), "there is no SIGTERM on Windows");
        try (ServedProcess process = new ServedProcess(folder, TEXT)) {
            HttpClient client = HttpClient.newHttpClient();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            Asking asking = new Asking(process.address());
            for (int i = 0; i < 32; i++) {
                answers.add(client.sendAsync(streaming(process.address(), 4000), BodyHandlers.ofString()));
            }
            while (!asking.get("/metrics").body().contains("namaskar_requests_in_flight 33\n")) {
                // it counts itself
                if (answers.stream().anyMatch(CompletableFuture::isDone)) {
                    break;
                }
            }
            process.terminate();
            int whole = 0;
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                String body = answer.get().body();
                assertThat(body.endsWith("data: [DONE]\n\n") || body.contains("\"code\":\"server_stopping\""))
                        .as(body.substring(Math.max(0, body.length() - 300)))
                        .isTrue();
                whole += body.endsWith("data: [DONE]\n\n") ? 1 : 0;
            }
            assertThat(whole).isPositive();
            assertThat(process.exit()).isEqualTo(128 + 15);
            assertThat(process.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void aHostForOthersWantsAToken() throws Exception {
        assertThatThrownBy(() -> Server.of(TEXT).host("0.0.0.0").port(0).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`token-file`");
        Path token = Files.writeString(folder.resolve("token"), "abcdefgh12345678\n");
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        try (RunningServer server = Server.of(TEXT)
                .host("0.0.0.0")
                .port(0)
                .tokenFile(token)
                .log(log::add)
                .start()) {
            Asking asking =
                    new Asking(URI.create("http://127.0.0.1:" + server.address().getPort() + "/"));
            assertThat(asking.get("/v1/models").statusCode()).isEqualTo(401);
            assertThat(asking.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(asking.get("/readyz").body()).isEqualTo("{\"ready\":true}");
            assertThat(String.join("\n", log)).doesNotContain("abcdefgh12345678");
        }
    }

    @Test
    void servesRoutesOfOnesOwn() throws Exception {
        try (RunningServer server = Server.of()
                .port(0)
                .with(List.of(Route.get("/mine", exchange -> exchange.reply(Map.of("mine", true)))))
                .start()) {
            assertThat(new Asking(server.address()).get("/mine").body()).isEqualTo("{\"mine\":true}");
            assertThat(new Asking(server.address()).get("/v1/models").body()).contains("\"data\":[]");
        }
    }
}
