package dev.namaskar.net.recurrent;

import dev.namaskar.cells.Step;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.kernels.RowSums;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.params.Slot;
import java.util.Arrays;

/**
 * The gradients of a recurrent layer's weights, added up window by window as the gates' gradients become known: one
 * product a matrix over all steps and rows of the window.
 */
final class RecurrentGradients {
    private final PlacedRecurrent layer;
    private final Gemm gemm;
    private final int hidden;
    private final int order;
    /** Lags that a matrix product carries: all, or none. */
    private final int products;

    private final int gates;
    private final RowSums rowSums;
    /** By gate and token. */
    private final float[][][] tokenSums;

    private final float[] row;

    RecurrentGradients(PlacedRecurrent layer, Gemm gemm) {
        this.layer = layer;
        this.gemm = gemm;
        hidden = layer.spec.hidden();
        order = layer.cell.order();
        products = layer.recurrentWeights.size();
        gates = layer.cell.gates();
        rowSums = new RowSums(gemm);
        tokenSums = new float[layer.tokens ? gates : 0][][];
        row = new float[hidden];
    }

    /**
     * Adds one window's share.
     *
     * @param h the hidden states as recurrent products read them
     * @param steps the layer's steps, the first {@code order} of them before the sequence
     * @param first the window's first step in the sequence
     * @param count steps in the window
     * @param begins whether this is the first window to come, which overwrites instead of adding
     * @param gradient modified: the twin, until {@link #finish} brings all home
     */
    void add(
            Frames x,
            Mirror h,
            GateWindow window,
            Step[] steps,
            int first,
            int count,
            boolean begins,
            Mirror gradient) {
        int rows = count * x.batch();
        float beta = begins ? 0 : 1;
        Mirror gate = window.memory();
        for (int g = 0; g < gates; g++) {
            if (layer.tokens) {
                sumByToken(x, steps, first, count, g, begins);
            } else {
                int from = x.at() + first * x.batch() * x.width();
                int to = layer.inputWeights.block(g);
                gemm.multiplyTransposed(
                        x.width(), hidden, rows, x.value(), from, gate, window.at(g, 0), beta, gradient, to);
            }
            for (int lag = 1; lag <= products; lag++) {
                int from = (order + first - lag) * x.batch() * hidden;
                int to = layer.recurrentWeights.get(lag - 1).block(g);
                gemm.multiplyTransposed(hidden, hidden, rows, h, from, gate, window.hiddenAt(g, 0), beta, gradient, to);
            }
            rowSums.sum(gate, window.at(g, 0), rows, hidden, beta, gradient, layer.inputBias.block(g));
            if (layer.hiddenBias != null && layer.apart(g)) {
                rowSums.sum(gate, window.hiddenAt(g, 0), rows, hidden, beta, gradient, layer.hiddenBias.block(g));
            }
        }
    }

    /** {@code dW[token] = sum of dgates over the places where the token stands}: a product with one-hot rows, unbuilt. */
    private void sumByToken(Frames x, Step[] steps, int first, int count, int gate, boolean begins) {
        if (begins) {
            clearTokenSums(gate);
        }
        for (int t = first; t < first + count; t++) {
            float[] gradients = steps[order + t].gates[gate];
            for (int b = 0; b < x.batch(); b++) {
                System.arraycopy(gradients, b * hidden, row, 0, hidden);
                addRowTo(tokenSums[gate][x.tokens()[t * x.batch() + b]]);
            }
        }
    }

    private void clearTokenSums(int gate) {
        if (tokenSums[gate] == null) {
            tokenSums[gate] = new float[layer.inputWidth][hidden];
        }
        for (float[] sum : tokenSums[gate]) {
            Arrays.fill(sum, 0);
        }
    }

    private void sumOverRows(float[][] dVectors, int size, float[] to, Slot slot) {
        Arrays.fill(to, slot.offset(), slot.end(), 0);
        for (int k = 0; k < dVectors.length; k++) {
            for (int at = 0; at < size; at += hidden) {
                for (int j = 0; j < hidden; j++) {
                    to[slot.block(k) + j] += dVectors[k][at + j];
                }
            }
        }
    }

    private void addRowTo(float[] sum) {
        for (int j = 0; j < hidden; j++) {
            sum[j] += row[j];
        }
    }

    /**
     * Puts the sums on the heap: writes the layer's slots of {@code gradient}.
     *
     * @param dVectors gradients of the cell's own vectors, {@code [vectors, B * H]}
     */
    void finish(Mirror gradient, float[][] dVectors, int size) {
        float[] home = gradient.heap();
        if (layer.vectors != null) {
            sumOverRows(dVectors, size, home, layer.vectors);
        }
        for (int g = 0; g < gates; g++) {
            int at = layer.inputWeights.block(g);
            if (layer.tokens) {
                for (float[] sum : tokenSums[g]) {
                    System.arraycopy(sum, 0, home, at, hidden);
                    at += hidden;
                }
            } else {
                gradient.pull(at, layer.inputWeights.blockSize());
            }
            for (int lag = 1; lag <= products; lag++) {
                gradient.pull(layer.recurrentWeights.get(lag - 1).block(g), hidden * hidden);
            }
            int biasAt = layer.inputBias.block(g);
            gradient.pull(biasAt, hidden);
            if (layer.hiddenBias == null) {
                continue;
            }
            if (layer.apart(g)) {
                gradient.pull(layer.hiddenBias.block(g), hidden);
            } else {
                System.arraycopy(home, biasAt, home, layer.hiddenBias.block(g), hidden);
            }
        }
    }
}
