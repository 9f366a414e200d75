package dev.namaskar.cli.command;

import dev.namaskar.serve.watch.RunBoard;
import dev.namaskar.serve.watch.WatchServer;
import dev.namaskar.serve.watch.WatchedRun;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * The page of the command that runs. One that runs other commands, as the tour does, opens it for all of them, so that
 * their runs stand on one page; else each command opens and closes its own.
 */
public final class WatchPage implements AutoCloseable {
    private static @Nullable WatchPage shared;

    private final RunBoard board = new RunBoard();
    private final WatchServer server;

    private WatchPage(int port, PrintWriter err) throws IOException {
        try {
            server = WatchServer.open(board, port);
        } catch (IOException e) {
            throw new IOException(String.valueOf(e.getMessage()).replace("`port`", "`watch`"), e);
        }
        err.println("watch it in a browser at " + server.address());
        err.flush();
    }

    /** Opens the page for all commands that this process runs until it is closed. */
    public static synchronized WatchPage share(int port, PrintWriter err) throws IOException {
        WatchPage page = new WatchPage(port, err);
        shared = page;
        return page;
    }

    /** A run on the page that is shared, or on one of its own at this port. */
    static synchronized Shown show(String name, int port, PrintWriter err) throws IOException {
        if (shared != null) {
            return new Shown(new WatchedRun(name, shared.board), null);
        }
        WatchPage own = new WatchPage(port, err);
        return new Shown(new WatchedRun(name, own.board), own);
    }

    /**
     * A run on a page.
     *
     * @param run to be attached
     * @param own the page, if it is closed with the run
     */
    record Shown(WatchedRun run, @Nullable WatchPage own) implements AutoCloseable {
        @Override
        public void close() {
            run.close();
            if (own != null) {
                own.close();
            }
        }
    }

    /** Where it is. */
    public int port() {
        return server.address().getPort();
    }

    @Override
    public void close() {
        synchronized (WatchPage.class) {
            if (equals(shared)) {
                shared = null;
            }
        }
        server.close();
    }
}
