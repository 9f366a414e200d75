package dev.namaskar.cli.command;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.files.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command whose result can be had as one JSON object, on the last line of standard output. */
public abstract class ReportingCommand extends NamaskarCommand {
    @Heading(Heading.OUTPUT)
    @Option(names = "--json", description = "Print one JSON object at the end, instead of words.")
    private boolean json;

    /** Whether the result is for programs. */
    protected final boolean json() {
        return json;
    }

    /** Prints the result, for programs or for people. */
    protected final void print(Map<String, ? extends @Nullable Object> object, Object words) {
        out().println(json ? Json.write(object) : words);
    }
}
