package dev.namaskar.serve.watch;

import dev.namaskar.files.Json;
import dev.namaskar.serve.http.Event;
import dev.namaskar.serve.http.EventSource;
import dev.namaskar.serve.http.Exchange;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a board for a page: {@code GET /runs/events} streams all that is known and then what is new, {@code POST
 * /runs/0/pause}, {@code go} and {@code stop} turn a run's switch.
 */
public final class RunRoutes {
    /** How often news are sent: more often nobody sees. */
    private static final Duration TICK = Duration.ofMillis(200);

    private RunRoutes() {}

    /** The routes. */
    public static List<Route> of(RunBoard board) {
        return List.of(
                Route.get("/runs/events", exchange -> exchange.stream(new News(board))),
                Route.post("/runs/{run}/{order}", exchange -> turn(board, exchange)));
    }

    private static void turn(RunBoard board, Exchange exchange) throws IOException {
        // The body says nothing; that it has to be JSON keeps pages from elsewhere from sending it.
        exchange.object();
        String number = exchange.parameter("run");
        RunHistory run = number.matches("[0-9]{1,6}") ? board.run(Integer.parseInt(number)) : null;
        if (run == null) {
            throw new Refusal(404, "run_not_found", null, "there is no run of this number");
        }
        RunSwitch control = run.control();
        if (control == null) {
            throw Refusal.wrong(
                    "run_not_controlled",
                    null,
                    "this run is known from its log alone and cannot be controlled from here");
        }
        switch (exchange.parameter("order")) {
            case "pause" -> control.pause();
            case "go" -> control.go();
            case "stop" -> control.stop();
            default -> throw new Refusal(404, "not_found", null, "expected pause, go or stop behind the run's number");
        }
        exchange.reply(Map.of("state", control.state().word()));
    }

    /** What one page has not seen yet, every fifth of a second. */
    private static final class News implements EventSource {
        private final RunBoard board;
        private final RunBoard.Reader reader = new RunBoard.Reader();
        private boolean first = true;

        News(RunBoard board) {
            this.board = board;
        }

        @Override
        public @Nullable Event next(Duration atMost) throws InterruptedException {
            long end = System.nanoTime() + atMost.toNanos();
            while (true) {
                boolean last = first ? board.closed() : board.awaitClosed(TICK);
                List<Map<String, @Nullable Object>> news = board.news(reader);
                if (first || last || !news.isEmpty()) {
                    first = false;
                    Event event = new Event(Json.write(Map.of("runs", news)));
                    return last ? event.asLast() : event;
                }
                if (System.nanoTime() >= end) {
                    return null;
                }
            }
        }
    }
}
