package dev.namaskar.cli.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.cli.command.TuneOptions;
import dev.namaskar.cli.options.Conversions;
import dev.namaskar.cli.options.Failure;
import dev.namaskar.cli.options.OptionList;
import dev.namaskar.cli.series.TrainSeriesCommand;
import dev.namaskar.cli.tasks.TrainClassifyCommand;
import dev.namaskar.cli.tasks.TrainDescribeCommand;
import dev.namaskar.cli.tasks.TrainTagCommand;
import dev.namaskar.cli.tasks.TrainTaskCommand;
import dev.namaskar.cli.tasks.TrainTranscribeCommand;
import dev.namaskar.cli.tasks.TrainTranslateCommand;
import dev.namaskar.cli.text.TrainTextCommand;
import dev.namaskar.train.run.RunStoppedException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The program for {@code spark-submit}: what is worth a cluster, with the options of the program {@code namaskar}.
 * Exit codes and streams are that program's too.
 */
@Command(
        name = "namaskar-spark",
        description = "Training, forecasting, back-tests and searches for settings on a Spark cluster.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpWidth = 100)
public final class SparkMain implements Runnable {
    /** What can be trained and searched settings for, by the commands of one machine that train it. */
    private static final Map<String, Class<?>> TRAINED = new TreeMap<>(Map.of(
            "text", TrainTextCommand.class,
            "series", TrainSeriesCommand.class,
            "classify", TrainClassifyCommand.class,
            "tag", TrainTagCommand.class,
            "transcribe", TrainTranscribeCommand.class,
            "translate", TrainTranslateCommand.class,
            "describe", TrainDescribeCommand.class));

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
        CommandLine program = program(main, List.of(args))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Failure::wrongUsage)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> failure instanceof RunStoppedException stopped
                                ? Failure.stopped(stopped, command)
                                : Failure.failed(failure, command, main.debug));
        try {
            return program.execute(args);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError failure) {
            return Failure.failed(failure, program, main.debug);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** What knows the commands and options, without carrying anything out. */
    static CommandLine program(List<String> words) {
        return program(new SparkMain(), words);
    }

    private static CommandLine program(SparkMain main, List<String> words) {
        CommandLine train = new CommandLine(new Group(String.join(", ", TRAINED.keySet())));
        train.getCommandSpec().usageMessage().description("Train a network by rounds of replicas.");
        train.addSubcommand("text", new TrainTextOnSpark()).addSubcommand("series", new TrainSeriesOnSpark());
        TRAINED.forEach((name, type) -> {
            if (TrainTaskCommand.class.isAssignableFrom(type)) {
                train.addSubcommand(name, TrainTaskOnSpark.command(type, words));
            }
        });
        CommandLine tune = new CommandLine(new Group(String.join(", ", TRAINED.keySet())));
        tune.getCommandSpec().usageMessage().description("Find settings by trials, and train with the best.");
        TRAINED.forEach((name, type) -> tune.addSubcommand(name, TuneOptions.command(type, SearchOnSpark.of(words))));
        CommandLine program = new CommandLine(main)
                .addSubcommand("train", train)
                .addSubcommand("forecast", new ForecastOnSpark())
                .addSubcommand("backtest", new BacktestOnSpark())
                .addSubcommand("tune", tune);
        Conversions.addTo(program);
        Map<String, IHelpSectionRenderer> page = new LinkedHashMap<>(program.getHelpSectionMap());
        page.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionList());
        program.setHelpSectionMap(page);
        return program.setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** The session that spark-submit has set up, or that is there already. */
    static SparkSession session() {
        return SparkSession.builder().appName("namaskar").getOrCreate();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command, found none");
    }

    /** Several commands under one word. */
    @Command
    private static final class Group implements Runnable {
        private final String commands;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
        private CommandSpec spec;

        Group(String commands) {
            this.commands = commands;
        }

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "expected " + commands + ", found none");
        }
    }
}
