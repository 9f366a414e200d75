package dev.namaskar.losses;

import dev.namaskar.net.layers.Frames;
import java.util.Arrays;

/** A loss over all steps of all rows of a batch, padding left out. An instance belongs to one thread. */
public final class SequenceLoss {
    private final Loss loss;
    private float[] weights = new float[0];
    private double[] values = new double[0];

    /** The loss of each step. */
    public SequenceLoss(Loss loss) {
        this.loss = loss;
    }

    /** Real steps in these frames. */
    public static long realSteps(Frames out) {
        int[] lengths = out.lengths();
        return lengths == null
                ? (long) out.steps() * out.batch()
                : Arrays.stream(lengths).asLongStream().sum();
    }

    /**
     * The sum of the losses of all real steps, each times its target's weight where targets have weights, and the
     * gradient.
     *
     * @param out the network's output; modified: its gradients become {@code weight * dloss/dout}
     * @param targets indexed {@code t * B + b}
     * @param weight what every step's gradient is multiplied with: {@link Reduction#weight}; not 0, which marks padding
     * @return the sum, not multiplied with {@code weight}, added up in double
     * @throws IllegalArgumentException if there are too few targets, or one is no class
     */
    public double compute(Frames out, Targets targets, double weight) {
        if (!((float) weight != 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("expected a finite weight other than 0, found " + weight);
        }
        int rows = out.steps() * out.batch();
        targets.check(loss, out.steps(), out.batch(), out.width());
        if (weights.length < rows) {
            weights = new float[rows];
            values = new double[rows];
        }
        Arrays.fill(weights, 0, rows, (float) weight);
        int[] lengths = out.lengths();
        if (lengths != null) {
            for (int b = 0; b < out.batch(); b++) {
                for (int t = lengths[b]; t < out.steps(); t++) {
                    weights[t * out.batch() + b] = 0;
                }
            }
        }
        if (targets.weights() != null) {
            return weighted(out, targets, rows);
        }
        loss.compute(out.values(), out.gradients(), out.at(), rows, out.width(), targets, 0, weights, values);
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += values[row];
        }
        return sum;
    }

    private double weighted(Frames out, Targets targets, int rows) {
        for (int row = 0; row < rows; row++) {
            if (weights[row] != 0) {
                weights[row] *= targets.weight(row);
            }
        }
        loss.compute(out.values(), out.gradients(), out.at(), rows, out.width(), targets, 0, weights, values);
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            if (weights[row] != 0) {
                sum += targets.weight(row) * values[row];
            }
        }
        return sum;
    }
}
