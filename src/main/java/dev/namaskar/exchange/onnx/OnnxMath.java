package dev.namaskar.exchange.onnx;

import static dev.namaskar.exchange.onnx.OnnxGraph.attribute;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;

/** Small arithmetic on values of a graph, names made up on the way; equal constants are stored once. */
final class OnnxMath {
    private final OnnxGraph graph;
    private final Map<String, String> constants = new HashMap<>();
    private int values;

    OnnxMath(OnnxGraph graph) {
        this.graph = graph;
    }

    /** A node with one output. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return graph.node(operator, inputs, "v" + values++, attributes);
    }

    String add(String a, String b) {
        return node("Add", List.of(a, b));
    }

    String subtract(String a, String b) {
        return node("Sub", List.of(a, b));
    }

    String multiply(String a, String b) {
        return node("Mul", List.of(a, b));
    }

    String divide(String a, String b) {
        return node("Div", List.of(a, b));
    }

    String larger(String a, String b) {
        return node("Max", List.of(a, b));
    }

    /** {@code ln(1 + e^x)} without overflow: {@code max(x, 0) + ln(1 + e^-|x|)}. */
    String softplus(String x) {
        String tail = node("Exp", List.of(node("Neg", List.of(node("Abs", List.of(x))))));
        return add(larger(x, doubles(0)), node("Log", List.of(add(doubles(1), tail))));
    }

    String cast(String x, DataType type) {
        return node("Cast", List.of(x), attribute("to", type.getNumber()));
    }

    /** Rounds doubles to floats and back. */
    String rounded(String x) {
        return cast(cast(x, DataType.FLOAT), DataType.DOUBLE);
    }

    /** {@code x[.., from:to, ..]} along one axis. */
    String slice(String x, int axis, long from, long to) {
        return node("Slice", List.of(x, longs(from), longs(to), longs(axis)));
    }

    /** The last so many along the second axis. */
    String last(String x, int count) {
        return slice(x, 1, -count, Long.MAX_VALUE);
    }

    /** What stands at places along the second axis. */
    String gather(String x, String places) {
        return node("Gather", List.of(x, places), attribute("axis", 1));
    }

    String toDouble(String x) {
        return cast(x, DataType.DOUBLE);
    }

    /** The so many largest along the second axis, descending. */
    String descending(String x, int count) {
        String sorted = "v" + values++;
        graph.node("TopK", List.of(x, longs(count)), List.of(sorted, sorted + "_places"), attribute("axis", 1));
        return sorted;
    }

    /** Another shape of the same numbers; 0 keeps a size, -1 takes what is left. */
    String reshape(String x, long... shape) {
        return node("Reshape", List.of(x, longs(shape)));
    }

    String transpose(String x, Long... axes) {
        return node("Transpose", List.of(x), attribute("perm", List.of(axes)));
    }

    /** Mean over the second axis, which stays with size 1. */
    String mean(String x) {
        return reduced("ReduceMean", x, 1);
    }

    /** One number for all along an axis, which stays with size 1. */
    String reduced(String operator, String x, long axis) {
        return node(operator, List.of(x), attribute("axes", List.of(axis)), attribute("keepdims", 1));
    }

    /** Root of the mean of squares over the second axis. */
    String rootMeanSquare(String x) {
        return node("Sqrt", List.of(mean(multiply(x, x))));
    }

    /** The first of each two where it is positive, else the second. */
    String positiveOr(String x, String otherwise) {
        return node("Where", List.of(node("Greater", List.of(x, doubles(0))), x, otherwise));
    }

    /** A constant vector of whole numbers. */
    String longs(long... numbers) {
        return constants.computeIfAbsent(
                "i" + Arrays.toString(numbers), key -> graph.constant("c" + constants.size(), numbers, numbers.length));
    }

    /** A constant vector of numbers. */
    String doubles(double... numbers) {
        return constants.computeIfAbsent(
                "d" + Arrays.toString(numbers), key -> graph.constant("c" + constants.size(), numbers, numbers.length));
    }
}
