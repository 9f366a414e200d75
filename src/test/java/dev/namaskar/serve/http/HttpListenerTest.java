package dev.namaskar.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.files.Json;
import dev.namaskar.serve.http.HttpListener.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The socket with small routes of the test's own behind it. */
class HttpListenerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final List<HttpListener> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(HttpListener::stop);
    }

    private HttpListener start(HttpLimits limits, Route... routes) throws IOException {
        HttpListener listener = HttpListener.start(new Place("127.0.0.1", 0, null), limits, List.of(routes), log::add);
        started.add(listener);
        return listener;
    }

    private HttpResponse<String> get(HttpListener at, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at.address().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static Map<String, Object> error(String body) throws IOException {
        return Json.object("error", Json.readObject("answer", body).get("error"));
    }

    @Test
    void wordsGoBeforeNamesAndNamesBeforeTheRest() throws Exception {
        HttpListener at = start(
                HttpLimits.USUAL,
                Route.get("/*", e -> e.reply(Map.of("rest", e.parameter("*")))),
                Route.get("/a/{x}", e -> e.reply(Map.of("x", e.parameter("x")))),
                Route.get("/a/b", e -> e.reply(Map.of("word", "b"))));

        assertThat(get(at, "/a/b").body()).isEqualTo("{\"word\":\"b\"}");
        assertThat(get(at, "/a/%C3%A9+").body()).isEqualTo("{\"x\":\"é+\"}");
        assertThat(get(at, "/a/b/c").body()).isEqualTo("{\"rest\":\"a/b/c\"}");
        assertThat(get(at, "/").body()).isEqualTo("{\"rest\":\"\"}");
    }

    @Test
    void everyErrorHasOneShape() throws Exception {
        HttpListener at = start(
                HttpLimits.USUAL.withBodyBytes(10),
                Route.post("/echo", e -> e.reply(e.object())),
                Route.get("/wrong", e -> {
                    throw Refusal.wrong("some_code", "top_p", "expected another");
                }),
                Route.get("/broken", e -> {
                    throw new IllegalStateException("secret");
                }));

        HttpResponse<String> wrong = get(at, "/wrong");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .isEqualTo("{\"error\":{\"message\":\"expected another\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"top_p\",\"code\":\"some_code\"}}");
        assertThat(get(at, "/nowhere").statusCode()).isEqualTo(404);
        HttpResponse<String> broken = get(at, "/broken");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).doesNotContain("secret").doesNotContain("IllegalState");
        assertThat(log).anyMatch(line -> line.startsWith("error: GET /broken: ") && line.contains("secret"));
        assertThat(post(at, "{\"a\":1}", "application/json").body()).isEqualTo("{\"a\":1}");
        assertThat(post(at, "{\"a\":12345}", "application/json").statusCode()).isEqualTo(413);
        assertThat(post(at, "{\"a\":1}", "text/plain").statusCode()).isEqualTo(415);
        assertThat(error(post(at, "{\"a\":", "application/json").body())).containsEntry("code", "invalid_json");
        assertThat(get(at, "/echo").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> post(HttpListener at, String body, String type) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at.address().resolve("/echo"))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /../x HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%2e%2e/x HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /a%2fb HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /a;b HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
                "GET / HTTP/3.0\r\nHost: localhost\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            })
    void whatIsNoRequestIsToldSoInTheSameShape(String bytes) throws Exception {
        HttpListener at = start(HttpLimits.USUAL, Route.get("/*", e -> e.reply(Map.of("rest", e.parameter("*")))));

        String answer = raw(at.address(), bytes);

        assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|505) .*");
        assertThat(error(answer.substring(answer.indexOf("\r\n\r\n") + 4)))
                .containsEntry("type", "invalid_request_error")
                .containsKeys("message", "code");
    }

    private static String raw(URI address, String bytes) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A path that is known is so whatever the method, though a page's files are looked for at every path. */
    @Test
    void aMethodThatAPathDoesNotAnswerIsToldWhichItDoes() throws Exception {
        HttpListener at = start(
                HttpLimits.USUAL,
                Route.get("/*", e -> e.reply(Map.of("rest", e.parameter("*")))),
                Route.post("/echo", e -> e.reply(e.object())));

        for (String method : List.of("GET", "HEAD", "PUT", "OPTIONS")) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(at.address().resolve("/echo"))
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).as(method).hasValue("POST");
        }
        assertThat(get(at, "/echoes").body()).isEqualTo("{\"rest\":\"echoes\"}");
    }

    /** A body in another encoding than it is read in would be another text without a word. */
    @Test
    void bodiesAreJsonInUtf8AndNothingElse() throws Exception {
        HttpListener at = start(HttpLimits.USUAL, Route.post("/echo", e -> e.reply(e.object())));

        for (String type : List.of(
                "application/json",
                "Application/JSON;charset=UTF-8",
                "application/json; charset=\"utf-8\"",
                "application/json;charset=utf8;v=1")) {
            assertThat(post(at, "{\"a\":\"é\"}", type).body()).as(type).isEqualTo("{\"a\":\"é\"}");
        }
        for (String type : List.of(
                "application/json; charset=latin-1", "application/json;v=1;charset=utf-16", "text/json", "json")) {
            HttpResponse<String> answer = post(at, "{}", type);
            assertThat(answer.statusCode()).as(type).isEqualTo(415);
            assertThat(answer.body()).as(type).contains("in UTF-8, found ");
        }
        HttpResponse<String> zipped = client.send(
                HttpRequest.newBuilder(at.address().resolve("/echo"))
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(zipped.statusCode()).isEqualTo(415);
        assertThat(zipped.body()).contains("without Content-Encoding, found the string \\\"gzip");
    }

    @Test
    void answersTellBrowsersToTrustNothingElse() throws Exception {
        HttpListener at = start(HttpLimits.USUAL, Route.get("/a", e -> e.reply(Map.of())));

        for (String path : List.of("/a", "/nowhere")) {
            assertThat(get(at, path).headers().map())
                    .containsKeys("content-security-policy", "x-frame-options", "referrer-policy")
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .doesNotContainKey("server");
        }
    }

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
