package dev.namaskar.net.energy;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.kernels.Weights;
import dev.namaskar.params.Params;
import dev.namaskar.params.Settings;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;

/**
 * The machine of a trained {@link Boltzmann} layer apart from its network: what its hidden units say, samples, and how
 * large Z is. Belongs to one thread.
 *
 * <p>Conditions are {@code [rows, visible + hidden]}: what is added to both biases, which the layers before a conditional
 * machine put out; zeros for a machine on its own.
 */
public final class BoltzmannMachine {
    private static final int MOST_ROWS = 1024;

    private final BlockGibbs gibbs;
    private final float[] visibleBias;
    private final float[] hiddenBias;

    /**
     * The machine with these parameters of a network.
     *
     * @throws IllegalArgumentException if the network has no Boltzmann layer
     */
    public BoltzmannMachine(Params params, GemmLibrary library) {
        Slot slot = params.layout().slot("boltzmann0.weight");
        Gemm gemm = library.open();
        Weights weight = gemm.weights(slot.rows(), slot.columns());
        weight.load(params.values(), slot.offset());
        Weights transposed = gemm.weights(slot.columns(), slot.rows());
        transposed.loadTransposed(params.values(), slot.offset());
        gibbs = new BlockGibbs(weight, transposed, gemm);
        visibleBias = params.get("boltzmann0.visible_bias");
        hiddenBias = params.get("boltzmann0.hidden_bias");
    }

    /** The probability that each hidden unit is on, {@code sigmoid(c + v' W)}: features of v, {@code [rows, hidden]}. */
    public float[] hidden(float... visible) {
        int rows = rows(visible, gibbs.visible, "visible units");
        gibbs.shape(rows);
        condition(new float[rows * (gibbs.visible + gibbs.hidden)], 0, rows, 1);
        System.arraycopy(visible, 0, gibbs.v.heap(), 0, visible.length);
        gibbs.tellHidden();
        float[] hidden = new float[rows * gibbs.hidden];
        System.arraycopy(gibbs.h.heap(), 0, hidden, 0, hidden.length);
        Elementary.sigmoid(hidden, hidden.length);
        return hidden;
    }

    /**
     * Goes so many steps of block Gibbs sampling on.
     *
     * @param visible {@code [rows, visible]}, where the steps begin; modified: where they end
     */
    public void sample(float[] visible, float[] conditions, int steps, long seed) {
        int rows = rows(visible, gibbs.visible, "visible units");
        gibbs.shape(rows);
        condition(conditions, 0, rows, 1);
        seed(seed, 0, rows);
        System.arraycopy(visible, 0, gibbs.v.heap(), 0, visible.length);
        for (int k = 0; k < steps; k++) {
            gibbs.tellHidden();
            gibbs.step(1);
        }
        System.arraycopy(gibbs.v.heap(), 0, visible, 0, visible.length);
    }

    /**
     * {@code log Z} of each row by annealed importance sampling (Neal 2001; Salakhutdinov and Murray 2008), so that {@code
     * log p(v) = -F(v) - log Z}. From a machine without weights, whose Z is known, to this one beta goes from 0 to 1,
     * {@code E = -b' v - beta (c' h + v' W h)}, a step of Gibbs sampling at each. Z is estimated without bias; its
     * logarithm comes out too small by about half the variance of the chains' logarithms, divided by their number.
     *
     * @param chains for each row
     * @param temperatures values of beta above 0
     */
    public double[] logPartition(float[] conditions, int chains, int temperatures, long seed) {
        Settings.require(chains >= 1, "chains", "1 or more", chains);
        Settings.require(temperatures >= 1, "temperatures", "1 or more", temperatures);
        int rows = rows(conditions, gibbs.visible + gibbs.hidden, "conditions");
        double[] logs = new double[rows];
        int block = Math.max(1, MOST_ROWS / chains);
        for (int from = 0; from < rows; from += block) {
            int count = Math.min(block, rows - from);
            double[] weights = anneal(conditions, from, count, chains, temperatures, seed);
            for (int row = 0; row < count; row++) {
                logs[from + row] = logOfMean(weights, row * chains, chains);
            }
        }
        return logs;
    }

    private double[] anneal(float[] conditions, int from, int count, int chains, int temperatures, long seed) {
        int rows = count * chains;
        gibbs.shape(rows);
        condition(conditions, from, rows, chains);
        seed(seed, from * chains, rows);
        double[] weights = new double[rows];
        for (int row = 0; row < rows; row++) {
            weights[row] = gibbs.hidden * Math.log(2);
            for (int i = row * gibbs.visible; i < (row + 1) * gibbs.visible; i++) {
                double b = gibbs.visibleBias[i];
                weights[row] += Math.max(0, b) + Math.log1p(Math.exp(-Math.abs(b)));
            }
        }
        double[] before = new double[rows];
        double[] now = new double[rows];
        gibbs.tellHidden();
        gibbs.step(0);
        for (int k = 1; k <= temperatures; k++) {
            gibbs.tellHidden();
            gibbs.softplus((k - 1f) / temperatures, before);
            gibbs.softplus((float) k / temperatures, now);
            for (int row = 0; row < rows; row++) {
                weights[row] += now[row] - before[row];
            }
            gibbs.step((float) k / temperatures);
        }
        return weights;
    }

    private static double logOfMean(double[] logs, int at, int count) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = at; i < at + count; i++) {
            most = Math.max(most, logs[i]);
        }
        double sum = 0;
        for (int i = at; i < at + count; i++) {
            sum += Math.exp(logs[i] - most);
        }
        return most + Math.log(sum / count);
    }

    /** Biases of rows, each condition for so many of them. */
    private void condition(float[] conditions, int from, int rows, int chains) {
        int width = gibbs.visible + gibbs.hidden;
        Settings.require(
                conditions.length >= (from + rows / chains) * width,
                "conditions",
                "[" + (from + rows / chains) + "," + width + "]",
                conditions.length);
        for (int row = 0; row < rows; row++) {
            int at = (from + row / chains) * width;
            for (int i = 0; i < gibbs.visible; i++) {
                gibbs.visibleBias[row * gibbs.visible + i] = visibleBias[i] + conditions[at + i];
            }
            for (int j = 0; j < gibbs.hidden; j++) {
                gibbs.hiddenBias[row * gibbs.hidden + j] = hiddenBias[j] + conditions[at + gibbs.visible + j];
            }
        }
    }

    private void seed(long seed, int first, int rows) {
        for (int row = 0; row < rows; row++) {
            gibbs.keys[row] = SplitMix64.mix(SplitMix64.mix(seed) + first + row);
        }
    }

    private static int rows(float[] values, int width, String what) {
        Settings.require(values.length % width == 0, what, "a multiple of " + width + " values", values.length);
        return values.length / width;
    }
}
