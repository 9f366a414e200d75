package dev.namaskar.labelling;

import dev.namaskar.net.NetworkSpec;
import java.util.Locale;

/** How a whole sequence is read out of its steps. */
public enum ReadOut {
    /** Both ends: of the forward direction the last step, of the reverse direction the first. */
    ENDS,
    /** The mean of the real steps. */
    MEAN,
    /** The maximum over the real steps, of each value its own. */
    MAXIMUM;

    NetworkSpec above(NetworkSpec below) {
        return switch (this) {
            case ENDS -> below.bothEnds();
            case MEAN -> below.meanOverSteps();
            case MAXIMUM -> below.maximumOverSteps();
        };
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The read-out of this name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static ReadOut of(String label) {
        for (ReadOut readOut : values()) {
            if (readOut.label().equals(label)) {
                return readOut;
            }
        }
        throw new IllegalArgumentException("expected ends, mean or maximum, found " + label);
    }
}
