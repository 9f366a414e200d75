package dev.namaskar.serve.watch;

import dev.namaskar.serve.classroom.LessonRoutes;
import dev.namaskar.serve.http.HttpLimits;
import dev.namaskar.serve.http.HttpListener;
import dev.namaskar.serve.http.Route;
import dev.namaskar.serve.page.PageRoutes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows a board of runs to browsers of this machine. */
public final class WatchServer implements AutoCloseable {
    /** For which pages get their last news when the server ends. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final RunBoard board;
    private final HttpListener listener;

    private WatchServer(RunBoard board, HttpListener listener) {
        this.board = board;
        this.listener = listener;
    }

    /**
     * Begins to show.
     *
     * @param port of the loopback address, 0 for any that is free
     * @throws IOException if the port is taken
     */
    public static WatchServer open(RunBoard board, int port) throws IOException {
        List<Route> routes = new ArrayList<>(PageRoutes.of(List.of("runs", "classroom")));
        routes.addAll(RunRoutes.of(board));
        routes.addAll(LessonRoutes.of());
        return new WatchServer(
                board,
                HttpListener.start(
                        new HttpListener.Place("127.0.0.1", port, null),
                        HttpLimits.USUAL.withDrain(FAREWELL),
                        routes,
                        line -> {}));
    }

    /** Where browsers find it. */
    public URI address() {
        return listener.address();
    }

    /** Shows nothing any more; pages that are open get the last news and keep what they have. */
    @Override
    public void close() {
        board.close();
        listener.stop();
    }
}
