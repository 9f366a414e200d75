package dev.namaskar.serve.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One of the server-sent events of a stream (WHATWG HTML, section 9.2).
 *
 * @param id what a client that comes back sends as {@code Last-Event-ID}, or null
 * @param name its kind, or null for a plain message
 * @param data any text
 * @param last whether the stream ends behind it
 */
public record Event(@Nullable String id, @Nullable String name, String data, boolean last) {
    /** What keeps a silent stream open and shows a client that has gone: a comment, which clients do not see. */
    static final byte[] HEARTBEAT = ": \n\n".getBytes(StandardCharsets.UTF_8);

    /** Checks that names stay on their lines. */
    public Event {
        if ((id != null && hasLineEnd(id)) || (name != null && hasLineEnd(name))) {
            throw new IllegalArgumentException("expected an event's id and name on one line");
        }
    }

    /** A plain message. */
    public Event(String data) {
        this(null, null, data, false);
    }

    /** An event of a kind. */
    public static Event of(String name, String data) {
        return new Event(null, name, data, false);
    }

    /** The same with an id. */
    public Event withId(String newId) {
        return new Event(newId, name, data, last);
    }

    /** The same as the last of its stream. */
    public Event asLast() {
        return new Event(id, name, data, true);
    }

    private static boolean hasLineEnd(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0;
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(data.length() + 32);
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        if (name != null) {
            text.append("event: ").append(name).append('\n');
        }
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        if (data.isEmpty()) {
            text.append("data: \n");
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
