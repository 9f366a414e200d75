package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.cli.options.Conversions;
import dev.namaskar.cli.options.Failure;
import dev.namaskar.cli.options.Heading;
import dev.namaskar.train.run.RunStoppedException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The program {@code namaskar}.
 *
 * <p>Exit code 0 is good, 1 failed, 2 wrong usage. Results go to standard output, everything else to standard error,
 * both as UTF-8 whatever the locale says.
 */
@Command(
        name = "namaskar",
        description = "Recurrent sequence models: learn a text and write more of it, learn a table and forecast it.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpWidth = 100,
        footer = {"", "Start with: namaskar demo"})
public final class Main implements Runnable {
    @Heading(Heading.OUTPUT)
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    boolean debug;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    private Main() {}

    /** Runs one command and leaves the JVM with its exit code. */
    public static void main(String[] args) {
        // The locale of a container is often "C", that of a desk may write 0,5: text here is Unicode, numbers have
        // points.
        Locale.setDefault(Locale.ROOT);
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
        PrintWriter out = new PrintWriter(System.out, true, UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, UTF_8);
        System.exit(run(out, err, args));
    }

    /**
     * Runs one command inside this JVM.
     *
     * @param out where results go
     * @param err where progress and errors go
     * @param args the command line, without the program's name
     * @return the exit code: 0 good, 1 failed, 2 wrong usage
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        CommandLine program = program(main, args)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Failure::wrongUsage)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> failure instanceof RunStoppedException stopped
                                ? Failure.stopped(stopped, command)
                                : Failure.failed(failure, command, main.debug));
        try {
            return unreadable(program, args) ? 2 : program.execute(TextWord.last(args, program));
        } catch (OutOfMemoryError | StackOverflowError | LinkageError failure) {
            return Failure.failed(failure, program, main.debug);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Whether Java could not read the words of the command line; it is told, for they would be taken for others. */
    private static boolean unreadable(CommandLine program, String... args) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        boolean lost = Arrays.stream(args).anyMatch(word -> word.contains("\ufffd"));
        if (lost && !encoding.equalsIgnoreCase("UTF-8")) {
            program.getErr()
                    .println("error: the command line has characters that Java, set to " + encoding
                            + ", cannot read; start it by ./namaskar or with LC_ALL=C.UTF-8");
            return true;
        }
        return false;
    }

    /** What knows the commands and options of a command line, without carrying anything out. */
    static CommandLine program(String... args) {
        return program(new Main(), args);
    }

    private static CommandLine program(Main main, String... args) {
        CommandLine program = new CommandLine(main);
        Commands.addTo(program, args);
        Conversions.addTo(program);
        // A word that begins with @ is a text like any other, no file of arguments.
        return program.setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command, found none");
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"namaskar " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
