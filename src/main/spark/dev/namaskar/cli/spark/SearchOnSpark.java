package dev.namaskar.cli.spark;

import dev.namaskar.cli.command.TrainCommand;
import dev.namaskar.cli.command.TuneOptions;
import dev.namaskar.spark.evaluate.SparkSearch;
import dev.namaskar.spark.evaluate.SparkTrials;
import dev.namaskar.tune.Tuning;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The search that a command line asks for, as executors begin it: by the same command line over their copies of its files.
 *
 * @param words of the command line
 * @param files among them
 */
record SearchOnSpark(List<String> words, List<String> files) implements SparkSearch<Object> {
    private static final String STANDARD_INPUT = "-";

    /** Who carries out the trials of a command line. */
    static TuneOptions.Elsewhere of(List<String> words) {
        return files -> {
            if (words.contains(STANDARD_INPUT)) {
                throw new IllegalArgumentException(
                        "standard input is the driver's alone: trials on a cluster read files, found -");
            }
            List<String> names = files.stream().map(Path::toString).toList();
            return SparkTrials.of(
                    SparkMain.session(), files, new SearchOnSpark(new ArrayList<>(words), new ArrayList<>(names)));
        };
    }

    @Override
    public Tuning<Object> at(List<Path> copies) throws IOException {
        CommandLine program = SparkMain.program().setErr(new PrintWriter(Writer.nullWriter()));
        ParseResult called = program.parseArgs(
                words.stream().map(word -> copied(word, copies)).toArray(String[]::new));
        while (called.hasSubcommand()) {
            called = called.subcommand();
        }
        TrainCommand<?> command = (TrainCommand<?>) called.commandSpec().userObject();
        @SuppressWarnings("unchecked") // of whatever model: trials are told by their settings and scores
        Tuning<Object> tuning = (Tuning<Object>) command.search();
        return tuning;
    }

    /** The word with the copy in a file's place, whether it stands by itself or behind an option. */
    private String copied(String word, List<Path> copies) {
        int value = word.startsWith("--") ? word.indexOf('=') + 1 : 0;
        int file = files.indexOf(Path.of(word.substring(value)).toString());
        return file < 0 ? word : word.substring(0, value) + copies.get(file);
    }
}
