package dev.namaskar.serve.http;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is an error. Every error of the server has this one shape, which is that of OpenAI's service:
 * {@code {"error":{"message":..,"type":..,"param":..,"code":..}}}.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String param;
    private final String code;
    private final @Nullable Header header;

    /** What an answer says in a header beside its body. */
    record Header(String name, String value) implements Serializable {}

    /**
     * An error.
     *
     * @param status of HTTP: 4xx for what the client can put right, 5xx for what it cannot
     * @param code for programs: {@code model_not_found}
     * @param param the setting or field that is wrong, or null
     * @param message for people: what was expected, what was found, what to do
     */
    public Refusal(int status, String code, @Nullable String param, String message) {
        this(status, code, param, message, null);
    }

    private Refusal(int status, String code, @Nullable String param, String message, @Nullable Header header) {
        super(message);
        this.status = status;
        this.param = param;
        this.code = code;
        this.header = header;
    }

    /** A request that is wrong in itself: 400. */
    public static Refusal wrong(String code, @Nullable String param, String message) {
        return new Refusal(400, code, param, message);
    }

    /** More than the server takes at once: 429, to be tried again after so many seconds. */
    public static Refusal overloaded(String message, int retryAfter) {
        return new Refusal(429, "overloaded", null, message, later(retryAfter));
    }

    /** The server is about to end: 503. */
    public static Refusal stopping() {
        return new Refusal(503, "server_stopping", null, "the server is stopping; ask again in a moment", later(5));
    }

    private static Header later(int seconds) {
        return new Header("Retry-After", Integer.toString(seconds));
    }

    /** A method that a path does not answer: 405, with those that it does. */
    static Refusal method(Set<String> expected) {
        return new Refusal(
                405,
                "method_not_allowed",
                null,
                "expected " + String.join(" or ", expected) + " at this path",
                new Header("Allow", String.join(", ", expected)));
    }

    /** A request without the server's token: 401. */
    static Refusal noToken() {
        return new Refusal(
                401,
                "invalid_token",
                null,
                "expected Authorization: Bearer with the server's token",
                new Header("WWW-Authenticate", "Bearer"));
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The code for programs. */
    public String code() {
        return code;
    }

    /** A header that the answer has; null for none. */
    @Nullable
    Header header() {
        return header;
    }

    /** The error as the body of an answer, or as the data of a stream's last event. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", getMessage());
        error.put("type", type());
        error.put("param", param);
        error.put("code", code);
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("error", error);
        return whole;
    }

    private String type() {
        return switch (status) {
            case 401, 403 -> "authentication_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 || status == 505 ? "invalid_request_error" : "server_error";
        };
    }
}
