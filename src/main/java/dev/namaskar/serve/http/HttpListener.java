package dev.namaskar.serve.http;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** A socket of HTTP/1.1 with routes behind it. */
public final class HttpListener {
    /** Threads beyond those of the requests that are answered: accepting, selecting, and saying 429. */
    private static final int SPARE_THREADS = 24;

    private static final int HEADER_BYTES = 16 << 10;

    /** How long streams get to write their last event once they were asked to end. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Server server;
    private final ServerConnector connector;
    private final RequestsInFlight inFlight;
    private final HttpLimits limits;
    private final String host;

    private HttpListener(
            Server server, ServerConnector connector, RequestsInFlight inFlight, HttpLimits limits, String host) {
        this.server = server;
        this.connector = connector;
        this.inFlight = inFlight;
        this.limits = limits;
        this.host = host;
    }

    /**
     * Where to listen.
     *
     * @param host a name or address of this machine; another than the loopback's needs a token
     * @param port 0 for any that is free
     * @param token that requests have to carry, or null
     */
    public record Place(String host, int port, @Nullable String token) {}

    /**
     * Begins to answer.
     *
     * @param log takes a line for each request
     * @throws IllegalArgumentException if the place is open to others and has no token
     * @throws IOException if the port is taken or the address is none of this machine
     */
    public static HttpListener start(Place place, HttpLimits limits, List<Route> routes, Consumer<String> log)
            throws IOException {
        return start(place, limits, routes, new Metrics(), log);
    }

    /**
     * The same, counted.
     *
     * @param metrics modified: requests are added as they are answered
     */
    public static HttpListener start(
            Place place, HttpLimits limits, List<Route> routes, Metrics metrics, Consumer<String> log)
            throws IOException {
        Gate gate = new Gate(place.host(), place.token());
        RequestsInFlight inFlight = new RequestsInFlight(limits.requests());
        QueuedThreadPool threads = new QueuedThreadPool(limits.requests() + SPARE_THREADS, 4);
        threads.setName("http");
        threads.setReservedThreads(0);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(place.host());
        connector.setPort(place.port());
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        server.setErrorHandler(new JsonErrors());
        server.setHandler(new Answers(new Routes(routes), gate, inFlight, limits, metrics, log));
        server.setStopTimeout(0);
        begin(server, place);
        return new HttpListener(server, connector, inFlight, limits, place.host());
    }

    private static void begin(Server server, Place place) throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            Throwable cause = e;
            while (cause != null && !(cause instanceof BindException)) {
                cause = cause.getCause();
            }
            throw new IOException(
                    "`port`: cannot listen on " + place.host() + " port " + place.port() + ": "
                            + (cause == null ? e : cause).getMessage(),
                    e);
        }
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(HEADER_BYTES);
        return http;
    }

    /** Where the server answers. */
    public URI address() {
        String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + connector.getLocalPort() + "/");
    }

    /** Whether the server was asked to stop, and lets nobody in any more. */
    public boolean stopping() {
        return inFlight.stopping();
    }

    /** How many requests are being answered. */
    public int requests() {
        return inFlight.count();
    }

    /**
     * Ends: nobody is let in any more; what runs may go on for as long as the limits say; streams that are left then end
     * with an event that is an error.
     */
    public void stop() {
        inFlight.stop();
        try {
            if (!inFlight.awaitNone(limits.drain(), false)) {
                inFlight.awaitNone(FAREWELL, true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop(server);
    }

    /** Waits until the server has ended. */
    public void join() throws InterruptedException {
        server.join();
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception unclosed) {
            throw new IllegalStateException("the server's socket could not be closed", unclosed);
        }
    }
}
