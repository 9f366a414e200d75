package dev.namaskar.train.batch;

import java.util.function.LongPredicate;

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

    /** Fills a batch by its number. */
    @FunctionalInterface
    interface Filler {
        /** Fills {@code into} (modified); the same number fills it alike. */
        void read(long number, Batch into);
    }

    /** Batches made by rule or drawn from data in memory, each beginning anew; one of them counts as a pass. */
    static BatchSource of(BatchShape shape, int rows, Filler filler) {
        return of(shape, rows, filler, number -> true);
    }

    /** The same as a stream: state is carried from each batch to the next, as streams and persistent samples are. */
    static BatchSource stream(BatchShape shape, int rows, Filler filler) {
        return of(shape, rows, filler, number -> number == 0);
    }

    private static BatchSource of(BatchShape shape, int rows, Filler filler, LongPredicate fresh) {
        return new BatchSource() {
            @Override
            public BatchShape shape() {
                return shape;
            }

            @Override
            public int rows() {
                return rows;
            }

            @Override
            public long perEpoch() {
                return 1;
            }

            @Override
            public boolean startsFresh(long number) {
                return fresh.test(number);
            }

            @Override
            public void read(long number, Batch into) {
                filler.read(number, into);
            }
        };
    }
}
