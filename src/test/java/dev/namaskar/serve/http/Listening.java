package dev.namaskar.serve.http;

import dev.namaskar.files.Json;
import dev.namaskar.serve.http.HttpListener.Place;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Small servers for a test, and ways to ask them. */
abstract class Listening {
    final HttpClient client = HttpClient.newHttpClient();
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final List<HttpListener> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(HttpListener::stop);
    }

    HttpListener start(HttpLimits limits, Route... routes) throws IOException {
        HttpListener listener = HttpListener.start(new Place("127.0.0.1", 0, null), limits, List.of(routes), log::add);
        started.add(listener);
        return listener;
    }

    HttpResponse<String> get(HttpListener at, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at.address().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static Map<String, Object> error(String body) throws IOException {
        return Json.object("error", Json.readObject("answer", body).get("error"));
    }

    HttpResponse<String> post(HttpListener at, String body, String type) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at.address().resolve("/echo"))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    static String raw(URI address, String bytes) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
