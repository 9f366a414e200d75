package dev.namaskar.net.energy;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.kernels.Weights;
import dev.namaskar.params.SplitMix64;

/**
 * Rows of machines over the same weights, each with biases of its own and a stream of random numbers of its own: all
 * hidden units are drawn given the visible ones, then all visible ones given those.
 */
final class BlockGibbs {
    /** Factors below 2 that a double holds the product of. */
    private static final int FACTORS = 1000;

    final int visible;
    final int hidden;
    /** {@code [rows, visible]} and {@code [rows, hidden]}. */
    float[] visibleBias = new float[0];

    float[] hiddenBias = new float[0];
    /** Visible units {@code [rows, visible]}. */
    Mirror v;
    /** What hidden units are told, {@code c + v' W}, or their values {@code [rows, hidden]}. */
    Mirror h;
    /** Where each row's random numbers begin. */
    long[] keys = new long[0];

    private final Gemm gemm;
    private final Weights weight;
    private final Weights transposed;
    private int rows;
    private long drawn;
    private float[] exponentials = new float[0];
    private float[] powers = new float[0];

    BlockGibbs(Weights weight, Weights transposed, Gemm gemm) {
        this.gemm = gemm;
        this.weight = weight;
        this.transposed = transposed;
        visible = weight.rows();
        hidden = weight.columns();
        v = gemm.mirror(0);
        h = v;
    }

    int rows() {
        return rows;
    }

    /** Makes room for so many rows, and lets random numbers begin anew. */
    void shape(int newRows) {
        rows = newRows;
        drawn = 0;
        if (keys.length < rows) {
            keys = new long[rows];
            visibleBias = new float[rows * visible];
            hiddenBias = new float[rows * hidden];
            v = gemm.mirror(rows * visible);
            h = gemm.mirror(rows * hidden);
            exponentials = new float[rows * hidden];
            powers = new float[rows * hidden];
        }
    }

    /** {@code h = c + v' W}. */
    void tellHidden() {
        v.push(0, rows * visible);
        h.write(hiddenBias, 0, 0, rows * hidden);
        gemm.multiply(rows, v, 0, weight, 1, h, 0);
        h.pull(0, rows * hidden);
    }

    /** From what hidden units were told to a sample of visible ones; the energy is multiplied with beta but for b' v. */
    void step(float beta) {
        scale(h.heap(), rows * hidden, beta);
        draw(h, hidden, beta);
        v.write(visibleBias, 0, 0, rows * visible);
        gemm.multiply(rows, h, 0, transposed, 1, v, 0);
        v.pull(0, rows * visible);
        draw(v, visible, 1);
    }

    private static void scale(float[] values, int size, float factor) {
        for (int i = 0; factor != 1 && i < size; i++) {
            values[i] *= factor;
        }
    }

    /** Each unit is {@code on} with the probability that it was told, else 0. */
    private void draw(Mirror told, int width, float on) {
        float[] units = told.heap();
        Elementary.sigmoid(units, rows * width);
        for (int row = 0; row < rows; row++) {
            long key = keys[row] + drawn * SplitMix64.GOLDEN_GAMMA;
            for (int j = 0; j < width; j++) {
                float random = (SplitMix64.mix(key + j * SplitMix64.GOLDEN_GAMMA) >>> 40) * 0x1p-24f;
                int at = row * width + j;
                units[at] = random < units[at] ? on : 0;
            }
        }
        drawn += width;
        told.push(0, rows * width);
    }

    /** {@code sum_j log(1 + e^(beta h_j))} of each row, written; h is what hidden units were told. */
    void softplus(float beta, double[] sums) {
        float[] told = h.heap();
        for (int i = 0; i < rows * hidden; i++) {
            exponentials[i] = -Math.abs(beta * told[i]);
        }
        Elementary.expOfNegative(exponentials, powers, rows * hidden);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            double product = 1;
            for (int j = 0; j < hidden; j++) {
                sum += Math.max(0, beta * told[row * hidden + j]);
                product *= 1 + exponentials[row * hidden + j];
                if (j % FACTORS == FACTORS - 1) {
                    sum += Math.log(product);
                    product = 1;
                }
            }
            sums[row] = sum + Math.log(product);
        }
    }

    /** Free energy of each row, written; h is what hidden units were told. */
    void freeEnergy(double[] energies) {
        softplus(1, energies);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = row * visible; i < (row + 1) * visible; i++) {
                sum += visibleBias[i] * v.heap()[i];
            }
            energies[row] = -sum - energies[row];
        }
    }
}
