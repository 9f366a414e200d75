package dev.namaskar.cli.spark;

import dev.namaskar.cli.command.TrainCommand;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * A command line as executors parse it, over their copies of its files.
 *
 * @param words of the command line
 * @param files among them
 */
record CopiedCommand(ArrayList<String> words, ArrayList<String> files) implements Serializable {
    private static final String STANDARD_INPUT = "-";

    static CopiedCommand of(List<String> words, List<Path> files) {
        if (words.contains(STANDARD_INPUT)) {
            throw new IllegalArgumentException(
                    "standard input is the driver's alone: executors read files, found " + STANDARD_INPUT);
        }
        return new CopiedCommand(
                new ArrayList<>(words),
                new ArrayList<>(files.stream().map(Path::toString).toList()));
    }

    /** The command with its options, of which nothing is carried out. */
    TrainCommand<?> parse(List<Path> copies) {
        CommandLine program = SparkMain.program(words).setErr(new PrintWriter(Writer.nullWriter()));
        ParseResult called = program.parseArgs(
                words.stream().map(word -> copied(word, copies)).toArray(String[]::new));
        while (called.hasSubcommand()) {
            called = called.subcommand();
        }
        return (TrainCommand<?>) called.commandSpec().userObject();
    }

    /** The word with the copy in a file's place, whether it stands by itself or behind an option. */
    private String copied(String word, List<Path> copies) {
        int value = word.startsWith("--") ? word.indexOf('=') + 1 : 0;
        int file = files.indexOf(Path.of(word.substring(value)).toString());
        return file < 0 ? word : word.substring(0, value) + copies.get(file);
    }
}
