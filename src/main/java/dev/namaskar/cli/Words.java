package dev.namaskar.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the library says in the words of a command: it names settings, {@code hidden: expected ...} and {@code
 * unknown=skip}, which are the command's options {@code --hidden} and {@code --unknown skip}.
 */
final class Words {
    private static final Pattern VALUE = Pattern.compile("(?<![\\w./=:-])([a-z][a-z-]*)=(?=\\w)");
    private static final Pattern ABOUT = Pattern.compile("([a-z][a-z-]*): ");

    private Words() {}

    /** A message with each {@code setting=value} of which the command has an option as that option. */
    static String of(CommandSpec command, String message) {
        return VALUE.matcher(message)
                .replaceAll(found -> Matcher.quoteReplacement(
                        has(command, found.group(1)) ? "--" + found.group(1) + " " : found.group()));
    }

    /** The same of a message about options alone, which may begin with the setting that it is about. */
    static String ofUsage(CommandSpec command, String message) {
        Matcher about = ABOUT.matcher(message);
        return (about.lookingAt() && has(command, about.group(1)) ? "--" : "") + of(command, message);
    }

    private static boolean has(CommandSpec command, String setting) {
        return command.optionsMap().containsKey("--" + setting);
    }
}
