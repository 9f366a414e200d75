package dev.namaskar.cli.serve;

import dev.namaskar.cli.command.NamaskarCommand;
import dev.namaskar.cli.options.Heading;
import dev.namaskar.serve.watch.LoggedRun;
import dev.namaskar.serve.watch.RunBoard;
import dev.namaskar.serve.watch.WatchServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar watch}. */
@Command(
        description = "Show runs from their logs in a browser, over one another: ended, killed or still going on.",
        footer = {"", "Example: namaskar watch gru.jsonl lstm.jsonl --port 8090"})
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class WatchCommand extends NamaskarCommand {
    private static final int MOST = 65535;
    private static final long NANOS_BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(300);

    @Parameters(arity = "1..*", paramLabel = "LOG", description = "What training wrote with --log.")
    private List<Path> logs;

    @Heading(Heading.OUTPUT)
    @Option(
            names = "--port",
            defaultValue = "0",
            paramLabel = "PORT",
            description = "Port of this machine (any that is free; the address is printed).")
    private int port;

    @Override
    public Integer call() throws IOException {
        range().atLeast("--port", 0, (long) port);
        range().require(port <= MOST, "--port", "a port up to " + MOST, port);
        RunBoard board = new RunBoard();
        List<LoggedRun> runs = new ArrayList<>();
        for (Path log : logs) {
            runs.add(new LoggedRun(log, board));
        }
        try (WatchServer server = WatchServer.open(board, port)) {
            out().println(server.address());
            out().flush();
            note("Ctrl-C ends");
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
                for (LoggedRun run : runs) {
                    run.readOn();
                }
            }
        }
        return 0;
    }
}
