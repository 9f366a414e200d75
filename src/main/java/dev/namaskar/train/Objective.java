package dev.namaskar.train;

import dev.namaskar.losses.Loss;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.train.batch.Batch;
import org.jspecify.annotations.Nullable;

/**
 * What training makes small: any function of a model's output and a batch's targets that has a gradient. An instance
 * belongs to one thread. The loss of a batch is the sum over its rows, so that a batch can be cut into shards.
 */
@FunctionalInterface
public interface Objective {
    /**
     * The sum of the losses over a shard, and the gradient.
     *
     * @param out the model's output; modified: {@link Frames#gradients()} becomes {@code weight * dloss/dout}, all of
     *     it, zeros at padding
     * @param shard the inputs' targets and context
     * @param weight what every target's gradient is multiplied with
     * @return the sum over the shard's targets, not multiplied with {@code weight}, added up in double
     */
    double compute(Frames out, Batch shard, double weight);

    /** What the sum over a batch is divided by for the mean loss: the number of its targets, or the sum of their weights. */
    default double count(Batch batch) {
        return batch.targetWeight();
    }

    /** What was counted beside the loss in the last shard, for logs; null where nothing is. */
    default @Nullable Tally tally() {
        return null;
    }

    /** The plain objective: a loss between output and targets. */
    static Objective of(Loss loss) {
        SequenceLoss sequenceLoss = new SequenceLoss(loss);
        return (out, shard, weight) -> sequenceLoss.compute(out, shard.asTargets(), weight);
    }
}
