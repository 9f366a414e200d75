package dev.namaskar.net;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Gate;
import dev.namaskar.cells.Gru;
import dev.namaskar.cells.Lstm;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The networks of this project once more, straight from the equations: ND4J matrices in double, a step at a time, every
 * row's padding masked out. Slow, and shares no line with what it is held against.
 */
final class NaiveNetwork {
    private final Network network;
    private final double[] params;
    private final double[] state;
    private final int steps;
    private final int batch;
    private final int[] lengths;
    private final double[] end;
    private final Map<String, INDArray> matrices = new HashMap<>();

    private NaiveNetwork(Network network, double[] params, double[] state, Sequences x) {
        this.network = network;
        this.params = params;
        this.state = state;
        steps = x.steps();
        batch = x.batch();
        lengths = x.lengths() != null
                ? x.lengths()
                : java.util.stream.IntStream.generate(() -> x.steps())
                        .limit(x.batch())
                        .toArray();
        end = state.clone();
    }

    /**
     * Outputs {@code [T,B,F]} and the state after each row's last step.
     *
     * @param output a matrix {@code [B,F]} for each step
     * @param end as {@link State#values()}
     */
    record Result(List<INDArray> output, double[] end) {
        double[] flat() {
            return output.stream()
                    .flatMapToDouble(
                            step -> java.util.Arrays.stream(step.dup('c').data().asDouble()))
                    .toArray();
        }
    }

    /** Runs the network; {@code values} stands for the input's values where it has any. */
    static Result run(Network network, double[] params, double[] state, Sequences x, double[] values) {
        NaiveNetwork naive = new NaiveNetwork(network, params, state, x);
        List<INDArray> output = naive.layers(naive.input(x.tokens(), values));
        return new Result(output, naive.end);
    }

    private List<INDArray> input(int @Nullable [] tokens, double[] values) {
        int width = network.spec().inputWidth();
        List<INDArray> frames = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            INDArray frame = Nd4j.zeros(DataType.DOUBLE, batch, width);
            for (int b = 0; b < batch; b++) {
                for (int f = 0; f < width && t < lengths[b]; f++) {
                    int row = t * batch + b;
                    frame.putScalar(b, f, tokens == null ? values[row * width + f] : tokens[row] == f ? 1 : 0);
                }
            }
            frames.add(frame);
        }
        return frames;
    }

    private List<INDArray> layers(List<INDArray> input) {
        List<INDArray> x = input;
        List<Layer> layers = network.spec().layers();
        int recurrent = 0;
        int dense = 0;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (layer instanceof Recurrent spec) {
                x = recurrent(spec, "l" + recurrent++, x);
            } else if (layer instanceof Dense spec) {
                x = dense(spec, i == layers.size() - 1 ? "head" : "dense" + dense, x);
                dense++;
            } else if (layer instanceof Embedding) {
                x = x.stream()
                        .map(frame -> frame.mmul(matrix("embedding.weight", 0)))
                        .toList();
            } else if (layer instanceof LastStep) {
                x = List.of(lastStep(x));
            }
        }
        return x;
    }

    private INDArray lastStep(List<INDArray> x) {
        INDArray last = Nd4j.zeros(DataType.DOUBLE, batch, x.get(0).columns());
        for (int b = 0; b < batch; b++) {
            if (lengths[b] > 0) {
                last.putRow(b, x.get(lengths[b] - 1).getRow(b));
            }
        }
        return last;
    }

    private List<INDArray> dense(Dense spec, String name, List<INDArray> x) {
        List<INDArray> y = new ArrayList<>();
        for (INDArray frame : x) {
            INDArray a = frame.mmul(matrix(name + ".weight", 0)).addRowVector(matrix(name + ".bias", 0));
            y.add(
                    switch (spec.activation().key()) {
                        case "tanh" -> Transforms.tanh(a);
                        case "sigmoid" -> Transforms.sigmoid(a);
                        case "relu" -> Transforms.relu(a);
                        case "identity" -> a;
                        default -> throw new AssertionError("no naive form of " + spec.activation());
                    });
        }
        return y;
    }

    private List<INDArray> recurrent(Recurrent spec, String suffix, List<INDArray> x) {
        List<INDArray> ahead = direction(spec, suffix, x);
        if (spec.merge() == Merge.FORWARD) {
            return ahead;
        }
        List<INDArray> back = turned(direction(spec, suffix + "_reverse", turned(x)));
        List<INDArray> y = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            INDArray a = ahead.get(t);
            INDArray b = back.get(t);
            y.add(
                    switch (spec.merge()) {
                        case SUM -> a.add(b);
                        case AVERAGE -> a.add(b).mul(0.5);
                        case MULTIPLY -> a.mul(b);
                        default -> Nd4j.hstack(a, b);
                    });
        }
        return y;
    }

    /** Each row's real steps in reverse order. */
    private List<INDArray> turned(List<INDArray> x) {
        List<INDArray> y = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            INDArray frame = x.get(t).dup();
            for (int b = 0; b < batch; b++) {
                if (t < lengths[b]) {
                    frame.putRow(b, x.get(lengths[b] - 1 - t).getRow(b));
                }
            }
            y.add(frame);
        }
        return y;
    }

    private List<INDArray> direction(Recurrent spec, String suffix, List<INDArray> x) {
        int gates = spec.cell().gates();
        // past.get(j) is h_{t-1-j}
        List<INDArray> past = new ArrayList<>();
        for (int lag = 1; lag <= spec.order(); lag++) {
            past.add(part("h_" + suffix + (lag == 1 ? "" : "_lag" + lag)));
        }
        boolean carry = spec.cell().hasCarry();
        INDArray c = carry ? part("c_" + suffix) : past.get(0);
        boolean normalized = spec.cell().name().equals("slstm");
        INDArray normalizer = normalized ? part("n_" + suffix) : c;
        INDArray stabilizer = normalized ? part("m_" + suffix) : c;
        List<INDArray> y = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            INDArray[] fromInput = new INDArray[gates];
            INDArray[] fromHidden = new INDArray[gates];
            for (int g = 0; g < gates; g++) {
                fromInput[g] = x.get(t)
                        .mmul(matrix("rnn.weight_ih_" + suffix, g))
                        .addRowVector(matrix("rnn.bias_ih_" + suffix, g));
                INDArray hidden = Nd4j.zeros(DataType.DOUBLE, batch, spec.hidden());
                if (spec.cell().hiddenProducts()) {
                    hidden = hidden.addRowVector(matrix("rnn.bias_hh_" + suffix, g));
                }
                for (int lag = 1; lag <= spec.order() && spec.cell().hiddenProducts(); lag++) {
                    String name = "rnn.weight_hh_" + suffix + (lag == 1 ? "" : "_lag" + lag);
                    hidden = hidden.add(past.get(lag - 1).mmul(matrix(name, g)));
                }
                fromHidden[g] = hidden;
            }
            INDArray h;
            switch (spec.cell().name()) {
                case "rnn" -> h = Transforms.tanh(fromInput[0].add(fromHidden[0]));
                case "rnn-relu" -> h = Transforms.relu(fromInput[0].add(fromHidden[0]));
                case "gru" -> {
                    INDArray r = gate(spec.cell(), fromInput[0].add(fromHidden[0]));
                    INDArray z = gate(spec.cell(), fromInput[1].add(fromHidden[1]));
                    INDArray n = Transforms.tanh(fromInput[2].add(r.mul(fromHidden[2])));
                    h = z.rsub(1).mul(n).add(z.mul(past.get(0)));
                }
                case "lstm" -> {
                    INDArray in = gate(spec.cell(), fromInput[0].add(fromHidden[0]));
                    INDArray forget = gate(spec.cell(), fromInput[1].add(fromHidden[1]));
                    INDArray g = Transforms.tanh(fromInput[2].add(fromHidden[2]));
                    INDArray out = gate(spec.cell(), fromInput[3].add(fromHidden[3]));
                    INDArray next = forget.mul(c).add(in.mul(g));
                    h = out.mul(Transforms.tanh(next));
                    c = where(t, next, c);
                }
                case "slstm" -> {
                    INDArray in = fromInput[0].add(fromHidden[0]);
                    INDArray forget = Transforms.log(Transforms.sigmoid(fromInput[1].add(fromHidden[1])))
                            .add(stabilizer);
                    INDArray z = Transforms.tanh(fromInput[2].add(fromHidden[2]));
                    INDArray out = Transforms.sigmoid(fromInput[3].add(fromHidden[3]));
                    INDArray most = Transforms.max(in, forget);
                    INDArray taken = Transforms.exp(in.sub(most));
                    INDArray left = Transforms.exp(forget.sub(most));
                    INDArray sum = left.mul(c).add(taken.mul(z));
                    INDArray count = left.mul(Transforms.abs(normalizer)).add(taken);
                    h = out.mul(sum.div(count));
                    c = where(t, sum, c);
                    normalizer = where(t, count, normalizer);
                    stabilizer = where(t, most, stabilizer);
                }
                case "mingru" -> {
                    INDArray z = Transforms.sigmoid(fromInput[0]);
                    h = z.rsub(1).mul(past.get(0)).add(z.mul(fromInput[1]));
                }
                case "minlstm" -> {
                    INDArray forget = Transforms.sigmoid(fromInput[0]);
                    INDArray in = Transforms.sigmoid(fromInput[1]);
                    h = forget.mul(past.get(0)).add(in.mul(fromInput[2])).div(forget.add(in));
                }
                case "sru" -> {
                    INDArray forget = Transforms.sigmoid(fromInput[1].add(c.mulRowVector(vector(suffix, 0))));
                    INDArray reset = Transforms.sigmoid(fromInput[2].add(c.mulRowVector(vector(suffix, 1))));
                    INDArray next = forget.mul(c).add(forget.rsub(1).mul(fromInput[0]));
                    h = reset.mul(next).add(reset.rsub(1).mul(fromInput[3]));
                    c = where(t, next, c);
                }
                case "rglru" -> {
                    INDArray pace = Transforms.softPlus(vector(suffix, 0)).mul(-8);
                    INDArray a = Transforms.exp(Transforms.sigmoid(fromInput[0]).mulRowVector(pace));
                    INDArray taken = Transforms.sigmoid(fromInput[1]).mul(fromInput[2]);
                    h = a.mul(past.get(0)).add(Transforms.sqrt(a.mul(a).rsub(1)).mul(taken));
                }
                default ->
                    throw new AssertionError(
                            "no naive form of the cell " + spec.cell().name());
            }
            y.add(where(t, h, h.mul(0)));
            for (int j = spec.order() - 1; j > 0; j--) {
                past.set(j, where(t, past.get(j - 1), past.get(j)));
            }
            past.set(0, where(t, h, past.get(0)));
        }
        for (int lag = 1; lag <= spec.order(); lag++) {
            keep("h_" + suffix + (lag == 1 ? "" : "_lag" + lag), past.get(lag - 1));
        }
        if (carry) {
            keep("c_" + suffix, c);
        }
        if (normalized) {
            keep("n_" + suffix, normalizer);
            keep("m_" + suffix, stabilizer);
        }
        return y;
    }

    private static INDArray gate(Cell cell, INDArray a) {
        Gate gate = cell instanceof Lstm lstm ? lstm.gate() : ((Gru) cell).gate();
        return switch (gate) {
            case SIGMOID -> Transforms.sigmoid(a);
            case HARD_SIGMOID -> clipped(a.mul(0.2).add(0.5));
            case HARD_SIGMOID_SIXTH -> clipped(a.div(6).add(0.5));
        };
    }

    private static INDArray clipped(INDArray a) {
        return Transforms.min(Transforms.max(a, 0), 1);
    }

    /** Rows that are real at step t from one matrix, the others from another. */
    private INDArray where(int t, INDArray real, INDArray padding) {
        if (java.util.Arrays.stream(lengths).allMatch(length -> t < length)) {
            return real;
        }
        INDArray mask = Nd4j.zeros(DataType.DOUBLE, batch, 1);
        for (int b = 0; b < batch; b++) {
            mask.putScalar(b, 0, t < lengths[b] ? 1 : 0);
        }
        return real.mulColumnVector(mask).add(padding.mulColumnVector(mask.rsub(1)));
    }

    private INDArray vector(String suffix, int index) {
        return matrix("rnn.vectors_" + suffix, index);
    }

    private INDArray matrix(String slotName, int block) {
        return matrices.computeIfAbsent(slotName + block, key -> read(slotName, block));
    }

    private INDArray read(String slotName, int block) {
        Slot slot = network.params().slot(slotName);
        double[] values = java.util.Arrays.copyOfRange(params, slot.block(block), slot.block(block) + slot.blockSize());
        return Nd4j.createFromArray(values).reshape(slot.rows(), slot.columns());
    }

    private INDArray part(String name) {
        StateLayout.Part part = network.state().part(name);
        int at = part.offset() * batch;
        return Nd4j.createFromArray(java.util.Arrays.copyOfRange(state, at, at + part.width() * batch))
                .reshape(batch, part.width());
    }

    private void keep(String name, INDArray value) {
        double[] flat = value.dup('c').data().asDouble();
        System.arraycopy(flat, 0, end, network.state().part(name).offset() * batch, flat.length);
    }
}
