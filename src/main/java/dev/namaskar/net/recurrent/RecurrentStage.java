package dev.namaskar.net.recurrent;

import dev.namaskar.cells.Backflow;
import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Step;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Stage;
import dev.namaskar.net.layers.State;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The one loop over time. Forward, for each step
 *
 * <pre>{@code
 * gates_t = x_t W_ih + b + sum_{j=1..k} h_{t-j} W_hh^(j),   h_t = cell(gates_t)
 * }</pre>
 *
 * backward the same in reverse order, {@code dh_t = dOut_t + sum_j dgates_{t+j} W_hh^(j)'}. Whatever needs no step
 * before it, the input products, the gradients of the weights and of the input, is one product for a whole
 * {@linkplain GateWindow window} of steps; the gradient of a shared weight is the sum over its uses.
 *
 * <p>Where the cell has no hidden products, nothing but element by element arithmetic is left in the loop.
 *
 * <p>The first {@code order} steps kept here are those before the sequence: the initial state. A row that is shorter
 * than T puts out zeros after its last step, and neither its state nor any gradient sees the padding.
 */
final class RecurrentStage extends Stage {
    private final PlacedRecurrent layer;
    private final RecurrentWeights weights;
    private final Gemm gemm;
    private final Cell cell;
    private final int hidden;
    private final int order;
    private final int gates;
    private final int carried;
    /** Lags that a matrix product carries: all, or none, where the cell has no hidden products. */
    private final int products;

    private final Frames out;
    private final GateWindow window;
    private @Nullable RecurrentGradients gradients;

    private Step[] steps = new Step[0];
    private Backflow flow;
    private float[][] vectors = new float[0][];
    /** {@code [order + T, B, H]}: hidden states and their gradients where products read and write them. */
    private Mirror h;

    private Mirror dh;
    /** Made in training alone. */
    private @Nullable StateMask stateMask;
    /** What recurrent products read: {@link #h}, or what the mask of this call makes of it. */
    private Mirror read;

    private float[][] biasSteps = new float[0][0];

    RecurrentStage(PlacedRecurrent layer, RecurrentWeights weights, Gemm gemm) {
        this.layer = layer;
        this.weights = weights;
        this.gemm = gemm;
        cell = layer.cell;
        hidden = layer.spec.hidden();
        order = cell.order();
        gates = cell.gates();
        carried = cell.carried().size();
        products = layer.recurrentWeights.size();
        out = new Frames(hidden);
        window = new GateWindow(layer, gemm);
        flow = new Backflow(cell, 0);
        h = gemm.mirror(0);
        dh = h;
        read = h;
    }

    private @Nullable StateMask masking(Call call) {
        double rate = layer.spec.stateDropout();
        if (!call.training() || rate == 0) {
            return null;
        }
        if (stateMask == null) {
            stateMask =
                    new StateMask(rate, hidden, layer.recurrentWeights.get(0).offset(), gemm);
        }
        return stateMask;
    }

    @Override
    public Frames forward(Frames x, Call call) {
        int step = x.batch() * hidden;
        reserve(order + x.steps(), step);
        repeatVectors(x.batch());
        StateMask mask = masking(call);
        read = h;
        if (mask != null) {
            mask.draw(call, order + x.steps(), x.batch());
            read = mask.state();
        }
        out.shape(x.steps(), x.batch(), x.lengths()).over(h, dh, order * step).onlyInTwin();
        start(call.initial(), mask, step);
        int length = Math.min(GateWindow.steps(x.batch()), x.steps());
        window.shape(length + order, step);
        for (int first = 0; first < x.steps(); first += length) {
            int end = Math.min(first + length, x.steps());
            inputProducts(x, first, end - first);
            for (int t = first; t < end; t++) {
                stepForward(x, t, t - first, mask, step);
            }
        }
        finish(x, call.end(), step);
        return out;
    }

    private void stepForward(Frames x, int t, int place, @Nullable StateMask mask, int step) {
        int at = (order + t) * step;
        for (int gate = 0; gate < gates; gate++) {
            for (int lag = 1; lag <= products; lag++) {
                gemm.multiply(
                        x.batch(),
                        read,
                        at - lag * step,
                        weights.recurrent[lag - 1][gate],
                        1,
                        window.memory(),
                        window.hiddenAt(gate, place));
            }
        }
        Step now = steps[order + t];
        window.read(place, now);
        cell.forward(steps[order + t - 1], now, step);
        zeroPadding(x.lengths(), t, now.h, 0);
        h.write(now.h, 0, at, step);
        if (mask != null) {
            mask.write(now.h, at, step);
        }
    }

    private void reserve(int count, int step) {
        boolean wider = flow.dh.length < step;
        if (wider) {
            vectors = new float[weights.vectors.length][step];
        }
        if (wider || steps.length < count) {
            int room = Math.max(step, flow.dh.length); // a longer sequence of fewer rows may be followed by one of more
            Step[] kept = steps;
            steps = new Step[Math.max(count, kept.length)];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = !wider && i < kept.length ? kept[i] : new Step(cell, room, vectors);
            }
        }
        if (wider) {
            flow = new Backflow(cell, step);
        }
        int size = Math.multiplyExact(count, step);
        if (h.size() < size) {
            h = gemm.mirror(size);
            dh = gemm.mirror(size);
        }
    }

    /** Writes what the cell reads of its own vectors to every row. */
    private void repeatVectors(int batch) {
        for (int k = 0; k < vectors.length; k++) {
            for (int b = 0; b < batch; b++) {
                System.arraycopy(weights.vectors[k], 0, vectors[k], b * hidden, hidden);
            }
        }
    }

    /** Puts the initial state in front of the sequence. */
    private void start(State initial, @Nullable StateMask mask, int step) {
        for (int i = 0; i < order; i++) {
            System.arraycopy(initial.values(), initial.at(layer.past.get(i)), steps[i].h, 0, step);
            h.write(steps[i].h, 0, i * step, step);
            if (mask != null) {
                mask.write(steps[i].h, i * step, step);
            }
        }
        for (int k = 0; k < carried; k++) {
            int from = initial.at(layer.carry.get(k));
            System.arraycopy(initial.values(), from, steps[order - 1].c, k * step, step);
        }
    }

    /** {@code gates = x W_ih + b} for a window; a token's product is a row of a table that holds the bias already. */
    private void inputProducts(Frames x, int first, int count) {
        Mirror to = window.memory();
        if (layer.tokens) {
            for (int gate = 0; gate < gates; gate++) {
                float[] table = weights.table[gate];
                for (int i = 0; i < count * x.batch(); i++) {
                    int token = x.tokens()[first * x.batch() + i];
                    to.write(table, token * hidden, window.at(gate, 0) + i * hidden, hidden);
                }
            }
        } else {
            for (int gate = 0; gate < gates; gate++) {
                repeat(weights.bias[gate], gate, x.batch(), count, window.at(gate, 0));
                int from = x.at() + first * x.batch() * x.width();
                gemm.multiply(count * x.batch(), x.value(), from, weights.input[gate], 1, to, window.at(gate, 0));
            }
        }
        if (cell.candidateApart()) {
            repeat(weights.candidateBias, gates, x.batch(), count, window.hiddenAt(gates - 1, 0));
        }
    }

    /** Writes a bias to every row of so many steps. */
    private void repeat(float[] bias, int index, int batch, int count, int at) {
        int step = batch * hidden;
        if (biasSteps.length == 0 || biasSteps[index].length < step) {
            biasSteps = new float[gates + 1][step];
        }
        float[] rows = biasSteps[index];
        for (int b = 0; b < batch; b++) {
            System.arraycopy(bias, 0, rows, b * hidden, hidden);
        }
        for (int t = 0; t < count; t++) {
            window.memory().write(rows, 0, at + t * step, step);
        }
    }

    /** The state after each row's own last step. */
    private void finish(Frames x, State end, int step) {
        int[] lengths = x.lengths();
        for (int b = 0; b < x.batch(); b++) {
            int length = lengths == null ? x.steps() : lengths[b];
            for (int i = 0; i < order; i++) {
                int to = end.at(layer.past.get(i)) + b * hidden;
                System.arraycopy(steps[length + i].h, b * hidden, end.values(), to, hidden);
            }
            for (int k = 0; k < carried; k++) {
                int to = end.at(layer.carry.get(k)) + b * hidden;
                System.arraycopy(steps[order + length - 1].c, k * step + b * hidden, end.values(), to, hidden);
            }
        }
    }

    /** Zeros the rows of step t that are padding; modifies {@code values} from {@code at} on. */
    private void zeroPadding(int @Nullable [] lengths, int t, float[] values, int at) {
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
    public void backward(Frames x, Call call, Mirror gradient) {
        if (gradients == null) {
            gradients = new RecurrentGradients(layer, gemm);
        }
        int step = x.batch() * hidden;
        int length = Math.max(1, Math.min(GateWindow.steps(x.batch()), x.steps()));
        if (cell.carries()) {
            Arrays.fill(flow.dCarry, 0, layer.carry.size() * step, 0);
        }
        for (float[] sums : flow.dVectors) {
            Arrays.fill(sums, 0, step, 0);
        }
        int last = Math.max(0, x.steps() - 1) / length * length;
        for (int first = last; first >= 0; first -= length) {
            int end = Math.min(first + length, x.steps());
            for (int lag = 0; lag < order && end + lag < x.steps(); lag++) {
                window.write(steps[order + end + lag], end - first + lag);
            }
            for (int t = end - 1; t >= first; t--) {
                stepBackward(x, t, t - first, masking(call), step);
            }
            gradients.add(x, read, window, steps, first, end - first, first == last, gradient);
            if (x.wantsGradient()) {
                inputGradient(x, first, end - first);
            }
        }
        gradients.finish(gradient, flow.dVectors, step);
        if (call.dInitial().batch() > 0) {
            initialStateGradient(x, call.dInitial(), masking(call), step);
        }
    }

    private void stepBackward(Frames x, int t, int place, @Nullable StateMask mask, int step) {
        throughHiddenProducts(x, t, place, mask, step);
        zeroPadding(x.lengths(), t, flow.dh, 0);
        if (cell.carries()) {
            for (int k = 0; k < layer.carry.size(); k++) {
                zeroPadding(x.lengths(), t, flow.dCarry, k * step);
            }
        }
        Step now = steps[order + t];
        cell.backward(steps[order + t - 1], now, flow, step);
        window.write(now, place);
    }

    /** {@code dh_t = dOut_t + sum_j dgates_{t+j} W_hh^(j)'} for the steps t + j that there are. */
    private void throughHiddenProducts(Frames x, int t, int place, @Nullable StateMask mask, int step) {
        int at = (order + t) * step;
        boolean any = false;
        for (int lag = 1; lag <= products && t + lag < x.steps(); lag++) {
            if (t + lag >= 0) {
                for (int gate = 0; gate < gates; gate++) {
                    gemm.multiply(
                            x.batch(),
                            window.memory(),
                            window.hiddenAt(gate, place + lag),
                            weights.recurrentTransposed[lag - 1][gate],
                            mask == null || any ? 1 : 0,
                            mask == null ? dh : mask.flow(),
                            mask == null ? at : 0);
                    any = true;
                }
            }
        }
        dh.read(at, flow.dh, 0, step);
        if (mask != null && any) {
            mask.addFlow(flow.dh, step);
        }
    }

    /** {@code dx_t = dgates_t W_ih'} for a window. */
    private void inputGradient(Frames x, int first, int count) {
        int to = x.at() + first * x.batch() * x.width();
        for (int gate = 0; gate < gates; gate++) {
            gemm.multiply(
                    count * x.batch(),
                    window.memory(),
                    window.at(gate, 0),
                    weights.inputTransposed[gate],
                    gate == 0 ? 0 : 1,
                    x.grad(),
                    to);
        }
    }

    /** The recursion carried on over the steps before the first, whose gates have no gradient; the window is the first. */
    private void initialStateGradient(Frames x, State dInitial, @Nullable StateMask mask, int step) {
        dh.write(new float[order * step], 0, 0, order * step);
        for (int i = 0; i < order; i++) {
            throughHiddenProducts(x, i - order, i - order, mask, step);
            System.arraycopy(flow.dh, 0, dInitial.values(), dInitial.at(layer.past.get(i)), step);
        }
        if (cell.carries()) {
            for (int k = 0; k < layer.carry.size(); k++) {
                int to = dInitial.at(layer.carry.get(k));
                for (int j = 0; j < step; j++) {
                    dInitial.values()[to + j] += flow.dCarry[k * step + j];
                }
            }
        }
    }
}
