package dev.namaskar.train.run;

/** A file that is not there, may not be read or is nothing to read data from; the message names it. */
public class UnusableFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** With a message that names the file. */
    public UnusableFileException(String message, Throwable cause) {
        super(message, cause);
    }

    /** With a message that names the file. */
    public UnusableFileException(String message) {
        super(message);
    }
}
