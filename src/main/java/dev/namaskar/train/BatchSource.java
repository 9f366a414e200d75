package dev.namaskar.train;

/**
 * The stream of batches that a network is trained on. Batch number n is always the same, so that a run resumes where
 * it stood by counting; a shuffle is a function of the number (and of a seed).
 */
public interface BatchSource {
    /** The shape of every batch. */
    BatchShape shape();

    /** B, rows of every batch. */
    int rows();

    /** Batches that make one pass over the data. */
    long perEpoch();

    /** Whether the state is cleared before this batch, instead of carried over from the one before. */
    boolean startsFresh(long number);

    /** Fills {@code into} (modified) with this batch. Called by one thread at a time. */
    void read(long number, Batch into);
}
