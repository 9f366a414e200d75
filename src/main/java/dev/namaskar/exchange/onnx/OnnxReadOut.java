package dev.namaskar.exchange.onnx;

import static dev.namaskar.exchange.onnx.OnnxGraph.attribute;

import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.readouts.BothEnds;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.net.readouts.MaximumOverSteps;
import dev.namaskar.net.readouts.MeanOverSteps;
import java.util.List;
import onnx.Onnx.TensorProto.DataType;
import org.jspecify.annotations.Nullable;

/** What is read out of a whole sequence, {@code [time, batch, width] -> [1, batch, width]}, of real steps alone. */
final class OnnxReadOut {
    private static final float LEAST = -Float.MAX_VALUE;

    private final OnnxGraph graph;
    private final String prefix;
    private final @Nullable String lengths;

    /**
     * A read-out.
     *
     * @param lengths name of the real steps {@code [batch]} (int32); null where all steps are
     */
    OnnxReadOut(OnnxGraph graph, String prefix, @Nullable String lengths) {
        this.graph = graph;
        this.prefix = prefix + "read_out.";
        this.lengths = lengths;
    }

    /** Whether a layer is a read-out that is known here. */
    static boolean knows(Layer layer) {
        return layer instanceof LastStep
                || layer instanceof BothEnds
                || layer instanceof MeanOverSteps
                || layer instanceof MaximumOverSteps;
    }

    String add(Layer layer, String at, int width) {
        if (layer instanceof LastStep) {
            return last(at);
        }
        if (layer instanceof BothEnds) {
            String forward = half(at, "forward", 0, width / 2);
            String reverse = half(at, "reverse", width / 2, width);
            String first = graph.constant(prefix + "first", new long[] {0}, 1);
            String begin = node("Gather", List.of(reverse, first), "begin", attribute("axis", 0));
            return node("Concat", List.of(last(forward), begin), "ends", attribute("axis", 2));
        }
        boolean mean = layer instanceof MeanOverSteps;
        String real = lengths;
        if (real == null) {
            return node(mean ? "ReduceMean" : "ReduceMax", List.of(at), "all", attribute("axes", List.of(0L)));
        }
        String within = within(at, real);
        if (!mean) {
            String least = graph.constant(prefix + "least", new float[] {LEAST}, 1);
            String known = node("Where", List.of(within, at, least), "known");
            return node("ReduceMax", List.of(known), "maximum", attribute("axes", List.of(0L)));
        }
        String weights = cast(within, DataType.FLOAT, "weights");
        String sum = sum(node("Mul", List.of(at, weights), "weighted"), "sum");
        String axes = graph.constant(prefix + "count_axes", new long[] {0, 2}, 2);
        String count = node("Unsqueeze", List.of(cast(real, DataType.FLOAT, "counts"), axes), "count");
        return node("Div", List.of(sum, count), "mean");
    }

    private String half(String at, String name, long from, long to) {
        return node(
                "Slice",
                List.of(
                        at,
                        graph.constant(prefix + name + ".from", new long[] {from}, 1),
                        graph.constant(prefix + name + ".to", new long[] {to}, 1),
                        graph.constant(prefix + name + ".axis", new long[] {2}, 1)),
                name);
    }

    /** The last real step. */
    private String last(String at) {
        String real = lengths;
        if (real == null) {
            String end = graph.constant(prefix + "end", new long[] {-1}, 1);
            return node("Gather", List.of(at, end), "last", attribute("axis", 0));
        }
        String one = graph.constant(prefix + "one", new long[] {1}, 1);
        String place = node("Sub", List.of(cast(real, DataType.INT64, "places"), one), "last_place");
        String offOn = graph.constant(prefix + "off_on", new float[] {0, 1}, 2);
        String hot = node("OneHot", List.of(place, steps(at), offOn), "last_hot", attribute("axis", 0));
        String axis = graph.constant(prefix + "hot_axis", new long[] {2}, 1);
        String mask = node("Unsqueeze", List.of(hot, axis), "last_mask");
        return sum(node("Mul", List.of(at, mask), "last_alone"), "last");
    }

    /** The number of steps, time. */
    private String steps(String at) {
        String first = graph.constant(prefix + "time_axis", new long[] {0}, 1);
        return node("Gather", List.of(node("Shape", List.of(at), "shape"), first), "steps", attribute("axis", 0));
    }

    /** Whether a step is real, {@code [time, batch, 1]}. */
    private String within(String at, String real) {
        String none = graph.constant(prefix + "no_axes", new long[] {0}, 1);
        String end = node("Squeeze", List.of(steps(at), none), "time");
        String zero = graph.constant(prefix + "zero", new long[] {0});
        String one = graph.constant(prefix + "step", new long[] {1});
        String range = node("Range", List.of(zero, end, one), "range");
        String times = node(
                "Unsqueeze",
                List.of(range, graph.constant(prefix + "range_axes", new long[] {1, 2}, 2)),
                "range_column");
        String ends = node(
                "Unsqueeze",
                List.of(
                        cast(real, DataType.INT64, "long_lengths"),
                        graph.constant(prefix + "length_axes", new long[] {0, 2}, 2)),
                "length_row");
        return node("Less", List.of(times, ends), "within");
    }

    private String sum(String at, String name) {
        return node("ReduceSum", List.of(at, graph.constant(prefix + name + ".axis", new long[] {0}, 1)), name);
    }

    private String cast(String at, DataType type, String name) {
        return node("Cast", List.of(at), name, attribute("to", type.getNumber()));
    }

    private String node(String operator, List<String> inputs, String output, onnx.Onnx.AttributeProto... attributes) {
        return graph.node(operator, inputs, prefix + output, attributes);
    }
}
