package dev.namaskar.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a request has to be, and what it is told if it is not. */
class RequestFormTest extends Listening {
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
}
