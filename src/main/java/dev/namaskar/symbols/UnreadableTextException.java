package dev.namaskar.symbols;

import dev.namaskar.train.run.UnusableFileException;
import org.jspecify.annotations.Nullable;

/** Bytes that are no text in the encoding they were read in; it may know of one in which they are. */
public final class UnreadableTextException extends UnusableFileException {
    private static final long serialVersionUID = 1;

    private final @Nullable String encoding;

    UnreadableTextException(String message, @Nullable String encoding) {
        super(message);
        this.encoding = encoding;
    }

    /** The likeliest encoding, null where none is likely. */
    public @Nullable String encoding() {
        return encoding;
    }
}
