package dev.namaskar.exchange.onnx;

import static dev.namaskar.exchange.onnx.OnnxGraph.attribute;
import static dev.namaskar.exchange.onnx.OnnxGraph.attributeFloats;
import static dev.namaskar.exchange.onnx.OnnxGraph.attributeTexts;

import dev.namaskar.cells.Gate;
import dev.namaskar.cells.Gru;
import dev.namaskar.cells.Lstm;
import dev.namaskar.cells.Relu;
import dev.namaskar.files.Model;
import dev.namaskar.files.PyTorchLayout;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;
import org.jspecify.annotations.Nullable;

/**
 * One recurrent layer as ONNX's RNN, GRU or LSTM: {@code Y [time, directions, batch, hidden]}, gates in ONNX's order
 * (GRU z, r, h; LSTM i, o, f, c), the GRU's reset gate after the hidden product.
 */
final class OnnxRecurrent {
    private final Model model;
    private final OnnxGraph graph;
    private final Recurrent layer;
    private final String prefix;
    private final String suffix;
    private final int directions;
    private final int[] order;

    OnnxRecurrent(Model model, OnnxGraph graph, Recurrent layer, int index, String prefix) {
        this.model = model;
        this.graph = graph;
        this.layer = layer;
        this.prefix = prefix;
        suffix = "l" + index;
        directions = layer.merge() == Merge.FORWARD ? 1 : 2;
        if (layer.order() > 1) {
            throw new IllegalArgumentException(
                    "ONNX's RNN operator sees one past hidden state; this network's cell has order " + layer.order()
                            + ", which no standard operator computes");
        }
        // Where ONNX's gates stand among PyTorch's i, f, g, o and r, z, n.
        order = switch (layer.cell().name()) {
            case "rnn", "rnn-relu" -> new int[] {0};
            case "gru" -> new int[] {1, 0, 2};
            case "lstm" -> new int[] {0, 3, 1, 2};
            default ->
                throw new IllegalArgumentException(
                        "no ONNX operator is known for cell " + layer.cell().name());
        };
    }

    /**
     * Adds the layer's nodes.
     *
     * @param lengths name of the real steps {@code [batch]}; null where all steps are
     * @param states takes the layer's states, which become inputs and outputs; null for none, they are then zero
     * @return the name of its output {@code [time, batch, width]}
     */
    String add(String input, int width, @Nullable String lengths, @Nullable List<OnnxNetwork.State> states) {
        int gates = order.length;
        long hidden = layer.hidden();
        String y = prefix + "Y_" + suffix;
        List<String> inputs = new ArrayList<>(List.of(
                input,
                stacked("W", "rnn.weight_ih_", directions, gates * hidden, width),
                stacked("R", "rnn.weight_hh_", directions, gates * hidden, hidden),
                biases()));
        List<String> outputs = new ArrayList<>(List.of(y));
        if (lengths != null || states != null) {
            inputs.add(lengths == null ? "" : lengths);
        }
        if (states != null) {
            for (String kind : layer.cell().name().equals("lstm") ? List.of("h_", "c_") : List.of("h_")) {
                String name = kind + suffix;
                states.add(new OnnxNetwork.State(name, directions, layer.hidden()));
                inputs.add(graph.input(name, DataType.FLOAT, directions, "batch", layer.hidden()));
                outputs.add(name + "_next");
            }
        }
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                attribute("hidden_size", hidden),
                attribute("direction", directions == 1 ? "forward" : "bidirectional")));
        if (layer.cell().name().equals("gru")) {
            attributes.add(attribute("linear_before_reset", 1));
        }
        attributes.addAll(activations());
        String operator = order.length == 1 ? "RNN" : layer.cell().name().toUpperCase(Locale.ROOT);
        graph.node(operator, inputs, outputs, attributes.toArray(AttributeProto[]::new));
        return merged(y);
    }

    /** What says that a cell's functions are not the operator's own; nothing where they are. */
    private List<AttributeProto> activations() {
        if (layer.cell() instanceof Relu) {
            return List.of(attributeTexts("activations", Collections.nCopies(directions, "Relu")));
        }
        Gate gate = layer.cell() instanceof Lstm lstm
                ? lstm.gate()
                : layer.cell() instanceof Gru gru ? gru.gate() : Gate.SIGMOID;
        if (gate == Gate.SIGMOID) {
            return List.of();
        }
        List<String> functions = new ArrayList<>();
        List<Float> slopes = new ArrayList<>();
        List<Float> offsets = new ArrayList<>();
        for (int d = 0; d < directions; d++) {
            functions.add("HardSigmoid");
            slopes.add(gate.slope());
            offsets.add(0.5f);
            functions.addAll(Collections.nCopies(order.length == 4 ? 2 : 1, "Tanh"));
        }
        return List.of(
                attributeTexts("activations", functions),
                attributeFloats("activation_alpha", slopes),
                attributeFloats("activation_beta", offsets));
    }

    /** {@code [time, directions, batch, hidden]} joined as the layer joins its directions. */
    private String merged(String y) {
        if (layer.merge() == Merge.CONCATENATE) {
            String swapped =
                    graph.node("Transpose", List.of(y), y + ".swapped", attribute("perm", List.of(0L, 2L, 1L, 3L)));
            long[] shape = {0, 0, 2L * layer.hidden()};
            return graph.node("Reshape", List.of(swapped, graph.constant(y + ".shape", shape, 3)), y + ".concatenated");
        }
        if (layer.merge() == Merge.FORWARD) {
            return graph.node("Squeeze", List.of(y, directionAxis(y)), y + ".forward");
        }
        AttributeProto drop = attribute("keepdims", 0);
        if (layer.merge() == Merge.SUM) {
            return graph.node("ReduceSum", List.of(y, directionAxis(y)), y + ".joined", drop);
        }
        // In operator set 13 these still take their axes as an attribute.
        String operator = layer.merge() == Merge.AVERAGE ? "ReduceMean" : "ReduceProd";
        return graph.node(operator, List.of(y), y + ".joined", drop, attribute("axes", List.of(1L)));
    }

    private String directionAxis(String y) {
        return graph.constant(y + ".axis", new long[] {1}, 1);
    }

    /** One tensor of both directions: PyTorch's rows with the gates in ONNX's order. */
    private String stacked(String name, String slots, long... shape) {
        float[] all = new float[0];
        for (String direction : suffixes()) {
            all = concatenated(all, reordered(slots + direction));
        }
        return graph.constant(prefix + name + "_" + suffix, all, shape);
    }

    /** {@code [Wb; Rb]} of each direction. */
    private String biases() {
        float[] all = new float[0];
        for (String direction : suffixes()) {
            all = concatenated(all, reordered("rnn.bias_ih_" + direction));
            all = concatenated(all, reordered("rnn.bias_hh_" + direction));
        }
        return graph.constant(prefix + "B_" + suffix, all, directions, 2L * order.length * layer.hidden());
    }

    private List<String> suffixes() {
        return directions == 1 ? List.of(suffix) : List.of(suffix, suffix + "_reverse");
    }

    private float[] reordered(String name) {
        Slot slot = model.network().params().slot(name);
        float[] rows = PyTorchLayout.get(model.params(), slot);
        float[] result = new float[rows.length];
        for (int gate = 0; gate < order.length; gate++) {
            System.arraycopy(rows, order[gate] * slot.blockSize(), result, gate * slot.blockSize(), slot.blockSize());
        }
        return result;
    }

    private static float[] concatenated(float[] a, float[] b) {
        float[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
