package dev.namaskar.text.corpus;

import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.batch.BatchSource;

/**
 * The training batches of a text, each a pure function of its number: a run that stopped goes on with the number that
 * comes next, and nothing else is to be remembered.
 *
 * <p>A batch is {@code [T,B]}, time-major: input {@code (t,b)} stands at {@code t * B + b}, and its target is the symbol
 * after it.
 */
public sealed interface TextBatches extends BatchSource permits CorpusBatches, WordBatches {
    /** T, the steps of one batch. */
    int steps();

    /**
     * Reads batch {@code number}.
     *
     * @param number from 0 without end; passes follow one another
     * @param inputs {@code [T*B]} (modified)
     * @param targets {@code [T*B]} (modified)
     */
    void read(long number, int[] inputs, int[] targets);

    @Override
    default BatchShape shape() {
        return BatchShape.text(steps());
    }

    @Override
    default void read(long number, Batch into) {
        read(number, into.tokens, into.classes);
    }
}
