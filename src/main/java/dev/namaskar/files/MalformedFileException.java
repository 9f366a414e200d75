package dev.namaskar.files;

import java.io.IOException;

/** A file that is not what it should be; the message says in one line what was expected, what was found and where. */
public final class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 1000;

    /** An error found by looking at the content. */
    public MalformedFileException(String message) {
        super(oneLine(message));
    }

    /** An error that a library found. */
    public MalformedFileException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** Messages quote what stands in files, which may be anything: no line breaks or controls, and not too much of it. */
    private static String oneLine(String message) {
        String shown = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) + "..." : message;
        return shown.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "\ufffd");
    }
}
