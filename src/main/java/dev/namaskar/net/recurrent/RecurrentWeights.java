package dev.namaskar.net.recurrent;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Weights;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.params.Slot;

/** A recurrent layer's weights, gate by gate, ready for products; biases already joined to what they are added to. */
final class RecurrentWeights implements SharedWeights {
    private final PlacedRecurrent layer;

    /** Input weights {@code [in,H]} by gate, and their transposes; empty where the input is tokens. */
    final Weights[] input;

    final Weights[] inputTransposed;
    /** Recurrent weights {@code [H,H]} by lag and gate, and their transposes. */
    final Weights[][] recurrent;

    final Weights[][] recurrentTransposed;
    /** What a gate gets before any product: both biases, or the input's alone where the hidden product is apart. */
    final float[][] bias;
    /** The candidate's hidden bias where it is apart; else empty. */
    final float[] candidateBias;
    /** By gate: a row for each token, its input weights plus the bias; empty where the input is values. */
    final float[][] table;

    /** The cell's own vectors, as they are learned and as steps read them, {@code [.., H]}. */
    private final float[][] learned;

    float[][] vectors = new float[0][];

    RecurrentWeights(PlacedRecurrent layer, Gemm gemm) {
        this.layer = layer;
        int gates = layer.cell.gates();
        int hidden = layer.spec.hidden();
        int in = layer.inputWidth;
        int products = layer.tokens ? 0 : gates;
        input = new Weights[products];
        inputTransposed = new Weights[products];
        for (int gate = 0; gate < products; gate++) {
            input[gate] = gemm.weights(in, hidden);
            inputTransposed[gate] = gemm.weights(hidden, in);
        }
        recurrent = new Weights[layer.recurrentWeights.size()][gates];
        recurrentTransposed = new Weights[layer.recurrentWeights.size()][gates];
        learned = new float[layer.cell.vectors()][hidden];
        for (int lag = 0; lag < recurrent.length; lag++) {
            for (int gate = 0; gate < gates; gate++) {
                recurrent[lag][gate] = gemm.stepWeights(hidden, hidden);
                recurrentTransposed[lag][gate] = gemm.stepWeights(hidden, hidden);
            }
        }
        bias = new float[gates][hidden];
        candidateBias = new float[layer.cell.candidateApart() ? hidden : 0];
        table = layer.tokens ? new float[gates][Math.multiplyExact(in, hidden)] : new float[0][0];
    }

    @Override
    public int parts() {
        return layer.cell.gates();
    }

    @Override
    public void load(float[] values, int gate, boolean training) {
        loadBias(values, gate);
        if (gate == 0 && layer.vectors != null) {
            loadVectors(values, layer.vectors);
        }
        int inputAt = layer.inputWeights.block(gate);
        if (layer.tokens) {
            loadTable(values, gate, inputAt);
        } else {
            input[gate].load(values, inputAt);
            if (training) {
                inputTransposed[gate].loadTransposed(values, inputAt);
            }
        }
        for (int lag = 0; lag < recurrent.length; lag++) {
            int at = layer.recurrentWeights.get(lag).block(gate);
            recurrent[lag][gate].load(values, at);
            if (training) {
                recurrentTransposed[lag][gate].loadTransposed(values, at);
            }
        }
    }

    private void loadVectors(float[] values, Slot slot) {
        for (int k = 0; k < learned.length; k++) {
            System.arraycopy(values, slot.block(k), learned[k], 0, learned[k].length);
        }
        vectors = layer.cell.prepare(learned);
    }

    private void loadBias(float[] values, int gate) {
        int hidden = layer.spec.hidden();
        float[] sum = bias[gate];
        System.arraycopy(values, layer.inputBias.block(gate), sum, 0, hidden);
        if (layer.hiddenBias == null) {
            return;
        }
        int hiddenAt = layer.hiddenBias.block(gate);
        if (layer.apart(gate)) {
            System.arraycopy(values, hiddenAt, candidateBias, 0, hidden);
        } else {
            for (int j = 0; j < hidden; j++) {
                sum[j] += values[hiddenAt + j];
            }
        }
    }

    private void loadTable(float[] values, int gate, int inputAt) {
        int hidden = layer.spec.hidden();
        float[] rows = table[gate];
        float[] sum = bias[gate];
        System.arraycopy(values, inputAt, rows, 0, rows.length);
        for (int row = 0; row < rows.length; row += hidden) {
            for (int j = 0; j < hidden; j++) {
                rows[row + j] += sum[j];
            }
        }
    }
}
