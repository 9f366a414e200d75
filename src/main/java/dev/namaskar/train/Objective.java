package dev.namaskar.train;

import dev.namaskar.losses.Loss;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.net.layers.Frames;

/** What training makes small. An instance belongs to one thread. */
public interface Objective {
    /**
     * The sum of the losses over a shard, and the gradient.
     *
     * @param out the network's output; modified: {@link Frames#gradients()} becomes {@code weight * dloss/dout}
     * @param shard the inputs' targets and context
     * @param weight what every target's gradient is multiplied with
     * @return the sum over the shard's targets, unweighted, added up in double
     */
    double compute(Frames out, Batch shard, double weight);

    /** The plain objective: a loss between output and targets. */
    static Objective of(Loss loss) {
        SequenceLoss sequenceLoss = new SequenceLoss(loss);
        return (out, shard, weight) -> sequenceLoss.compute(out, shard.asTargets(), weight);
    }
}
