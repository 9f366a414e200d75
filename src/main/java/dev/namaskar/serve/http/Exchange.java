package dev.namaskar.serve.http;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** A request and its answer. Belongs to the thread that answers. */
public final class Exchange {
    private final Request request;
    private final Response response;
    private final Map<String, String> parameters;
    private final HttpLimits limits;
    private final boolean trusted;
    private boolean answered;
    private String note = "";

    Exchange(Request request, Response response, Map<String, String> parameters, HttpLimits limits, boolean trusted) {
        this.request = request;
        this.response = response;
        this.parameters = parameters;
        this.limits = limits;
        this.trusted = trusted;
    }

    /** Whether the request carries the server's token, or needs none: what a route that is open to all tells to few. */
    public boolean trusted() {
        return trusted;
    }

    /** The segment that stands where the route has this name in braces, decoded; {@code *} for the rest of the path. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "expected one of the route's names " + parameters.keySet() + ", found " + name);
        }
        return value;
    }

    /** A parameter behind the question mark, or null; of several the first. */
    public @Nullable String query(String name) {
        return Request.extractQueryParameters(request, StandardCharsets.UTF_8).getValue(name);
    }

    /** A header of the request, or null. */
    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    /** Sets a header of the answer. */
    public void setHeader(String name, String value) {
        response.getHeaders().put(name, value);
    }

    /** Says something for the access log: the model, the number of characters. */
    public void note(String words) {
        note = words;
    }

    String note() {
        return note;
    }

    /**
     * The body as a JSON object.
     *
     * @throws Refusal if it is too long, not of {@code application/json}, not UTF-8, or no object
     */
    public Map<String, @Nullable Object> object() throws IOException {
        byte[] bytes = body();
        requireJson();
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.wrong("invalid_encoding", null, "expected a body in UTF-8, found bytes that are not");
        }
        try {
            return Json.readObject("body", text);
        } catch (MalformedFileException e) {
            throw Refusal.wrong("invalid_json", null, String.valueOf(e.getMessage()));
        }
    }

    private void requireJson() {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String[] parts = (type == null ? "" : type).split(";", -1);
        boolean json = parts[0].strip().equalsIgnoreCase("application/json");
        for (int i = 1; i < parts.length; i++) {
            String setting = parts[i].strip().toLowerCase(Locale.ROOT).replace("\"", "");
            json &= !setting.startsWith("charset=") || setting.matches("charset=utf-?8");
        }
        if (!json) {
            throw unsupported("Content-Type: application/json in UTF-8", type);
        }
        String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw unsupported("a body without Content-Encoding", encoding);
        }
    }

    private static Refusal unsupported(String expected, @Nullable String found) {
        return new Refusal(
                415,
                "unsupported_media_type",
                null,
                "expected " + expected + ", found " + (found == null ? "none" : Json.kind(found)));
    }

    /**
     * The body as it came.
     *
     * @throws Refusal if it is too long, or takes longer to come than a connection may be idle
     */
    public byte[] body() throws IOException {
        if (request.getLength() > limits.bodyBytes()) {
            throw tooLong();
        }
        InputStream in = Content.Source.asInputStream(request);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        long deadline = System.nanoTime() + limits.idle().toNanos();
        for (int n = in.read(some); n >= 0; n = in.read(some)) {
            all.write(some, 0, n);
            if (all.size() > limits.bodyBytes()) {
                throw tooLong();
            }
            if (System.nanoTime() > deadline) { // a byte now and then would hold the thread for ever
                throw new Refusal(408, "request_timeout", null, "the request did not come in time");
            }
        }
        return all.toByteArray();
    }

    private Refusal tooLong() {
        return new Refusal(413, "body_too_large", null, "expected a body of at most " + limits.bodyBytes() + " bytes");
    }

    /** Answers with JSON: maps, lists, texts, numbers, booleans and null. */
    public void reply(Object json) throws IOException {
        reply(200, json);
    }

    /** The same with another status. */
    public void reply(int status, Object json) throws IOException {
        reply(status, "application/json", Json.write(json).getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with content of any type. */
    public void reply(int status, String contentType, byte[] content) throws IOException {
        start(status, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
        Content.Sink.write(response, true, ByteBuffer.wrap(content));
    }

    void reply(Refusal refusal) throws IOException {
        reply(refusal, refusal.toMap());
    }

    /** Answers with a refusal's status and header, and this in the place of its own body. */
    public void reply(Refusal refusal, Object json) throws IOException {
        Refusal.Header header = refusal.header();
        if (header != null) {
            setHeader(header.name(), header.value());
        }
        reply(refusal.status(), json);
    }

    /**
     * Answers with a stream of server-sent events, and returns when it has ended. Each is written as soon as it is
     * there; a silent stream gets heartbeats.
     *
     * @throws IOException if the client has gone
     */
    public void stream(EventSource events) throws IOException {
        try (events) {
            start(200, "text/event-stream;charset=utf-8");
            response.getHeaders().put("X-Accel-Buffering", "no");
            write(false, new byte[0]);
            pump(events);
        }
    }

    private void pump(EventSource events) throws IOException {
        boolean last = false;
        while (!last) {
            byte[] bytes;
            try {
                Event event = events.next(limits.heartbeat());
                last = event != null && event.last();
                bytes = event == null ? Event.HEARTBEAT : event.bytes();
            } catch (Refusal refusal) {
                last = true;
                bytes = failure(refusal);
            } catch (InterruptedException e) {
                last = true;
                bytes = failure(Refusal.stopping());
            }
            write(last, bytes);
        }
    }

    /** The error as a plain message, for clients that know no kinds of events but look for {@code error} in the data. */
    private static byte[] failure(Refusal refusal) {
        return new Event(Json.write(refusal.toMap())).bytes();
    }

    private void write(boolean last, byte[] bytes) throws IOException {
        Content.Sink.write(response, last, ByteBuffer.wrap(bytes));
    }

    private void start(int status, String contentType) {
        if (answered) {
            throw new IllegalStateException("expected one answer to a request, found a second");
        }
        answered = true;
        response.setStatus(status);
        response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, contentType));
        response.getHeaders()
                .computeField(
                        HttpHeader.CACHE_CONTROL,
                        (name, fields) ->
                                fields == null || fields.isEmpty() ? new HttpField(name, "no-store") : fields.get(0));
    }

    boolean answered() {
        return answered;
    }
}
