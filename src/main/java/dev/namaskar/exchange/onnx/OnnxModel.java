package dev.namaskar.exchange.onnx;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.FileKind;
import dev.namaskar.files.Model;
import dev.namaskar.tasks.TaskKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * A model's network as an ONNX graph of the standard recurrent operators, to be run at once or stepped.
 *
 * <p>Inputs: {@code tokens} {@code [time, batch]} (int64) or {@code values} {@code [time, batch, width]}, and for
 * each recurrent layer its state {@code h_l0} (and {@code c_l0}) {@code [directions, batch, hidden]}; zeros before the
 * first step. Outputs: {@code output} {@code [time, batch, width]} ({@code [1, batch, width]} of a network that reads
 * out its last step), and the states afterwards, {@code h_l0_next} (and {@code c_l0_next}), to be given back in the next
 * call. Time and batch may be of any size. The output of a text model is logits. The model's texts (vocabulary, series)
 * are the graph's metadata.
 *
 * <p>Of a model that labels sequences or their steps there are no states, as it reads both ways: a further input {@code
 * lengths} {@code [batch]} (int32) says how many steps of each row are real, {@code output} are logits, and {@code
 * probabilities} their softmax.
 *
 * <p>Of a forecaster this is the network alone, between {@code values} and {@code output} as the forecaster scales
 * them; {@link OnnxForecaster} is all of it.
 */
public final class OnnxModel {
    /** A graph that was exported here, by the producer that stands behind the version in its first bytes. */
    public static final FileKind KIND =
            FileKind.beginning("an ONNX graph that was exported here", "\\x08.\\x12\\x08" + OnnxGraph.PRODUCER);

    private OnnxModel() {}

    /**
     * Writes the model as an ONNX file.
     *
     * @throws IllegalArgumentException if a layer has no counterpart in ONNX, with the reason
     */
    public static void write(Path target, Model model) throws IOException {
        AtomicFile.write(target, content(model));
    }

    /** What {@link #write} writes. */
    public static AtomicFile.Content content(Model model) {
        return build(model)::writeTo;
    }

    /** The same as bytes in memory. */
    public static byte[] toBytes(Model model) {
        return build(model).toByteArray();
    }

    private static ModelProto build(Model model) {
        OnnxClasses.require();
        if (model.networks().size() > 1) {
            throw new IllegalArgumentException(
                    "`part`: expected encoder or decoder for a model of both, which is a graph each, found none");
        }
        OnnxGraph graph = new OnnxGraph("namaskar");
        String input = model.spec().tokens()
                ? graph.input("tokens", DataType.INT64, "time", "batch")
                : graph.input(
                        "values", DataType.FLOAT, "time", "batch", model.spec().inputWidth());
        boolean labels = TaskKind.isKnown(model);
        OnnxNetwork network = labels
                ? new OnnxNetwork(graph, model, "", false, graph.input("lengths", DataType.INT32, "batch"))
                : new OnnxNetwork(graph, model, "", true);
        graph.node("Identity", List.of(network.add(input)), "output");
        boolean once = model.spec().layers().stream().anyMatch(OnnxReadOut::knows);
        Object steps = once ? 1 : "time";
        graph.output("output", DataType.FLOAT, steps, "batch", model.spec().outputWidth());
        if (labels) {
            graph.node("Softmax", List.of("output"), "probabilities", OnnxGraph.attribute("axis", -1));
            graph.output(
                    "probabilities",
                    DataType.FLOAT,
                    steps,
                    "batch",
                    model.spec().outputWidth());
        }
        for (OnnxNetwork.State state : network.states()) {
            graph.output(state.name() + "_next", DataType.FLOAT, state.directions(), "batch", state.units());
        }
        return graph.model(model.texts());
    }
}
