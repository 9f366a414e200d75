package dev.namaskar.io;

import static dev.namaskar.io.OnnxGraph.attribute;

import dev.namaskar.net.Dense;
import dev.namaskar.net.Dropout;
import dev.namaskar.net.Embedding;
import dev.namaskar.net.LastStep;
import dev.namaskar.net.Layer;
import dev.namaskar.net.Merge;
import dev.namaskar.net.Recurrent;
import dev.namaskar.params.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * A model as an ONNX graph of the standard recurrent operators.
 *
 * <p>Inputs: {@code tokens} {@code [time, batch]} (int64) or {@code values} {@code [time, batch, width]}, and for
 * each recurrent layer its state {@code h_l0} (and {@code c_l0}) {@code [directions, batch, hidden]}; zeros before the
 * first step. Outputs: {@code output} {@code [time, batch, width]}, and the states afterwards, {@code h_l0_next} (and
 * {@code c_l0_next}), to be given back in the next call. Time and batch may be of any size. The model's texts
 * (vocabulary, scalers) are the graph's metadata.
 */
public final class OnnxModel {
    private final Model model;
    private final OnnxGraph graph = new OnnxGraph("namaskar");
    private final List<String> states = new ArrayList<>();
    private final Map<String, Integer> seen = new LinkedHashMap<>();
    private String at = "";
    private int width;

    private OnnxModel(Model model) {
        this.model = model;
    }

    /**
     * Writes the model as an ONNX file.
     *
     * @throws IllegalArgumentException if a layer has no counterpart in ONNX, with the reason
     */
    public static void write(Path target, Model model) throws IOException {
        ModelProto proto = new OnnxModel(model).build();
        AtomicFile.write(target, proto::writeTo);
    }

    /** The same as bytes in memory. */
    public static byte[] toBytes(Model model) {
        return new OnnxModel(model).build().toByteArray();
    }

    private ModelProto build() {
        boolean tokens = model.spec().tokens();
        width = model.spec().inputWidth();
        at = tokens
                ? graph.input("tokens", DataType.INT64, "time", "batch")
                : graph.input("values", DataType.FLOAT, "time", "batch", width);
        if (tokens && !(model.spec().layers().get(0) instanceof Embedding)) {
            at = graph.node(
                    "OneHot",
                    List.of(
                            at,
                            graph.constant("symbols", new long[] {width}),
                            graph.constant("off_on", new float[] {0, 1}, 2)),
                    "one_hot");
        }
        String time = "time";
        for (Layer layer : model.spec().layers()) {
            int index = seen.merge(layer.kind(), 1, Integer::sum) - 1;
            add(layer, index);
            width = layer.outputWidth(width);
            if (layer instanceof LastStep) {
                time = "one";
            }
        }
        graph.node("Identity", List.of(at), "output");
        graph.output("output", time.equals("one") ? 1 : time, "batch", width);
        states.forEach(this::declareNext);
        return graph.model(ModelFile.FORMAT + " " + ModelFile.VERSION, model.texts());
    }

    private void add(Layer layer, int index) {
        if (layer instanceof Embedding) {
            Slot table = slot("embedding.weight");
            at = graph.node(
                    "Gather",
                    List.of(constant(table, table.rows(), table.columns()), at),
                    "embedded",
                    attribute("axis", 0));
        } else if (layer instanceof Recurrent recurrent) {
            at = new OnnxRecurrent(model, graph, recurrent, index).add(at, width, states);
        } else if (layer instanceof LastStep) {
            at = graph.node(
                    "Gather",
                    List.of(at, graph.constant("last", new long[] {-1}, 1)),
                    "last_step",
                    attribute("axis", 0));
        } else if (layer instanceof Dense dense) {
            addDense(dense, index);
        } else if (!(layer instanceof Dropout)) { // which does nothing in prediction
            throw new IllegalArgumentException("no ONNX operator is known for a layer of " + layer.kind());
        }
    }

    private void addDense(Dense dense, int index) {
        String name = model.network().params().contains("dense" + index + ".weight") ? "dense" + index : "head";
        Slot weight = slot(name + ".weight");
        String product =
                graph.node("MatMul", List.of(at, constant(weight, weight.rows(), weight.columns())), name + ".product");
        at = graph.node("Add", List.of(product, constant(slot(name + ".bias"), dense.width())), name + ".sum");
        String operator = switch (dense.activation()) {
            case IDENTITY -> "";
            case TANH -> "Tanh";
            case SIGMOID -> "Sigmoid";
            case RELU -> "Relu";
        };
        if (!operator.isEmpty()) {
            at = graph.node(operator, List.of(at), name + ".out");
        }
    }

    private void declareNext(String state) {
        int index = Integer.parseInt(state.substring(state.indexOf("_l") + 2));
        Recurrent layer = model.spec().layers().stream()
                .filter(Recurrent.class::isInstance)
                .map(Recurrent.class::cast)
                .toList()
                .get(index);
        graph.output(state + "_next", layer.merge() == Merge.FORWARD ? 1 : 2, "batch", layer.hidden());
    }

    private Slot slot(String name) {
        return model.network().params().slot(name);
    }

    private String constant(Slot slot, long... shape) {
        return graph.constant(slot.name(), model.params().get(slot.name()), shape);
    }
}
