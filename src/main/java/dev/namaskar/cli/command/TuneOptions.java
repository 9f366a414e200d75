package dev.namaskar.cli.command;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.Range;
import dev.namaskar.train.settings.RunSettings;
import dev.namaskar.tune.TrialPool;
import dev.namaskar.tune.Tuned;
import dev.namaskar.tune.Tuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * What a command has that searches settings by trials, beside what all trials have in common: the options of the command
 * that trains.
 */
@Heading(Heading.TUNING)
public final class TuneOptions {
    /** Options of training that mean something else in a search, or nothing. */
    private static final List<String> REPLACED =
            List.of("--minutes", "--threads", "--from", "--log", "--checkpoint-every", "--resume", "--watch");

    private static final String WORKERS = "--workers";

    /** Options that do not change what trials come to. */
    private static final List<String> ASIDE = List.of("--out", "--force", "--json", "--verbose");

    @Option(
            names = "--trials",
            paramLabel = "N",
            description =
                    "Settings to try, the usual ones among them (20; with --minutes as many as there is time for).")
    private @Nullable Integer trials;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "Begin no trial after M minutes, and break off those that are not at their end.")
    private @Nullable Double minutes;

    @Option(
            names = "--space",
            split = ";",
            paramLabel = "RANGES",
            description =
                    "Values to try, as hidden=64..256,cell=gru|lstm; lr=default leaves one as is usual. The others"
                            + " have their usual ranges; what is given as an option of its own, all trials have.")
    private List<String> space = List.of();

    @Option(
            names = "--search",
            paramLabel = "HOW",
            defaultValue = "halving",
            description =
                    "halving: first a ninth of a run, then a third for the best third, then all of it for the best"
                            + " of these; or random: whole runs alone (halving).")
    private String how = "halving";

    @Option(
            names = WORKERS,
            paramLabel = "N",
            description = "Trials at once, on which nothing depends but time (the processors).")
    private @Nullable Integer workers;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads of each trial (1): its bits depend on them.")
    private @Nullable Integer threads;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Where a line of JSON goes for each trial (beside the model, its name with .trials.jsonl).")
    private @Nullable Path log;

    @Option(names = "--resume", description = "Go on with the search in the log, if there is one.")
    private boolean resume;

    private final List<Object> more;
    private final @Nullable Elsewhere elsewhere;

    private TuneOptions(List<Object> more, @Nullable Elsewhere elsewhere) {
        this.more = more;
        this.elsewhere = elsewhere;
    }

    /** Who carries trials out elsewhere than on threads of this process. */
    @FunctionalInterface
    public interface Elsewhere {
        /**
         * Carries out those of one search.
         *
         * @param files that the search reads
         */
        TrialPool pool(List<Path> files);
    }

    /**
     * The command that searches settings for what another trains.
     *
     * @param type of the command that trains
     * @param elsewhere who carries the trials out, or null for threads of this process
     */
    public static CommandLine command(Class<?> type, @Nullable Elsewhere elsewhere) {
        try {
            TrainCommand<?> train =
                    (TrainCommand<?>) type.getDeclaredConstructor().newInstance();
            TuneOptions options = new TuneOptions(train.tuneOptions(), elsewhere);
            train.search(options);
            CommandSpec spec = CommandSpec.forAnnotatedObject(train);
            for (String name : REPLACED) {
                spec.remove(spec.findOption(name));
            }
            CommandSpec own = CommandSpec.forAnnotatedObject(options);
            if (elsewhere != null) {
                own.remove(own.findOption(WORKERS));
            }
            spec.addMixin("tuning", own);
            for (int i = 0; i < options.more.size(); i++) {
                spec.addMixin("tuning" + i, CommandSpec.forAnnotatedObject(options.more.get(i)));
            }
            spec.usageMessage().description(description(type)).footer(footer(type));
            return new CommandLine(spec);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("expected a command with a constructor of nothing, found " + type, e);
        }
    }

    /** What the command that searches settings for what another trains says of itself. */
    public static String description(Class<?> type) {
        String words = String.join(" ", type.getAnnotation(Command.class).description());
        return "Find settings to " + Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }

    /** What the other command's page says at its end, with its example as one of this command. */
    private static String[] footer(Class<?> trains) {
        String[] lines = trains.getAnnotation(Command.class).footer().clone();
        for (int i = 0; i < lines.length; i++) {
            lines[i] = lines[i].replace("namaskar train ", "namaskar tune ");
        }
        lines[lines.length - 1] += " --trials 20";
        lines[0] = "%nThe usual settings are trial 0; the best are chosen by what is held out of the training data.";
        return lines;
    }

    void check(Range range) {
        range.atLeast("--trials", 1, trials);
        range.above("--minutes", 0, minutes);
        range.atLeast(WORKERS, 1, workers);
        range.atLeast("--threads", 1, threads);
        range.require(List.of("halving", "random").contains(how), "--search", "halving or random", how);
    }

    Path log(Path out) {
        return log == null ? out.resolveSibling(out.getFileName() + ".trials.jsonl") : log;
    }

    <M> Tuned<M> carryOut(Tuning<M> tuning, RunSettings run, List<Path> files, Path to, Range range)
            throws IOException {
        tuning.log(to, resume).gemm(run.gemm()).context("options", asked(range));
        if (trials != null) {
            tuning.trials(trials);
        }
        if (minutes != null) {
            tuning.minutes(minutes);
        }
        if (workers != null) {
            tuning.workers(workers);
        }
        if (elsewhere != null) {
            tuning.pool(elsewhere.pool(files));
        }
        if (threads != null) {
            tuning.threads(threads);
        }
        if (how.equals("random")) {
            tuning.wholeRuns();
        }
        space.forEach(ranges -> range.usage(() -> tuning.space(ranges)));
        range.usage(tuning::check);
        return tuning.run();
    }

    /** The options that all trials have, as they were given. */
    private String asked(Range range) {
        CommandSpec own = CommandSpec.forAnnotatedObject(this);
        return range.matched().stream()
                .filter(option -> own.findOption(option.longestName()) == null && !ASIDE.contains(option.longestName()))
                .sorted(java.util.Comparator.comparing(OptionSpec::longestName))
                .map(option -> option.longestName() + "=" + String.join(",", option.originalStringValues()))
                .collect(Collectors.joining(" "));
    }
}
