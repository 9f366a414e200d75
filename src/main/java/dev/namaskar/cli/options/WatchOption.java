package dev.namaskar.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether runs are shown on a page while they train. */
@Heading(Heading.OUTPUT)
public final class WatchOption {
    private static final int MOST = 65535;

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "0",
            paramLabel = "PORT",
            description =
                    "Show the run while it trains: loss, gradients, samples, pause and stop, in a browser at this port"
                            + " of this machine (any that is free; the address is printed). As the last option, or"
                            + " --watch=PORT.")
    private @Nullable Integer port;

    /** The port, 0 for any that is free; null where nothing is shown. */
    @Nullable
    public Integer port(Range range) {
        if (port != null) {
            range.atLeast("--watch", 0, port.longValue());
            range.require(port <= MOST, "--watch", "a port up to " + MOST, port);
        }
        return port;
    }
}
