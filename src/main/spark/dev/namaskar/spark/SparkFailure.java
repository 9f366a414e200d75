package dev.namaskar.spark;

import org.apache.spark.SparkException;

/** What went wrong in a Spark job, in its own words and not in those of all who passed it on. */
final class SparkFailure {
    private SparkFailure() {}

    /** The exception to throw for one that a job ended with. */
    static RuntimeException of(Exception thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause instanceof SparkException) {
            cause = cause.getCause();
        }
        if (cause instanceof RuntimeException own) {
            return own;
        }
        return new IllegalStateException(firstLine(cause), thrown);
    }

    private static String firstLine(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
