package dev.namaskar.exchange.onnx;

import static dev.namaskar.exchange.onnx.OnnxGraph.attribute;

import dev.namaskar.files.Model;
import dev.namaskar.net.attention.Attention;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The layers of a network as nodes of a graph. */
final class OnnxNetwork {
    /**
     * One recurrent state of the network.
     *
     * @param name {@code h_l0}
     * @param directions 1 or 2
     * @param units of each direction
     */
    record State(String name, int directions, int units) {}

    private final OnnxGraph graph;
    private final Model model;
    private final String prefix;
    private final boolean stepped;
    private final @Nullable String lengths;
    private final List<State> states = new ArrayList<>();
    private OnnxAttention.@Nullable Memory memory;

    /**
     * A network to be added to a graph.
     *
     * @param prefix what the names of its constants and values begin with
     * @param stepped whether its states are inputs and outputs; else they begin at zero and are forgotten
     */
    OnnxNetwork(OnnxGraph graph, Model model, String prefix, boolean stepped) {
        this(graph, model, prefix, stepped, null);
    }

    /**
     * The same for rows of their own lengths.
     *
     * @param lengths name of the real steps {@code [batch]} (int32); null where all steps are
     */
    OnnxNetwork(OnnxGraph graph, Model model, String prefix, boolean stepped, @Nullable String lengths) {
        this.lengths = lengths;
        this.graph = graph;
        this.model = model;
        this.prefix = prefix;
        this.stepped = stepped;
    }

    /** The same of a decoder, whose states are inputs and outputs, and which attends to a memory. */
    OnnxNetwork(OnnxGraph graph, Model model, OnnxAttention.Memory memory) {
        this(graph, model, "", true, null);
        this.memory = memory;
    }

    /**
     * Adds all layers.
     *
     * @param input name of the tokens {@code [time, batch]} or values {@code [time, batch, width]}
     * @return the name of the output {@code [time, batch, width]}
     */
    String add(String input) {
        int width = model.spec().inputWidth();
        String at = input;
        if (model.spec().tokens() && !(model.spec().layers().get(0) instanceof Embedding)) {
            String depth = graph.constant(prefix + "symbols", new long[] {width});
            String values = graph.constant(prefix + "off_on", new float[] {0, 1}, 2);
            at = graph.node("OneHot", List.of(at, depth, values), prefix + "one_hot");
        }
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (Layer layer : model.spec().layers()) {
            at = add(layer, seen.merge(layer.kind(), 1, Integer::sum) - 1, at, width);
            width = layer.outputWidth(width);
        }
        return at;
    }

    /** The states that are inputs {@code NAME} and outputs {@code NAME_next}, in the layers' order. */
    List<State> states() {
        return states;
    }

    private String add(Layer layer, int index, String at, int width) {
        if (layer instanceof Embedding) {
            Slot table = slot("embedding.weight");
            return graph.node(
                    "Gather",
                    List.of(constant(table, table.rows(), table.columns()), at),
                    prefix + "embedded",
                    attribute("axis", 0));
        }
        if (layer instanceof Recurrent recurrent) {
            return new OnnxRecurrent(model, graph, recurrent, index, prefix)
                    .add(at, width, lengths, stepped ? states : null);
        }
        if (OnnxReadOut.knows(layer)) {
            return new OnnxReadOut(graph, prefix, lengths).add(layer, at, width);
        }
        if (layer instanceof Dense dense) {
            return addDense(dense, index, at);
        }
        if (layer instanceof Attention attention && memory != null) {
            return new OnnxAttention(graph, model, memory).add(attention, index, at);
        }
        if (layer instanceof Dropout) { // which does nothing in prediction
            return at;
        }
        throw new IllegalArgumentException("no ONNX operator is known for a layer of " + layer.kind());
    }

    private String addDense(Dense dense, int index, String at) {
        String name = model.network().params().contains("dense" + index + ".weight") ? "dense" + index : "head";
        Slot weight = slot(name + ".weight");
        String weights = constant(weight, weight.rows(), weight.columns());
        String product = graph.node("MatMul", List.of(at, weights), prefix + name + ".product");
        String bias = constant(slot(name + ".bias"), dense.width());
        String sum = graph.node("Add", List.of(product, bias), prefix + name + ".sum");
        String operator = switch (dense.activation().key()) {
            case "identity" -> "";
            case "tanh" -> "Tanh";
            case "sigmoid" -> "Sigmoid";
            case "relu" -> "Relu";
            default ->
                throw new IllegalArgumentException("no ONNX operator is known for activation "
                        + dense.activation().key());
        };
        return operator.isEmpty() ? sum : graph.node(operator, List.of(sum), prefix + name + ".out");
    }

    private Slot slot(String name) {
        return model.network().params().slot(name);
    }

    private String constant(Slot slot, long... shape) {
        return graph.constant(prefix + slot.name(), model.params().get(slot.name()), shape);
    }
}
