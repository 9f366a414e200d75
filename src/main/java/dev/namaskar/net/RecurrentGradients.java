package dev.namaskar.net;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import java.util.Arrays;

/**
 * The gradients of a recurrent layer's weights, once the gradients of all gates at all steps are known: one product a
 * matrix over all steps and rows at once. A bias is a weight whose input is always 1.
 */
final class RecurrentGradients {
    private final PlacedRecurrent layer;
    private final Gemm gemm;
    private final int hidden;
    private final int order;
    private Mirror ones;
    private float[][] tokenSums = new float[0][0];
    private final float[] row;

    RecurrentGradients(PlacedRecurrent layer, Gemm gemm) {
        this.layer = layer;
        this.gemm = gemm;
        hidden = layer.spec.hidden();
        order = layer.cell.order();
        ones = gemm.mirror(new float[0]);
        row = new float[hidden];
    }

    /** Writes the layer's slots of {@code gradient}, on the heap. */
    void compute(Frames x, Mirror h, Mirror[] gates, Mirror[] hiddenSide, Mirror gradient) {
        int rows = x.steps() * x.batch();
        int start = order * x.batch() * hidden;
        reserveOnes(rows);
        for (int gate = 0; gate < gates.length; gate++) {
            if (layer.tokens) {
                sumByToken(
                        x.tokens(), rows, gates[gate].heap(), start, gradient.heap(), layer.inputWeights.block(gate));
            } else {
                int at = layer.inputWeights.block(gate);
                gemm.multiplyTransposed(x.width(), hidden, rows, x.value(), x.at(), gates[gate], start, gradient, at);
                gradient.pull(at, layer.inputWeights.blockSize());
            }
            for (int lag = 1; lag <= order; lag++) {
                int at = layer.recurrentWeights.get(lag - 1).block(gate);
                int past = start - lag * x.batch() * hidden;
                gemm.multiplyTransposed(hidden, hidden, rows, h, past, hiddenSide[gate], start, gradient, at);
                gradient.pull(at, hidden * hidden);
            }
            biases(gate, rows, start, gates, hiddenSide, gradient);
        }
    }

    private void biases(int gate, int rows, int start, Mirror[] gates, Mirror[] hiddenSide, Mirror gradient) {
        int inputAt = layer.inputBias.block(gate);
        int hiddenAt = layer.hiddenBias.block(gate);
        gemm.multiplyTransposed(1, hidden, rows, ones, 0, gates[gate], start, gradient, inputAt);
        gradient.pull(inputAt, hidden);
        if (layer.apart(gate)) {
            gemm.multiplyTransposed(1, hidden, rows, ones, 0, hiddenSide[gate], start, gradient, hiddenAt);
            gradient.pull(hiddenAt, hidden);
        } else {
            System.arraycopy(gradient.heap(), inputAt, gradient.heap(), hiddenAt, hidden);
        }
    }

    private void reserveOnes(int rows) {
        if (ones.heap().length < rows) {
            float[] filled = new float[rows];
            Arrays.fill(filled, 1);
            ones = gemm.mirror(filled);
            ones.push(0, rows);
        }
    }

    /** {@code dW[token] = sum of dgates over the places where the token stands}: a product with one-hot rows, unbuilt. */
    private void sumByToken(int[] tokens, int count, float[] gate, int start, float[] gradient, int to) {
        if (tokenSums.length == 0) {
            tokenSums = new float[layer.inputWidth][hidden];
        }
        for (float[] sum : tokenSums) {
            Arrays.fill(sum, 0);
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(gate, start + i * hidden, row, 0, hidden);
            addTo(tokenSums[tokens[i]]);
        }
        for (int token = 0; token < tokenSums.length; token++) {
            System.arraycopy(tokenSums[token], 0, gradient, to + token * hidden, hidden);
        }
    }

    private void addTo(float[] sum) {
        for (int j = 0; j < hidden; j++) {
            sum[j] += row[j];
        }
    }
}
