package dev.namaskar.serve;

import dev.namaskar.files.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Requests to a server, by the client that Java has. */
public final class Asking {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    /** Asks the server at this address. */
    public Asking(URI address) {
        this.address = address;
    }

    /** What is there. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    }

    /** What is answered to JSON. */
    public HttpResponse<String> post(String path, Object json) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json instanceof String text ? text : Json.write(json)))
                        .build(),
                BodyHandlers.ofString());
    }

    /** An answer's body as an object. */
    public static Map<String, Object> object(HttpResponse<String> answer) throws IOException {
        return Json.readObject("answer", answer.body());
    }

    /** The error that an answer is. */
    public static Map<String, Object> error(HttpResponse<String> answer) throws IOException {
        return Json.object("error", object(answer).get("error"));
    }
}
