package dev.namaskar.net.attention;

import dev.namaskar.kernels.Mirror;

/** The scores of all queries of a row against all keys of its memory, and their derivative. */
interface Alignment {
    /** What scores are multiplied with. */
    float scale();

    /** Writes a row's scores {@code [S,T]}, not scaled yet, into the twin. */
    void score(Row row, RowMatrices queries, RowMatrices keys, Mirror scores);

    /**
     * Goes back from the scores to queries, whose gradients are overwritten, and keys, whose gradients are added to.
     *
     * @param dScores {@code [S,T]}
     * @param turned the same {@code [T,S]}
     */
    void backward(
            Row row,
            RowMatrices queries,
            RowMatrices keys,
            Mirror dScores,
            Mirror turned,
            RowMatrices dQueries,
            RowMatrices dKeys);

    /** Begins the sums of the score's own gradients. */
    void begin();

    /** Writes the score's own gradients. */
    void finish(float[] gradient);

    /**
     * A row that attends.
     *
     * @param index of the input's row
     * @param memory row of the memory
     * @param queries T, its real steps
     * @param keys S, the real frames that it reads
     * @param at where its scores begin
     */
    record Row(int index, int memory, int queries, int keys, int at) {}
}
