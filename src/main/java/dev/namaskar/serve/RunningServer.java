package dev.namaskar.serve;

import dev.namaskar.serve.http.HttpListener;
import dev.namaskar.serve.http.Route;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that answers. */
public final class RunningServer implements AutoCloseable {
    private final HttpListener listener;
    private final AutoCloseable watch;
    private final List<Route> described;
    private final AtomicBoolean closed = new AtomicBoolean();

    RunningServer(HttpListener listener, AutoCloseable watch, List<Route> described) {
        this.described = described;
        this.listener = listener;
        this.watch = watch;
    }

    /** Where it answers: {@code http://127.0.0.1:8080/}. */
    public URI address() {
        return listener.address();
    }

    /** What {@code /openapi.json} describes: {@code GET /v1/models}. */
    List<String> routes() {
        return described.stream()
                .map(route -> route.method() + " " + route.path())
                .toList();
    }

    /** Waits until it has ended. */
    public void await() throws InterruptedException {
        listener.join();
    }

    /**
     * Ends it: new requests are turned away, those that run may go on for a while, and streams that are left then end with
     * an event that is an error. Returns when all is over.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                watch.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                listener.stop();
            }
        }
    }
}
