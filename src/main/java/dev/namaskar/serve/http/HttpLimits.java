package dev.namaskar.serve.http;

import dev.namaskar.params.Setting;
import java.time.Duration;

/**
 * What a client may ask of the server at most.
 *
 * @param bodyBytes of a request's body
 * @param requests answered at once, streams among them; more get 429 at once
 * @param idle without a byte read or written, after which a connection is closed
 * @param heartbeat after which a silent stream gets a comment
 * @param drain for which requests may go on when the server is asked to stop
 */
public record HttpLimits(int bodyBytes, int requests, Duration idle, Duration heartbeat, Duration drain) {
    /** One megabyte, 256 requests, 30 seconds idle, a heartbeat every 10 seconds, 20 seconds to the end. */
    public static final HttpLimits USUAL =
            new HttpLimits(1 << 20, 256, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(20));

    /** Checks the numbers. */
    public HttpLimits {
        Setting.atLeast("body-bytes", 1, bodyBytes);
        Setting.atLeast("requests", 1, requests);
        Setting.atLeast("idle", 1, idle.toMillis());
        Setting.atLeast("heartbeat", 1, heartbeat.toMillis());
        Setting.atLeast("drain", 0, drain.toMillis());
    }

    /** The same with another longest body. */
    public HttpLimits withBodyBytes(int bytes) {
        return new HttpLimits(bytes, requests, idle, heartbeat, drain);
    }

    /** The same with another number of requests at once. */
    public HttpLimits withRequests(int atOnce) {
        return new HttpLimits(bodyBytes, atOnce, idle, heartbeat, drain);
    }

    /** The same with another time to the end. */
    public HttpLimits withDrain(Duration time) {
        return new HttpLimits(bodyBytes, requests, idle, heartbeat, time);
    }

    /** The same with another time between heartbeats. */
    public HttpLimits withHeartbeat(Duration time) {
        return new HttpLimits(bodyBytes, requests, idle, time, drain);
    }

    /** The same with another time that a connection may be idle. */
    public HttpLimits withIdle(Duration time) {
        return new HttpLimits(bodyBytes, requests, time, heartbeat, drain);
    }
}
