package dev.namaskar.text;

/**
 * The training batches of a text, each a pure function of its number: a run that stopped goes on with the number that
 * comes next, and nothing else is to be remembered.
 *
 * <p>A batch is {@code [T,B]}, time-major: input {@code (t,b)} stands at {@code t * B + b}, and its target is the symbol
 * after it.
 */
public sealed interface TextBatches permits CorpusBatches, WordBatches {
    /** B, the number of streams side by side. */
    int streams();

    /** T, the steps of one batch. */
    int steps();

    /** How many batches make one pass (an epoch). */
    long perPass();

    /** Whether the network starts batch {@code number} from a zero state, not from where the batch before it ended. */
    boolean startsFresh(long number);

    /**
     * Reads batch {@code number}.
     *
     * @param number from 0 without end; passes follow one another
     * @param inputs {@code [T*B]} (modified)
     * @param targets {@code [T*B]} (modified)
     */
    void read(long number, int[] inputs, int[] targets);
}
