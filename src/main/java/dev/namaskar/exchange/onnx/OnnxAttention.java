package dev.namaskar.exchange.onnx;

import static dev.namaskar.exchange.onnx.OnnxGraph.attribute;

import dev.namaskar.files.Model;
import dev.namaskar.net.attention.Attention;
import dev.namaskar.net.attention.AttentionScore;
import dev.namaskar.params.Slot;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;

/** Attention to a memory of rows of their own lengths, by standard operators. */
final class OnnxAttention {
    private static final float LEAST = -Float.MAX_VALUE;

    private final OnnxGraph graph;
    private final Model model;
    private final Memory memory;

    /**
     * What is attended to.
     *
     * @param frames name of the memory {@code [source, batch, width]}
     * @param lengths name of its rows' real frames {@code [batch]} (int32), at least one each
     */
    record Memory(String frames, String lengths) {}

    OnnxAttention(OnnxGraph graph, Model model, Memory memory) {
        this.graph = graph;
        this.model = model;
        this.memory = memory;
    }

    /**
     * Adds the layer's nodes.
     *
     * @param at name of the input {@code [time, batch, width]}
     * @return the name of the output; the weights {@code [time, batch, source]} are {@code attentionN.weights}
     */
    String add(Attention layer, int index, String at) {
        String name = "attention" + index;
        String query = transposed(layer.score() == AttentionScore.GENERAL ? at : product(at, name + ".query"), 1, 0, 2);
        String key = product(memory.frames, name + ".key");
        String value = transposed(product(memory.frames, name + ".value"), 1, 0, 2);
        String scores = layer.score() == AttentionScore.ADDITIVE
                ? additive(name, layer.width(), query, transposed(key, 1, 0, 2))
                : node(
                        "Mul",
                        name + ".scores",
                        node("MatMul", name + ".products", query, transposed(key, 1, 2, 0)),
                        graph.constant(name + ".scale", new float[] {(float) (1 / Math.sqrt(layer.width()))}, 1));
        String least = graph.constant(name + ".least", new float[] {LEAST}, 1);
        String real = node("Where", name + ".real", within(name), scores, least);
        String weights = graph.node("Softmax", List.of(real), name + ".by_row", attribute("axis", -1));
        graph.node("Transpose", List.of(weights), name + ".weights", attribute("perm", List.of(1L, 0L, 2L)));
        String context = transposed(node("MatMul", name + ".sums", weights, value), 1, 0, 2);
        return graph.node("Concat", List.of(at, context), name + ".out", attribute("axis", 2));
    }

    private String additive(String name, int width, String query, String key) {
        String two = graph.constant(name + ".query_axis", new long[] {2}, 1);
        String one = graph.constant(name + ".key_axis", new long[] {1}, 1);
        String sum = node(
                "Add",
                name + ".pairs",
                graph.node("Unsqueeze", List.of(query, two), name + ".queries"),
                graph.node("Unsqueeze", List.of(key, one), name + ".keys"));
        String tangents = node("Tanh", name + ".tangents", sum);
        Slot slot = model.network().params().slot(name + ".score.weight");
        String direction = graph.constant(slot.name(), model.params().get(slot.name()), width, 1);
        String last = graph.constant(name + ".last_axis", new long[] {3}, 1);
        return node("Squeeze", name + ".scores", node("MatMul", name + ".dots", tangents, direction), last);
    }

    /** Whether a frame is real, {@code [batch, 1, source]}. */
    private String within(String name) {
        String shape = node("Shape", name + ".shape", memory.frames);
        String first = graph.constant(name + ".time", new long[] {0});
        String count = graph.node("Gather", List.of(shape, first), name + ".count", attribute("axis", 0));
        String step = graph.constant(name + ".step", new long[] {1});
        String range = node("Range", name + ".range", first, count, step);
        String lengths = graph.node(
                "Cast", List.of(memory.lengths), name + ".long_lengths", attribute("to", DataType.INT64.getNumber()));
        String axes = graph.constant(name + ".row_axes", new long[] {1, 2}, 2);
        return node("Less", name + ".within", range, node("Unsqueeze", name + ".row_lengths", lengths, axes));
    }

    private String product(String at, String slotName) {
        Slot slot = model.network().params().slot(slotName + ".weight");
        String weights = graph.constant(slot.name(), model.params().get(slot.name()), slot.rows(), slot.columns());
        return node("MatMul", slotName, at, weights);
    }

    private String transposed(String at, long a, long b, long c) {
        AttributeProto order = attribute("perm", List.of(a, b, c));
        return graph.node("Transpose", List.of(at), at + ".t", order);
    }

    private String node(String operator, String output, String... inputs) {
        return graph.node(operator, new ArrayList<>(List.of(inputs)), output);
    }
}
