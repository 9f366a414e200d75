package dev.namaskar.cli.options;

import dev.namaskar.symbols.UnreadableTextException;
import dev.namaskar.train.run.RunStoppedException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that went wrong says so: one line on standard error, a stack trace only on demand. */
public final class Failure {
    /** What shells report of a program that Ctrl-C ended. */
    public static final int STOPPED = 128 + 2;

    private Failure() {}

    /** Exit code 2, with the way to the help page. */
    public static int wrongUsage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("error: " + oneLine(describe(failure)) + suggestion(failure));
        command.getErr().println("try: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Stopped by whoever started it, which is no error; the exit code is that of Ctrl-C. */
    public static int stopped(RunStoppedException stopped, CommandLine command) {
        command.getErr().println(stopped.getMessage() + " (--resume)");
        return STOPPED;
    }

    /** Exit code 1. */
    public static int failed(Throwable failure, CommandLine command, boolean debug) {
        if (debug) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().println("error: " + optioned(oneLine(describe(failure))));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String suggestion(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                return " (did you mean " + String.join(" or ", suggestions) + "?)";
            }
        }
        return "";
    }

    /** File system exceptions carry only a path as their message; name what is wrong with it. */
    private static String describe(Throwable failure) {
        Throwable cause = failure.getCause();
        if ((failure instanceof UncheckedIOException || failure instanceof ExecutionException) && cause != null) {
            return describe(cause);
        }
        String message = failure.getMessage();
        if (failure instanceof UnreadableTextException text && text.encoding() != null) {
            return message + "; `encoding` " + text.encoding() + " reads it so";
        }
        if (failure instanceof NoSuchFileException missing) {
            return "no such file or folder: " + missing.getFile();
        }
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (failure instanceof FileAlreadyExistsException taken) {
            return "there is already a file " + taken.getFile();
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return "cannot use " + file.getFile() + " (" + name(failure) + ")";
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory (" + message + "); give the JVM more with JAVA_OPTS=-Xmx8g, or use smaller sizes";
        }
        if (message == null || message.isBlank()) {
            return name(failure);
        }
        return failure instanceof Error ? name(failure) + ": " + message : message;
    }

    private static String name(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    /** Settings, which the library names in backticks, as options. */
    public static String optioned(String message) {
        return message.replaceAll("`([a-z][a-z-]*)`", "--$1");
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
