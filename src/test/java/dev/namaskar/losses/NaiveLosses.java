package dev.namaskar.losses;

import org.jspecify.annotations.Nullable;

/** The losses once more, in double, an output at a time. */
public final class NaiveLosses {
    private static final double[] QUANTILES = {0.1f, 0.5f, 0.9f};

    private NaiveLosses() {}

    /**
     * The mean over all real rows, weighted where targets have weights.
     *
     * @param y {@code [T,B,width]}
     * @param lengths real steps of each row, or null
     */
    public static double mean(
            String name, double[] y, int width, Targets targets, int batch, int @Nullable [] lengths) {
        double sum = 0;
        double count = 0;
        float[] weights = targets.weights();
        for (int row = 0; row < y.length / width; row++) {
            if (lengths == null || row / batch < lengths[row % batch]) {
                double weight = weights == null ? 1 : weights[row];
                sum += weight * row(name, y, row, width, targets);
                count += weight;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** The loss of one row. */
    public static double row(String name, double[] y, int row, int width, Targets targets) {
        if (name.equals("softmax_cross_entropy")) {
            return softmax(y, row, width, targets.classes()[row]);
        }
        double sum = 0;
        for (int j = 0; j < width; j++) {
            double output = y[row * width + j];
            float[] values = targets.values();
            double target = name.equals("quantile")
                    ? values[row * (width / QUANTILES.length) + j / QUANTILES.length]
                    : values[row * width + j];
            sum += switch (name) {
                case "sigmoid_cross_entropy" -> sigmoid(output, target);
                case "squared_error" -> (output - target) * (output - target);
                case "absolute_error" -> Math.abs(output - target);
                case "huber" -> huber(Math.abs(output - target));
                case "perceptron" -> output > 0 ? (1 - target) * output : -target * output;
                case "energy" -> output;
                case "quantile" -> pinball(target - output, QUANTILES[j % QUANTILES.length]);
                default -> throw new AssertionError("no naive form of the loss " + name);
            };
        }
        return sum / width;
    }

    private static double softmax(double[] y, int row, int width, int target) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < width; j++) {
            max = Math.max(max, y[row * width + j]);
        }
        double sum = 0;
        for (int j = 0; j < width; j++) {
            sum += StrictMath.exp(y[row * width + j] - max);
        }
        return max + StrictMath.log(sum) - y[row * width + target];
    }

    /** {@code -target log p - (1 - target) log(1 - p)} with p = sigmoid(y), the logarithms taken of y itself. */
    private static double sigmoid(double y, double target) {
        double logP = y < 0 ? y - StrictMath.log1p(StrictMath.exp(y)) : -StrictMath.log1p(StrictMath.exp(-y));
        double logNotP = logP - y;
        return -target * logP - (1 - target) * logNotP;
    }

    private static double huber(double distance) {
        return distance <= 1 ? distance * distance / 2 : distance - 0.5;
    }

    private static double pinball(double e, double q) {
        return e >= 0 ? q * e : (q - 1) * e;
    }
}
