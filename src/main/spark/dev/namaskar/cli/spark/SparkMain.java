package dev.namaskar.cli.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.cli.options.Failure;
import dev.namaskar.train.run.RunStoppedException;
import java.io.PrintWriter;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The program for {@code spark-submit}: training and forecasting on a cluster with the options of the program {@code namaskar}.
 * Exit codes and streams are that program's too.
 */
@Command(
        name = "namaskar-spark",
        description = "Training and forecasting on a Spark cluster.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpWidth = 100)
public final class SparkMain implements Runnable {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    private SparkMain() {}

    /** Runs one command and leaves the JVM with its exit code, unless it is good: then Spark says when it is over. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        int code = run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), args);
        SparkSession.getDefaultSession().foreach(session -> {
            session.stop();
            return null;
        });
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Runs one command inside this JVM, over the session there is or one that is made and left open. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        SparkMain main = new SparkMain();
        CommandLine program = program(main)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Failure::wrongUsage)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> failure instanceof RunStoppedException stopped
                                ? Failure.stopped(stopped, command)
                                : Failure.failed(failure, command, main.debug));
        try {
            return program.execute(args);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** What knows the commands and options, without carrying anything out. */
    static CommandLine program() {
        return program(new SparkMain());
    }

    private static CommandLine program(SparkMain main) {
        CommandLine train = new CommandLine(new Group());
        train.addSubcommand("text", new TrainTextOnSpark()).addSubcommand("series", new TrainSeriesOnSpark());
        return new CommandLine(main)
                .addSubcommand("train", train)
                .addSubcommand("forecast", new ForecastOnSpark())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** The session that spark-submit has set up, or that is there already. */
    static SparkSession session() {
        return SparkSession.builder().appName("namaskar").getOrCreate();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command, found none");
    }

    @Command(name = "train", description = "Train a network by rounds of replicas.")
    private static final class Group implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "expected text or series, found none");
        }
    }
}
