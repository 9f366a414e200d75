package dev.namaskar.train;

/** A loss or gradient that is not a finite number: training stops before it can spoil the parameters. */
public final class NotANumberException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence that says where. */
    public NotANumberException(String message) {
        super(message);
    }
}
