package dev.namaskar.cli.serve;

import dev.namaskar.cli.command.NamaskarCommand;
import dev.namaskar.cli.options.Range;
import dev.namaskar.serve.RunningServer;
import dev.namaskar.serve.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar serve}. */
@Command(
        description = "Serve models over HTTP, with a page to try them.",
        footer = {
            "",
            "A model is asked for by its file's name without the ending; a new or changed file in a folder becomes the"
                    + " model of that name.",
            "Example: namaskar serve play.safetensors --port 8080"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class ServeCommand extends NamaskarCommand {
    private static final int MOST_PORT = 65535;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Model files, or folders of them.")
    private List<Path> models;

    @Option(names = "--port", defaultValue = "8080", paramLabel = "P", description = "Port; 0 for any free one (8080).")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "HOST",
            description = "Address to listen on; another than this machine's own wants --token-file (127.0.0.1).")
    private String host;

    @Option(
            names = "--token-file",
            paramLabel = "F",
            description = "A file with the token that requests have to carry: Authorization: Bearer TOKEN.")
    private @Nullable Path tokenFile;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Range range = range();
        range.require(port >= 0 && port <= MOST_PORT, "--port", "0 to " + MOST_PORT, port);
        Server server =
                Server.of(models.toArray(Path[]::new)).host(host).port(port).log(err()::println);
        if (tokenFile != null) {
            server.tokenFile(tokenFile);
        }
        RunningServer running = server.start();
        // Ctrl-C and SIGTERM come here: requests that run may end first.
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
        out().println(running.address());
        out().flush();
        running.await();
        return 0;
    }
}
