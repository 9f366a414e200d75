package dev.namaskar.decoding;

/**
 * What a search asks of a model: how likely each symbol is to come next. The model keeps a state for every row of its
 * last answer; the search says which of these rows go on, and with which symbol.
 */
public interface Continuations {
    /** V, the number of symbols, the end symbol among them. */
    int symbols();

    /** Log probabilities {@code [sources,V]} of each source's first symbol. */
    float[] first(int sources);

    /**
     * Log probabilities {@code [rows,V]} of what follows.
     *
     * @param parents for each row the row of the last answer that it continues; several may continue the same
     * @param symbols for each row the symbol that its parent took
     */
    float[] next(int[] parents, int[] symbols);
}
