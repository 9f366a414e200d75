package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --watch} and {@code watch}, as commands. */
class WatchCommandsTest {
    @TempDir
    Path dir;

    private Path corpus;

    @BeforeEach
    void write() throws IOException {
        corpus = Files.writeString(dir.resolve("fox.txt"), "the quick brown fox jumps over the lazy dog. ".repeat(30));
    }

    private Ran train(Object... more) {
        return Ran.of(List.of("train", "text", corpus, "--hidden", 6, "--steps", 30, "--threads", 1, "--force"), more);
    }

    @Test
    void aWatchedRunMakesTheSameModelAndSaysWhereItIsShown() throws IOException {
        Path plain = dir.resolve("plain");
        Path watched = dir.resolve("watched");
        assertThat(train("--out", plain).good().err()).doesNotContain("http://");
        assertThat(train("--out", watched, "--watch").good().err())
                .containsPattern("watch it in a browser at http://127\\.0\\.0\\.1:[0-9]+/");

        assertThat(watched).hasSameBinaryContentAs(plain);
    }

    @Test
    void aPortThatIsTakenOrNoneIsRefusedBeforeAnythingIsTrained() throws IOException {
        Path model = dir.resolve("model");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            train("--out", model, "--watch=" + taken.getLocalPort())
                    .failed("--watch: cannot listen on 127.0.0.1 port ");
        }
        Ran none = train("--out", model, "--watch=65536");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("--watch: expected a port up to 65535, found 65536");
        assertThat(model).doesNotExist();
    }

    @Test
    void theLogTellsNormsSlotBySlotAndTheEnd() throws IOException {
        Path log = dir.resolve("log.jsonl");
        train("--out", dir.resolve("model"), "--log", log).good();
        List<String> lines = Files.readAllLines(log);
        Map<?, ?> slots = (Map<?, ?>) lines.stream()
                .map(WatchCommandsTest::object)
                .filter(line -> line.containsKey("slots"))
                .findFirst()
                .orElseThrow()
                .get("slots");

        assertThat(Objects.requireNonNull(slots).keySet().stream().map(String::valueOf))
                .contains("rnn.weight_hh_l0", "head.bias");
        assertThat((Map<?, ?>) slots.get("head.weight"))
                .hasSize(3)
                .allSatisfy((name, norm) ->
                        assertThat(((Number) norm).doubleValue()).isPositive());
        assertThat(object(lines.get(lines.size() - 1))).containsEntry("ended", "all 30 steps done");
    }

    private static Map<String, @Nullable Object> object(String line) {
        try {
            return Json.readObject("line", line);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsNoLogIsRefused() throws IOException {
        Ran.of("watch", corpus).failed("fox.txt: expected a log of a run, as training writes with --log");
        Ran.of("watch", dir.resolve("none.jsonl")).failed("no such file");
        assertThat(Ran.of("watch").exit()).isEqualTo(2);
    }

    @Test
    @Timeout(120)
    void logsAreShownByAProcessOfTheirOwnUntilItIsEnded() throws Exception {
        Path log = dir.resolve("log.jsonl");
        train("--out", dir.resolve("model"), "--log", log).good();
        Process shown = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.namaskar.cli.Main",
                        "watch",
                        log.toString(),
                        log.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(shown.getInputStream(), UTF_8))) {
            URI address = URI.create(Objects.requireNonNull(said.readLine()));
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<java.io.InputStream> events = client.send(
                    HttpRequest.newBuilder(address.resolve("runs/events")).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            String first = new BufferedReader(new InputStreamReader(events.body(), UTF_8)).readLine();
            List<?> runs = (List<?>) object(first.replaceFirst("^data: ", "")).get("runs");
            assertThat(runs).hasSize(2);
            assertThat((Map<?, ?>) runs.get(1))
                    .extracting("name", "state", "ended")
                    .isEqualTo(List.of("log.jsonl", "ended", "all 30 steps done"));
        } finally {
            shown.destroy();
        }
        assertThat(shown.waitFor()).isEqualTo(143);
    }
}
