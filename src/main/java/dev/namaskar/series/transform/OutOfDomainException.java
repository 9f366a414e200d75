package dev.namaskar.series.transform;

import dev.namaskar.series.Series;

/** A value that a transform has no place for. */
public final class OutOfDomainException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Index of the value in its series. */
    final int index;

    private final String reason;
    private final String remedy;

    /**
     * @param reason what which transform needs, and what was found
     * @param remedy what to do
     */
    OutOfDomainException(int index, String reason, String remedy) {
        super(reason + " at value " + (index + 1) + "; " + remedy);
        this.index = index;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** The same with the series' name and the value's time. */
    public IllegalArgumentException in(Series series) {
        return new IllegalArgumentException(
                "series \"" + series.id() + "\": " + reason + " at "
                        + series.frequency().text(series.time(index)) + "; " + remedy,
                this);
    }
}
