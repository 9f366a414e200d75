package dev.namaskar.net;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Unrolled;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import java.util.Arrays;

/**
 * The one loop over time. Forward, the input products of all steps come first, then for each step
 *
 * <pre>{@code
 * gates_t = x_t W_ih + b + sum_{j=1..k} h_{t-j} W_hh^(j),   h_t = cell(gates_t)
 * }</pre>
 *
 * backward the same in reverse order, {@code dh_t = dOut_t + sum_j dgates_{t+j} W_hh^(j)'}, and then one product each
 * for the weights: the gradient of a shared weight is the sum over its uses.
 *
 * <p>All arrays are {@code [order + T, B, H]}; the first {@code order} steps hold the initial state. A row that is
 * shorter than T puts out zeros after its last step, and neither its state nor any gradient sees the padding.
 */
final class RecurrentStage extends Stage {
    private final PlacedRecurrent layer;
    private final RecurrentWeights weights;
    private final Gemm gemm;
    private final Cell cell;
    private final int hidden;
    private final int order;
    private final Frames out;
    private final RecurrentGradients gradients;

    private Unrolled u;
    private Mirror h;
    private Mirror dh;
    /** Where a gate's pre-activation and gradient pass to and from the products. */
    private Mirror[] gates;
    /** Where a gate's hidden product goes: the gate itself, or the candidate kept apart. */
    private Mirror[] hiddenSide;

    private float[][] biasSteps = new float[0][0];
    private float[] candidateBiasStep = new float[0];

    RecurrentStage(PlacedRecurrent layer, RecurrentWeights weights, Gemm gemm) {
        this.layer = layer;
        this.weights = weights;
        this.gemm = gemm;
        cell = layer.cell;
        hidden = layer.spec.hidden();
        order = cell.order();
        out = new Frames(hidden);
        gradients = new RecurrentGradients(layer, gemm);
        u = new Unrolled(cell, 0);
        h = gemm.mirror(u.h);
        dh = gemm.mirror(u.dh);
        gates = new Mirror[0];
        hiddenSide = gates;
    }

    @Override
    Frames forward(Frames x, Call call) {
        int steps = x.steps();
        int batch = x.batch();
        int step = batch * hidden;
        // one step more than none: what is carried into a first step stands there
        reserve(Math.multiplyExact(order + Math.max(1, steps), step));
        out.shape(steps, batch, x.lengths()).over(h, dh, order * step);
        start(call.initial(), step);
        inputProducts(x, steps, step);
        for (int t = 0; t < steps; t++) {
            int at = (order + t) * step;
            hiddenProducts(batch, at, step);
            cell.forward(u, at, at + step);
            zeroPadding(x.lengths(), t, at, u.h);
            h.push(at, step);
            if (cell.carries() && t + 1 < steps) {
                System.arraycopy(cell.hasCarry() ? u.c : u.h, at, u.previous, at + step, step);
            }
        }
        finish(x, call);
        return out;
    }

    private void reserve(int size) {
        if (u.h.length >= size) {
            return;
        }
        u = new Unrolled(cell, size);
        h = gemm.mirror(u.h);
        dh = gemm.mirror(u.dh);
        gates = new Mirror[cell.gates()];
        hiddenSide = new Mirror[cell.gates()];
        for (int gate = 0; gate < gates.length; gate++) {
            gates[gate] = gemm.mirror(u.gates[gate]);
            hiddenSide[gate] = layer.apart(gate) ? gemm.mirror(u.candidate) : gates[gate];
        }
    }

    /** Puts the initial state in front of the sequence. */
    private void start(State initial, int step) {
        for (int i = 0; i < order; i++) {
            System.arraycopy(initial.values(), initial.at(layer.past.get(i)), u.h, i * step, step);
        }
        h.push(0, order * step);
        if (cell.carries()) {
            System.arraycopy(initial.values(), initial.at(layer.carry), u.previous, order * step, step);
        }
    }

    /** {@code gates = x W_ih + b} for all steps; a token's product is a row of a table that holds the bias already. */
    private void inputProducts(Frames x, int steps, int step) {
        int start = order * step;
        if (layer.tokens) {
            gatherRows(x.tokens(), steps * x.batch(), start);
        } else {
            repeatBiases(x.batch());
            for (int gate = 0; gate < gates.length; gate++) {
                for (int t = 0; t < steps; t++) {
                    gates[gate].write(biasSteps[gate], 0, start + t * step, step);
                }
                gemm.multiply(steps * x.batch(), x.value(), x.at(), weights.input[gate], 1, gates[gate], start);
            }
        }
        if (cell.candidateApart()) {
            repeatBiases(x.batch());
            for (int t = 0; t < steps; t++) {
                hiddenSide[gates.length - 1].write(candidateBiasStep, 0, start + t * step, step);
            }
        }
    }

    private void gatherRows(int[] tokens, int count, int start) {
        for (int gate = 0; gate < gates.length; gate++) {
            float[] table = weights.table[gate];
            for (int i = 0; i < count; i++) {
                gates[gate].write(table, tokens[i] * hidden, start + i * hidden, hidden);
            }
        }
    }

    private void repeatBiases(int batch) {
        int step = batch * hidden;
        if (candidateBiasStep.length < step) {
            candidateBiasStep = new float[step];
            biasSteps = new float[gates.length][step];
        }
        for (int b = 0; b < batch; b++) {
            for (int gate = 0; gate < gates.length; gate++) {
                System.arraycopy(weights.bias[gate], 0, biasSteps[gate], b * hidden, hidden);
            }
            System.arraycopy(weights.candidateBias, 0, candidateBiasStep, b * hidden, weights.candidateBias.length);
        }
    }

    private void hiddenProducts(int batch, int at, int step) {
        for (int gate = 0; gate < gates.length; gate++) {
            for (int lag = 1; lag <= order; lag++) {
                gemm.multiply(batch, h, at - lag * step, weights.recurrent[lag - 1][gate], 1, hiddenSide[gate], at);
            }
            gates[gate].pull(at, step);
        }
        if (cell.candidateApart()) {
            hiddenSide[gates.length - 1].pull(at, step);
        }
    }

    /** The state after each row's own last step. */
    private void finish(Frames x, Call call) {
        State end = call.end();
        int[] lengths = x.lengths();
        int batch = x.batch();
        for (int b = 0; b < batch; b++) {
            int length = lengths == null ? x.steps() : lengths[b];
            for (int i = 0; i < order; i++) {
                int to = end.at(layer.past.get(i)) + b * hidden;
                System.arraycopy(u.h, ((length + i) * batch + b) * hidden, end.values(), to, hidden);
            }
            if (cell.hasCarry()) {
                boolean none = length == 0;
                int from = ((order + (none ? 0 : length - 1)) * batch + b) * hidden;
                int to = end.at(layer.carry) + b * hidden;
                System.arraycopy(none ? u.previous : u.c, from, end.values(), to, hidden);
            }
        }
    }

    /** Zeros the rows of step t that are padding; modifies {@code values}. */
    private void zeroPadding(int @org.jspecify.annotations.Nullable [] lengths, int t, int at, float[] values) {
        if (lengths == null) {
            return;
        }
        for (int b = 0; b < lengths.length; b++) {
            if (t >= lengths[b]) {
                Arrays.fill(values, at + b * hidden, at + (b + 1) * hidden, 0);
            }
        }
    }

    @Override
    void backward(Frames x, Call call, Mirror gradient) {
        int steps = x.steps();
        int batch = x.batch();
        int step = batch * hidden;
        int lastCarry = (order + steps - 1) * step;
        if (cell.carries() && steps > 0) {
            Arrays.fill(u.dCarry, lastCarry, lastCarry + step, 0);
        }
        for (int t = steps - 1; t >= 0; t--) {
            int at = (order + t) * step;
            throughHiddenProducts(batch, t, steps, at, step);
            zeroPadding(x.lengths(), t, at, u.dh);
            if (cell.carries()) {
                zeroPadding(x.lengths(), t, at, u.dCarry);
            }
            cell.backward(u, at, at + step);
            for (Mirror gate : gates) {
                gate.push(at, step);
            }
            if (cell.candidateApart()) {
                hiddenSide[gates.length - 1].push(at, step);
            }
            if (cell.carries() && t > 0) {
                System.arraycopy(u.dPrevious, at, u.dCarry, at - step, step);
            }
        }
        if (call.dInitial().batch() > 0) {
            initialStateGradient(x, call.dInitial(), step);
        }
        gradients.compute(x, h, gates, hiddenSide, gradient);
        if (x.wantsGradient()) {
            for (int gate = 0; gate < gates.length; gate++) {
                gemm.multiply(
                        steps * batch,
                        gates[gate],
                        order * step,
                        weights.inputTransposed[gate],
                        gate == 0 ? 0 : 1,
                        x.grad(),
                        x.at());
            }
        }
    }

    /** {@code dh_t = dOut_t + sum_j dgates_{t+j} W_hh^(j)'} for the steps t + j that there are. */
    private void throughHiddenProducts(int batch, int t, int steps, int at, int step) {
        for (int lag = 1; lag <= order && t + lag < steps; lag++) {
            if (t + lag >= 0) {
                for (int gate = 0; gate < gates.length; gate++) {
                    gemm.multiply(
                            batch,
                            hiddenSide[gate],
                            at + lag * step,
                            weights.recurrentTransposed[lag - 1][gate],
                            1,
                            dh,
                            at);
                }
            }
        }
        dh.pull(at, step);
    }

    /** The same recursion, carried on over the steps before the first. */
    private void initialStateGradient(Frames x, State dInitial, int step) {
        int steps = x.steps();
        Arrays.fill(u.dh, 0, order * step, 0);
        dh.push(0, order * step);
        for (int i = 0; i < order; i++) {
            throughHiddenProducts(x.batch(), i - order, steps, i * step, step);
            System.arraycopy(u.dh, i * step, dInitial.values(), dInitial.at(layer.past.get(i)), step);
        }
        if (cell.carries() && steps > 0) {
            int to = dInitial.at(layer.carry);
            for (int j = 0; j < step; j++) {
                dInitial.values()[to + j] += u.dPrevious[order * step + j];
            }
        }
    }
}
