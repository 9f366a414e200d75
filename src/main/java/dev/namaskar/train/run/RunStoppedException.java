package dev.namaskar.train.run;

/** A run was ended early because a listener asked for it, and the message says where it can be taken up. */
public final class RunStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With where the run stood and how to go on. */
    public RunStoppedException(String message) {
        super(message);
    }
}
