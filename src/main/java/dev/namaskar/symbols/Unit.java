package dev.namaskar.symbols;

/** What one symbol of a character model is. */
public enum Unit {
    /** One Unicode code point, a surrogate pair being one symbol: the vocabulary is what the corpus holds. */
    CODEPOINT,
    /** One byte of UTF-8: the vocabulary is all 256 bytes, so that no text is ever unknown. */
    BYTE;

    /** The unit's name on the command line and in model files: {@code codepoint} or {@code byte}. */
    public String label() {
        return this == CODEPOINT ? "codepoint" : "byte";
    }

    /**
     * The unit of this label.
     *
     * @throws IllegalArgumentException naming the labels there are
     */
    public static Unit of(String label) {
        for (Unit unit : values()) {
            if (unit.label().equals(label)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("expected a unit codepoint or byte, found " + label);
    }
}
