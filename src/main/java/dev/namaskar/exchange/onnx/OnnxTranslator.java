package dev.namaskar.exchange.onnx;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Model;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.attention.Attention;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.layers.StateLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * An encoder-decoder as two ONNX graphs, of which the first is run once for a source and the second once for each symbol
 * that is written, or once for a whole target.
 *
 * <p>{@link Part#ENCODER}: from {@code tokens} {@code [time, batch]} (int64), or {@code values} {@code [time, batch, width]},
 * and {@code lengths} {@code [batch]} (int32, real steps, at least one) to {@code memory} {@code [time, batch, width]} and the
 * decoder's initial states {@code h_l0} (and {@code c_l0}) {@code [1, batch, units]}.
 *
 * <p>{@link Part#DECODER}: from {@code tokens} {@code [time, batch]} (int64), {@code memory}, {@code lengths} and these states
 * to {@code output} {@code [time, batch, symbols]} (logits), {@code attention} {@code [time, batch, source]} where a layer
 * attends, and {@code h_l0_next} (and {@code c_l0_next}). What is read first is the end symbol, the last of all.
 */
public final class OnnxTranslator {
    private OnnxTranslator() {}

    /** One of the two graphs. */
    public enum Part {
        /** Reads a source. */
        ENCODER,
        /** Writes a target. */
        DECODER;

        /**
         * The part of this name, {@code encoder} or {@code decoder}.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Part of(String name) {
            for (Part part : values()) {
                if (part.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return part;
                }
            }
            throw new IllegalArgumentException("expected a part encoder or decoder, found " + name);
        }
    }

    /**
     * Writes one part as an ONNX file.
     *
     * @throws IllegalArgumentException if the model is no encoder-decoder, or a layer has no counterpart in ONNX
     */
    public static void write(Path target, Model model, Part part) throws IOException {
        AtomicFile.write(target, content(model, part));
    }

    /** What {@link #write} writes. */
    public static AtomicFile.Content content(Model model, Part part) {
        return build(model, part)::writeTo;
    }

    /** The same as bytes in memory. */
    public static byte[] toBytes(Model model, Part part) {
        return build(model, part).toByteArray();
    }

    private static ModelProto build(Model model, Part part) {
        OnnxClasses.require();
        EncoderDecoder whole = EncoderDecoder.of(model.networks());
        OnnxGraph graph = new OnnxGraph("namaskar " + part.name().toLowerCase(Locale.ROOT));
        if (part == Part.ENCODER) {
            encoder(graph, model, whole);
        } else {
            decoder(graph, model, whole.encoder().spec().outputWidth());
        }
        return graph.model(model.texts());
    }

    private static void encoder(OnnxGraph graph, Model model, EncoderDecoder whole) {
        Model reads = model.part(EncoderDecoder.ENCODER);
        int width = reads.spec().inputWidth();
        String input = reads.spec().tokens()
                ? graph.input("tokens", DataType.INT64, "time", "batch")
                : graph.input("values", DataType.FLOAT, "time", "batch", width);
        String lengths = graph.input("lengths", DataType.INT32, "batch");
        String frames = new OnnxNetwork(graph, reads, "", false, lengths).add(input);
        graph.node("Identity", List.of(frames), "memory");
        graph.output("memory", DataType.FLOAT, "time", "batch", reads.spec().outputWidth());
        Model between = model.part(EncoderDecoder.BRIDGE);
        String state = new OnnxNetwork(graph, between, EncoderDecoder.BRIDGE, false, lengths).add("memory");
        for (StateLayout.Part part : whole.decoder().state().parts()) {
            String from = graph.constant(part.name() + ".from", new long[] {part.offset()}, 1);
            String to = graph.constant(part.name() + ".to", new long[] {part.offset() + part.width()}, 1);
            String axis = graph.constant(part.name() + ".axis", new long[] {2}, 1);
            graph.node("Slice", List.of(state, from, to, axis), part.name());
            graph.output(part.name(), DataType.FLOAT, 1, "batch", part.width());
        }
    }

    private static void decoder(OnnxGraph graph, Model model, int width) {
        Model writes = model.part(EncoderDecoder.DECODER);
        String tokens = graph.input("tokens", DataType.INT64, "time", "batch");
        OnnxAttention.Memory memory = new OnnxAttention.Memory(
                graph.input("memory", DataType.FLOAT, "source", "batch", width),
                graph.input("lengths", DataType.INT32, "batch"));
        OnnxNetwork network = new OnnxNetwork(graph, writes, memory);
        graph.node("Identity", List.of(network.add(tokens)), "output");
        graph.output("output", DataType.FLOAT, "time", "batch", writes.spec().outputWidth());
        long attending =
                writes.spec().layers().stream().filter(OnnxTranslator::attends).count();
        if (attending > 0) {
            graph.node("Identity", List.of("attention" + (attending - 1) + ".weights"), "attention");
            graph.output("attention", DataType.FLOAT, "time", "batch", "source");
        }
        for (OnnxNetwork.State state : network.states()) {
            graph.output(state.name() + "_next", DataType.FLOAT, state.directions(), "batch", state.units());
        }
    }

    private static boolean attends(Layer layer) {
        return layer instanceof Attention;
    }
}
