package dev.namaskar.series;

/** A table that is not what its reader was told to expect; the message says where and what to do. */
public final class TableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param message one line: what was expected, what was found, where, what to do */
    public TableException(String message) {
        super(oneLine(message));
    }

    /** @param message one line: what was expected, what was found, where, what to do */
    public TableException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** The same of a table whose name stands first: no stage of reading has to know what the table is called. */
    public TableException in(String table) {
        return new TableException(table + ": " + getMessage(), this);
    }

    /** Messages quote cells, in which there may be line breaks. */
    private static String oneLine(String message) {
        return message.replaceAll("\\R", " ");
    }
}
