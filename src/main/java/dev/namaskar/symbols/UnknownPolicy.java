package dev.namaskar.symbols;

/** What becomes of a symbol that the vocabulary does not hold. */
public sealed interface UnknownPolicy {
    /** Refuse the text, naming the symbol and its place: the default. */
    record Refuse() implements UnknownPolicy {}

    /** Leave the symbol out. */
    record Skip() implements UnknownPolicy {}

    /**
     * Put a known symbol in its place.
     *
     * @param codePoint the symbol that stands in
     */
    record Replace(int codePoint) implements UnknownPolicy {}

    /**
     * Reads {@code error}, {@code skip} or {@code replace:S} with one symbol S.
     *
     * @throws IllegalArgumentException naming what is possible
     */
    static UnknownPolicy parse(String text) {
        if (text.equals("error")) {
            return new Refuse();
        }
        if (text.equals("skip")) {
            return new Skip();
        }
        String prefix = "replace:";
        if (text.startsWith(prefix) && text.codePointCount(prefix.length(), text.length()) == 1) {
            return new Replace(text.codePointAt(prefix.length()));
        }
        throw new IllegalArgumentException(
                "`unknown`: expected error, skip or replace:S with one symbol S, found " + text);
    }
}
