package dev.namaskar.series.network;

import dev.namaskar.net.layers.Frames;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.interval.Spread;
import dev.namaskar.train.Objective;
import dev.namaskar.train.batch.Batch;

/**
 * What the network's outputs mean, and how far off they are.
 *
 * <p>For each step h the network says a residual {@code r}, a gate logit {@code g_k} for each of K starts
 * {@code s_k} (past values one season ago, carried to the window's scale), and a logit for each side of each of L
 * intervals:
 *
 * <pre>{@code
 * median   m   = r + sum_k softmax(g)_k s_k
 * lower    lo_l = m - u sum_{j <= l} softplus(a_j)
 * upper    hi_l = m + u sum_{j <= l} softplus(b_j)
 * }</pre>
 *
 * <p>Steps add up from the middle outwards, so quantiles can not cross; {@code u} is the window's own mean seasonal
 * difference. The loss of a row is the mean over its steps of
 *
 * <pre>{@code
 * |y - m| w + c mean_q 2 max(q (y - f_q), (q - 1)(y - f_q)) / u
 * }</pre>
 *
 * <p>with {@code w = 2 / (|m - o| + |y - o|)} for the symmetric relative error ({@code o}: where zero lies) or
 * {@code w = 1 / u} for the scaled one.
 *
 * @param horizon H
 * @param levels L
 * @param starts K
 * @param scaled whether the residual is said in units of u
 */
public record SeasonalHead(int horizon, int levels, int starts, boolean scaled) {
    /** What a relative error counts against the interval ends' scaled errors: they are about thirty times as large. */
    private static final double RELATIVE_SHARE = 0.03;

    private static final double SCALED_SHARE = 0.25;
    private static final double LEAST_SIZE = 1e-6;

    /** The head of a forecaster's network. */
    public static SeasonalHead of(ForecastSpec spec) {
        return new SeasonalHead(
                spec.horizon(),
                spec.levels().length,
                spec.starts().size(),
                !spec.methods().isEmpty());
    }

    /** Outputs of the network: {@code [1 + 2L + K, H]}; a single skip needs no gate. */
    public int outputs() {
        return horizon * (gateBlock() + (starts > 1 ? starts : 0));
    }

    private int gateBlock() {
        return 1 + 2 * levels;
    }

    /** Values a row of context: {@code [K, H]} starts, then u, then o (not a number for the scaled error). */
    int contextWidth() {
        return starts * horizon + 2;
    }

    /** The unit of spread of a row that begins there. */
    double unit(float[] context, int contextAt) {
        return context[contextAt + starts * horizon];
    }

    /** Room for one row. */
    final class Row {
        /** Quantiles {@code [2L + 1, H]}, from the lowest up. */
        final double[][] quantiles = new double[2 * levels + 1][horizon];

        private final double[] gates = new double[starts];

        /** Reads one row of output against its context. */
        void forward(float[] out, int at, float[] context, int contextAt) {
            double unit = unit(context, contextAt);
            for (int h = 0; h < horizon; h++) {
                quantiles[levels][h] = median(out, at, context, contextAt, h);
                for (int l = 1; l <= levels; l++) {
                    quantiles[levels - l][h] = quantiles[levels - l + 1][h] - unit * softplus(out[lower(at, l, h)]);
                    quantiles[levels + l][h] = quantiles[levels + l - 1][h] + unit * softplus(out[upper(at, l, h)]);
                }
            }
        }

        /** The median of a step alone. */
        double median(float[] out, int at, float[] context, int contextAt, int h) {
            softmax(out, at, h);
            double middle = residual(out, at, context, contextAt, h);
            for (int k = 0; k < starts; k++) {
                middle += gates[k] * context[contextAt + k * horizon + h];
            }
            return middle;
        }

        /** What a row of output trusts each skip with at a step, {@code [K]}. */
        double[] gates(float[] out, int at, int h) {
            softmax(out, at, h);
            return gates.clone();
        }

        /** What is added to the mix of the starts at a step, on the window's scale. */
        double residual(float[] out, int at, float[] context, int contextAt, int h) {
            return scaled ? unit(context, contextAt) * out[at + h] : out[at + h];
        }

        /**
         * The gradient with respect to the outputs.
         *
         * @param dQuantiles gradient with respect to {@link #quantiles}
         * @param dOut written, indexed as {@code out} is
         */
        void backward(
                float[] out,
                float[] dOut,
                int at,
                float[] context,
                int contextAt,
                double[][] dQuantiles,
                double weight) {
            double unit = unit(context, contextAt);
            for (int h = 0; h < horizon; h++) {
                softmax(out, at, h);
                double below = 0;
                double above = 0;
                for (int l = levels; l >= 1; l--) {
                    below += dQuantiles[levels - l][h];
                    above += dQuantiles[levels + l][h];
                    int low = lower(at, l, h);
                    int high = upper(at, l, h);
                    dOut[low] = (float) (-weight * unit * sigmoid(out[low]) * below);
                    dOut[high] = (float) (weight * unit * sigmoid(out[high]) * above);
                }
                double middle = weight * (dQuantiles[levels][h] + below + above);
                dOut[at + h] = (float) (scaled ? unit * middle : middle);
                gateGradient(dOut, at, context, contextAt, h, middle);
            }
        }

        /** {@code dg_k = dm w_k (s_k - sum_j w_j s_j)}. */
        private void gateGradient(float[] dOut, int at, float[] context, int contextAt, int h, double dMiddle) {
            if (starts < 2) {
                return;
            }
            double mix = 0;
            for (int k = 0; k < starts; k++) {
                mix += gates[k] * context[contextAt + k * horizon + h];
            }
            for (int k = 0; k < starts; k++) {
                double skip = context[contextAt + k * horizon + h];
                dOut[gate(at, k, h)] = (float) (dMiddle * gates[k] * (skip - mix));
            }
        }

        private void softmax(float[] out, int at, int h) {
            if (starts == 1) {
                gates[0] = 1;
            }
            if (starts < 2) {
                return;
            }
            double top = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < starts; k++) {
                top = Math.max(top, out[gate(at, k, h)]);
            }
            double sum = 0;
            for (int k = 0; k < starts; k++) {
                gates[k] = Math.exp(out[gate(at, k, h)] - top);
                sum += gates[k];
            }
            for (int k = 0; k < starts; k++) {
                gates[k] /= sum;
            }
        }
    }

    private int lower(int at, int level, int h) {
        return at + (2 * level - 1) * horizon + h;
    }

    private int upper(int at, int level, int h) {
        return at + 2 * level * horizon + h;
    }

    /** Where a skip's gate at a step stands in a row of output that begins at {@code at}. */
    public int gate(int at, int skip, int h) {
        return at + (gateBlock() + skip) * horizon + h;
    }

    /**
     * Biases whose quantiles lie where those of a season repeated by chance do: {@code z_l} deviations of seasonal moves,
     * growing with the root of the seasons ahead. Widths learned from nothing take thousands of steps.
     *
     * @param bias written, the intervals' part of a row of output that begins at {@code at}
     * @param z of each level
     */
    public void widths(float[] bias, int at, double[] z, int season) {
        for (int h = 0; h < horizon; h++) {
            double deviation = Spread.NORMAL * Math.sqrt(h / season + 1);
            for (int l = 1; l <= levels; l++) {
                double step = deviation * (z[l - 1] - (l == 1 ? 0 : z[l - 2]));
                float logit = (float) Math.log(Math.expm1(step));
                bias[lower(at, l, h)] = logit;
                bias[upper(at, l, h)] = logit;
            }
        }
    }

    private static double softplus(double x) {
        return x > 30 ? x : Math.log1p(Math.exp(x));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /**
     * The loss of one row, unweighted; steps whose target is missing count as zero.
     *
     * @param quantiles {@code [2L + 1, H]}
     * @param probabilities of the quantiles, {@code [2L + 1]}
     * @param dQuantiles written: the gradient
     */
    double loss(
            double[][] quantiles,
            double[] probabilities,
            float[] targets,
            int targetAt,
            float[] context,
            int contextAt,
            double[][] dQuantiles) {
        double unit = unit(context, contextAt);
        double zero = context[contextAt + starts * horizon + 1];
        boolean relative = !Double.isNaN(zero);
        double share = levels == 0 ? 0 : (relative ? RELATIVE_SHARE : SCALED_SHARE) / (levels * unit);
        double sum = 0;
        for (int h = 0; h < horizon; h++) {
            double y = targets[targetAt + h];
            if (Double.isNaN(y)) {
                for (double[] dQuantile : dQuantiles) {
                    dQuantile[h] = 0;
                }
                continue;
            }
            for (int q = 0; q < probabilities.length; q++) {
                double error = y - quantiles[q][h];
                double slope = error > 0 ? probabilities[q] : error < 0 ? probabilities[q] - 1 : 0;
                double weight = share;
                double weightSlope = 0;
                if (q == levels) {
                    double size = Math.abs(quantiles[q][h] - zero) + Math.abs(y - zero) + LEAST_SIZE;
                    weight = relative ? 4 / size : 2 / unit;
                    weightSlope = relative ? -weight / size * Math.signum(quantiles[q][h] - zero) : 0;
                }
                sum += weight * slope * error;
                dQuantiles[q][h] = (weightSlope * slope * error - weight * slope) / horizon;
            }
        }
        return sum / horizon;
    }

    /** The objective over shards whose context holds starts, unit and zero; belongs to one thread. */
    public Objective objective(double[] intervalLevels) {
        double[] probabilities = probabilities(intervalLevels);
        Row row = new Row();
        double[][] dQuantiles = new double[probabilities.length][horizon];
        return (Frames out, Batch shard, double weight) -> {
            double sum = 0;
            for (int b = 0; b < shard.rows(); b++) {
                int at = out.at() + b * out.width();
                int contextAt = b * contextWidth();
                row.forward(out.values(), at, shard.context, contextAt);
                sum += loss(
                        row.quantiles, probabilities, shard.targets, b * horizon, shard.context, contextAt, dQuantiles);
                row.backward(out.values(), out.gradients(), at, shard.context, contextAt, dQuantiles, weight);
            }
            return sum;
        };
    }

    /** The quantiles' probabilities: lower ends from the widest in, one half, upper ends outwards. */
    static double[] probabilities(double[] levels) {
        double[] all = new double[2 * levels.length + 1];
        all[levels.length] = 0.5;
        for (int l = 0; l < levels.length; l++) {
            all[levels.length - 1 - l] = (1 - levels[l]) / 2;
            all[levels.length + 1 + l] = (1 + levels[l]) / 2;
        }
        return all;
    }
}
