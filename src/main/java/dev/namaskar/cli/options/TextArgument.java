package dev.namaskar.cli.options;

import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes the text behind an option as it stands, whatever it begins with: {@code --prime --seed} is about "--seed". */
public final class TextArgument implements IParameterConsumer {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's own signature
    public void consumeParameters(Stack<String> args, ArgSpec argument, CommandSpec command) {
        if (args.isEmpty()) {
            throw new MissingParameterException(
                    command.commandLine(), argument, "expected a text behind " + argument.paramLabel());
        }
        argument.setValue(args.pop());
    }
}
