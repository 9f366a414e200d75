package dev.namaskar.cli.command;

import dev.namaskar.cli.options.Failure;
import dev.namaskar.cli.options.Range;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has: results on standard output, all else on standard error, and checks of its options. */
public abstract class NamaskarCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    /** Where results go. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where progress and notes go. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** The word that calls it. */
    protected final String name() {
        return spec.name();
    }

    /** Checks of this command's options. */
    protected final Range range() {
        return new Range(spec);
    }

    /** Says what the library decided, its settings as options. */
    protected final void note(String sentence) {
        err().println(Failure.optioned(sentence));
    }
}
