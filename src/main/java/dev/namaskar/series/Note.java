package dev.namaskar.series;

/**
 * What was found or decided while a table was read.
 *
 * @param kind what it is about
 * @param text one sentence
 */
public record Note(Kind kind, String text) {
    /** What a note is about. */
    public enum Kind {
        /** How the text is written, what of it is no part of the table, and what shape the table has. */
        LAYOUT,
        /** Which column plays which part. */
        COLUMNS,
        /** Cells that are read as something else than what stands there: other values would be read of them. */
        VALUES,
        /** How rows come into the order of their times, and by which clock. */
        TIMES,
        /** Which series there are, where they end and what is missing. */
        SERIES
    }

    @Override
    public String toString() {
        return text;
    }
}
