package dev.namaskar.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.serve.http.HttpListener.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The socket with small routes of the test's own behind it: streams, limits, its end. */
class HttpListenerTest extends Listening {
    @Test
    void silentStreamsBeatAndEventsComeAsTheyAre() throws Exception {
        EventQueue queue = new EventQueue(10);
        HttpListener at =
                start(HttpLimits.USUAL.withHeartbeat(Duration.ofMillis(20)), Route.get("/live", e -> e.stream(queue)));
        HttpResponse<InputStream> stream = client.send(
                HttpRequest.newBuilder(at.address().resolve("/live")).build(), BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");

        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(": ");
            queue.offer(Event.of("loss", "two\nlines").withId("7"));
            queue.offer(new Event("end").asLast());
            List<String> rest =
                    lines.lines().filter(line -> !line.startsWith(":")).toList();
            assertThat(rest)
                    .containsSubsequence("id: 7", "event: loss", "data: two", "data: lines", "", "data: end", "");
        }
        assertThat(queue.offer(new Event("late"))).isFalse();
    }

    @Test
    void aSlowReaderLosesTheOldestEvents() throws Exception {
        EventQueue queue = new EventQueue(2);
        for (String data : List.of("a", "b", "c")) {
            assertThat(queue.offer(new Event(data))).isTrue();
        }

        assertThat(queue.lost()).isEqualTo(1);
        assertThat(queue.next(Duration.ZERO)).isEqualTo(new Event("b"));
        assertThat(queue.next(Duration.ZERO)).isEqualTo(new Event("c"));
        assertThat(queue.next(Duration.ZERO)).isNull();
    }

    @Test
    void tooManyAtOnceAreToldToComeBack() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        HttpListener at = start(
                HttpLimits.USUAL.withRequests(1),
                Route.get("/wait", e -> {
                    inside.countDown();
                    go.await();
                    e.reply(Map.of());
                }),
                Route.get("/health", e -> e.reply(Map.of())).openToAll());
        CompletableFuture<HttpResponse<String>> first = client.sendAsync(
                HttpRequest.newBuilder(at.address().resolve("/wait")).build(), BodyHandlers.ofString());
        inside.await();

        HttpResponse<String> second = get(at, "/wait");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(get(at, "/health").statusCode()).isEqualTo(200);
        go.countDown();
        assertThat(first.get().statusCode()).isEqualTo(200);
    }

    @Test
    void atTheEndStreamsAreToldAndWhatCanEndDoes() throws Exception {
        EventQueue endless = new EventQueue(1);
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        HttpListener at = start(
                HttpLimits.USUAL.withDrain(Duration.ofMillis(500)),
                Route.get("/endless", e -> {
                    inside.countDown();
                    e.stream(endless);
                }),
                Route.get("/short", e -> {
                    inside.countDown();
                    go.await();
                    e.reply(Map.of("done", true));
                }));
        CompletableFuture<HttpResponse<String>> stream = client.sendAsync(
                HttpRequest.newBuilder(at.address().resolve("/endless")).build(), BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                HttpRequest.newBuilder(at.address().resolve("/short")).build(), BodyHandlers.ofString());
        inside.await();
        CompletableFuture<Void> end = CompletableFuture.runAsync(at::stop);
        while (!at.stopping()) {
            Thread.onSpinWait();
        }

        assertThat(get(at, "/short").statusCode()).isEqualTo(503);
        go.countDown();

        assertThat(answer.get().body()).isEqualTo("{\"done\":true}");
        assertThat(stream.get().body()).contains("\"code\":\"server_stopping\"").endsWith("\n\n");
        end.get();
    }

    @Test
    void othersMayAskOnlyWithTheToken() throws Exception {
        HttpListener at = HttpListener.start(
                new Place("127.0.0.1", 0, "a-long-token"),
                HttpLimits.USUAL,
                List.of(
                        Route.get("/a", e -> e.reply(Map.of("trusted", e.trusted()))),
                        Route.get("/open", e -> e.reply(Map.of("trusted", e.trusted())))
                                .openToAll()),
                log::add);
        started.add(at);

        assertThat(get(at, "/a").statusCode()).isEqualTo(401);
        assertThat(get(at, "/a").headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(get(at, "/a", "Authorization", "Bearer another").statusCode())
                .isEqualTo(401);
        assertThat(get(at, "/a", "Authorization", "Bearer a-long-token").body()).isEqualTo("{\"trusted\":true}");
        assertThat(get(at, "/open").body()).isEqualTo("{\"trusted\":false}");
        assertThatThrownBy(
                        () -> HttpListener.start(new Place("0.0.0.0", 0, null), HttpLimits.USUAL, List.of(), log::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`host`: expected a token");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        HttpListener at = start(HttpLimits.USUAL);

        assertThatThrownBy(() -> HttpListener.start(
                        new Place("127.0.0.1", at.address().getPort(), null), HttpLimits.USUAL, List.of(), log::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + at.address().getPort());
    }
}
