package dev.namaskar.io;

import java.io.IOException;

/** A file that is not what it should be; the message says in one line what was expected, what was found and where. */
public final class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** An error found by looking at the content. */
    public MalformedFileException(String message) {
        super(message);
    }

    /** An error that a library found. */
    public MalformedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
