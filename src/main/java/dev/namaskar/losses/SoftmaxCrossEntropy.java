package dev.namaskar.losses;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.kernels.Reductions;

/**
 * Cross entropy of one right class, from logits y: {@code log(sum_j e^{y_j}) - y_target}, in nats; its gradient is
 * {@code softmax(y) - onehot(target)}.
 *
 * <p>With label smoothing s (Szegedy et al. 2016) the right class is right by {@code 1 - s} alone, and all V classes share
 * the rest: {@code log(sum_j e^{y_j}) - (1 - s) y_target - s mean(y)}, and {@code softmax(y) - (1 - s) onehot(target) - s/V}.
 */
public final class SoftmaxCrossEntropy implements Loss {
    /** Rows are worked on in blocks that stay in the first-level cache. */
    private static final int BLOCK = 2048;

    private final float smoothing;
    private float[] exps = new float[0];
    private float[] powers = new float[0];

    /** Without smoothing. */
    public SoftmaxCrossEntropy() {
        this(0);
    }

    /** With label smoothing, at least 0 and below 1. */
    public SoftmaxCrossEntropy(double smoothing) {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "expected label smoothing of at least 0 and below 1, found " + smoothing);
        }
        this.smoothing = (float) smoothing;
    }

    @Override
    public String name() {
        return "softmax_cross_entropy";
    }

    @Override
    public boolean wantsClasses() {
        return true;
    }

    @Override
    public int targetWidth(int outputWidth) {
        return 1;
    }

    @Override
    public void compute(
            float[] y,
            float[] dy,
            int at,
            int rows,
            int width,
            Targets targets,
            int firstRow,
            float[] weights,
            double[] values) {
        int blockRows = Math.max(1, BLOCK / width);
        if (exps.length < blockRows * width) {
            exps = new float[blockRows * width];
            powers = new float[blockRows * width];
        }
        for (int row = 0; row < rows; row += blockRows) {
            int count = Math.min(blockRows, rows - row);
            int from = at + row * width;
            block(y, dy, from, count, width, targets, firstRow + row, weights, values);
        }
    }

    private void block(
            float[] y,
            float[] dy,
            int at,
            int rows,
            int width,
            Targets targets,
            int firstRow,
            float[] weights,
            double[] values) {
        System.arraycopy(y, at, exps, 0, rows * width);
        for (int row = 0; row < rows; row++) {
            int target = weights[firstRow + row] == 0 ? 0 : targets.classOf(firstRow + row, width);
            float max = subtractMax(row * width, width);
            values[firstRow + row] = (double) max - y[at + row * width + target];
            if (smoothing > 0) {
                values[firstRow + row] += smoothing * awayFromMean(y, at + row * width, width, target);
            }
        }
        Elementary.expOfNegative(exps, powers, rows * width);
        for (int row = 0; row < rows; row++) {
            int from = row * width;
            float sum = Reductions.sum(exps, from, from + width);
            float weight = weights[firstRow + row];
            float scale = weight / sum;
            for (int j = from; j < from + width; j++) {
                exps[j] *= scale;
            }
            if (weight == 0) {
                java.util.Arrays.fill(exps, from, from + width, 0);
                values[firstRow + row] = 0;
            } else {
                smooth(from, width, weight);
                exps[from + targets.classOf(firstRow + row, width)] -= weight * (1 - smoothing);
                values[firstRow + row] += Math.log(sum);
            }
        }
        System.arraycopy(exps, 0, dy, at, rows * width);
    }

    private void smooth(int from, int width, float weight) {
        if (smoothing > 0) {
            float share = weight * smoothing / width;
            for (int j = from; j < from + width; j++) {
                exps[j] -= share;
            }
        }
    }

    /** {@code y_target - mean(y)}. */
    private static double awayFromMean(float[] y, int from, int width, int target) {
        double sum = 0;
        for (int j = from; j < from + width; j++) {
            sum += y[j];
        }
        return y[from + target] - sum / width;
    }

    private float subtractMax(int from, int width) {
        float max = Reductions.max(exps, from, from + width);
        for (int j = from; j < from + width; j++) {
            exps[j] -= max;
        }
        return max;
    }
}
