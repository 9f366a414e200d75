package dev.namaskar.cli;

import dev.namaskar.cli.text.NextCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The text on a command line that is no option's value, as in {@code next TEXT --model M}. It may begin with a dash or
 * be the very name of an option: where one word is left that no option takes, that is the text, and it goes behind
 * {@code --}, where nothing is taken for an option.
 */
final class TextWord {
    private static final String END_OF_OPTIONS = "--";

    private TextWord() {}

    /**
     * The same command line with the text behind {@code --}; unchanged where it is there already, or where no or more
     * than one word could be meant, which is wrong usage that the parser knows how to explain.
     *
     * @param words of a command line
     * @param options of the command that they call, by name
     */
    static String[] last(String[] words, String command, Map<String, OptionSpec> options) {
        List<String> rest = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        boolean called = false;
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (word.equals(END_OF_OPTIONS)) {
                return words;
            }
            OptionSpec option = options.get(word.startsWith("-") ? name(word) : "");
            if (option != null) {
                rest.add(word);
                if (option.arity().max() > 0 && !word.contains("=") && i + 1 < words.length) {
                    rest.add(words[++i]);
                }
            } else if (!called && word.equals(command)) {
                called = true;
                rest.add(word);
            } else {
                texts.add(word);
            }
        }
        if (texts.size() != 1) {
            return words;
        }
        Collections.addAll(rest, END_OF_OPTIONS, texts.get(0));
        return rest.toArray(String[]::new);
    }

    private static String name(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    /** The same for the command that a program was built to call, if that takes such a text. */
    static String[] last(String[] words, CommandLine program) {
        CommandLine next = program.getSubcommands().get("next");
        return next != null && next.getCommand() instanceof NextCommand
                ? last(words, "next", next.getCommandSpec().optionsMap())
                : words;
    }
}
