package dev.namaskar.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** What went wrong in a Spark job, in its own words and not in those of all who passed it on. */
public final class SparkFailure {
    /** What an executor said, in the message of the driver: a class and a sentence, before the stack. */
    private static final Pattern SAID =
            Pattern.compile("\\(TID \\d+\\) \\([^)]*\\): [\\w.$]+(?:Exception|Error): ([^\n]*)");

    private static final Pattern ABSENT =
            Pattern.compile("(ClassNotFoundException|NoClassDefFoundError): dev[./]namaskar[./]|SerializedLambda");

    private SparkFailure() {}

    /** The exception to throw for one that a job ended with: in one sentence, with that one as its cause. */
    public static RuntimeException of(Exception thrown) {
        Throwable cause = thrown;
        while (cause instanceof SparkException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RuntimeException own) {
            return own;
        }
        String message = String.valueOf(cause.getMessage());
        if (ABSENT.matcher(message).find()) {
            return new IllegalStateException(
                    "the executors do not have this library: give them its jar of classifier spark, with --jars or the"
                            + " setting spark.jars",
                    thrown);
        }
        Matcher said = SAID.matcher(message);
        return new IllegalStateException(
                said.find() ? said.group(1) : message.lines().findFirst().orElse(""), thrown);
    }
}
