package dev.namaskar.tasks;

import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

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

    /**
     * Puts examples side by side.
     *
     * @param chosen which, in the order of their rows, at most as many as the batch has
     * @param into modified: as long as the longest of them, further rows empty
     */
    default void write(Integer[] chosen, Batch into) {
        BatchShape.Target target = into.shape().target();
        IntUnaryOperator targets = target.extent() == BatchShape.Extent.ALL ? example -> target.steps() : this::targets;
        into.resize(most(chosen, this::length), most(chosen, targets));
        boolean beside = into.shape().source() != null;
        if (beside) {
            into.source().resize(most(chosen, this::sourceLength), 0);
            clear(into.source());
        }
        clear(into);
        for (int row = 0; row < chosen.length; row++) {
            into.lengths[row] = length(chosen[row]);
            if (into.targetLengths.length > 0) {
                into.targetLengths[row] = targets.applyAsInt(chosen[row]);
            }
            if (beside) {
                into.source().lengths[row] = sourceLength(chosen[row]);
            }
            write(chosen[row], into, row);
        }
    }

    private static int most(Integer[] chosen, IntUnaryOperator count) {
        return Arrays.stream(chosen).mapToInt(i -> count.applyAsInt(i)).max().orElse(0);
    }

    private static void clear(Batch batch) {
        Arrays.fill(batch.tokens, 0);
        Arrays.fill(batch.values, 0);
        Arrays.fill(batch.classes, 0);
        Arrays.fill(batch.targets, 0);
        Arrays.fill(batch.weights, 0);
        Arrays.fill(batch.context, 0);
        Arrays.fill(batch.lengths, 0);
        Arrays.fill(batch.targetLengths, 0);
    }
}
