package dev.namaskar.tasks;

import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;

/**
 * What a model learns from: inputs of their own lengths, each with its targets. Examples that are about as long are put
 * side by side by {@link LengthBuckets}.
 */
public interface Examples {
    /**
     * The shape of their batches, with the steps, targets and source steps of the longest. As a batch may have rows
     * without an example, inputs and sources have lengths of their own, and targets have weights or an extent other than
     * {@link BatchShape.Extent#ALL}. It may be found by going through them all.
     */
    BatchShape shape();

    /** How many there are. */
    int size();

    /** Steps of an example's input. */
    int length(int example);

    /** Targets of an example, where the shape does not say how many all have; by default one for each step of its input. */
    default int targets(int example) {
        return length(example);
    }

    /** Steps of what is read beside the input; 0 where there is nothing. */
    default int sourceLength(int example) {
        return 0;
    }

    /**
     * Writes an example into a row of a batch, of which all is zero: symbols or values, targets, weights. The lengths are
     * there already. Entry t of a row stands at {@code t * into.rows() + row}.
     */
    void write(int example, Batch into, int row);
}
