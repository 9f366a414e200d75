package dev.namaskar.exchange.dl4j;

import dev.namaskar.exchange.internal.StackedGates;
import dev.namaskar.files.Archive;
import dev.namaskar.files.HeapRoom;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models of Deeplearning4j 1.0 ({@code MultiLayerNetwork.save}): layers of SimpleRnn and LSTM with the usual
 * activations, then RnnOutputLayer. Neither Deeplearning4j nor ND4J takes part in the reading.
 *
 * <p>Deeplearning4j's parameters are one vector, layer after layer {@code W [in, gates * units]}, {@code RW [units,
 * gates * units]}, {@code b}, each with its columns together. Its LSTM calls the gates i, f, o, g and means: tanh
 * candidate, forget, output, input.
 */
public final class Dl4j {
    private static final String KIND = "a Deeplearning4j model";
    private static final int MAX_CONFIGURATION = 16 << 20;
    private static final int MAX_LAYERS = 1000;
    /** Where PyTorch's i, f, g, o stand in Deeplearning4j's LSTM. */
    private static final int[] LSTM_ORDER = {3, 1, 0, 2};

    private final String file;
    /** For each layer the order of its gates. */
    private final List<int[]> orders = new ArrayList<>();

    private boolean outputBias = true;

    private Dl4j(String file) {
        this.file = file;
    }

    /**
     * Reads a model.
     *
     * @param tokens whether the input is token ids, which Deeplearning4j saw as one-hot vectors, else values
     * @throws MalformedFileException if the file is not such a model or has a layer that is not known here, with the
     *     reason
     */
    public static Model read(Path path, boolean tokens) throws IOException {
        try (Archive zip = Archive.open(path, KIND)) {
            String json = new String(zip.read("configuration.json", MAX_CONFIGURATION), StandardCharsets.UTF_8);
            if (zip.contains("normalizer.bin")) {
                throw new MalformedFileException(
                        path + ": this model expects inputs that its normalizer.bin has scaled,"
                                + " which is not known here; save it without and scale the inputs yourself");
            }
            return read(path.toString(), json, zip.read("coefficients.bin", zip.mostWeights()), tokens);
        }
    }

    static Model read(String file, String configuration, byte[] coefficients, boolean tokens) throws IOException {
        Dl4j reader = new Dl4j(file);
        Network network = reader.network(Json.readObject(file + ": configuration.json", configuration), tokens);
        float[] values = Nd4jBinary.readVector(file + ": coefficients.bin", coefficients);
        return new Model(network, reader.params(network, values));
    }

    private Network network(Map<String, @Nullable Object> configuration, boolean tokens) throws IOException {
        if (configuration.containsKey("vertices")) {
            throw new MalformedFileException(
                    file + ": expected a MultiLayerNetwork, found a ComputationGraph; only plain stacks come in");
        }
        List<@Nullable Object> layers = Json.array(file + ": confs", configuration.get("confs"));
        if (layers.size() < 2 || layers.size() > MAX_LAYERS) {
            throw new MalformedFileException(
                    file + ": expected 2 to " + MAX_LAYERS + " layers in \"confs\", found " + layers.size());
        }
        Object preprocessors = configuration.get("inputPreProcessors");
        if (preprocessors instanceof Map<?, ?> map && !map.isEmpty()) {
            throw new MalformedFileException(file + ": input preprocessors between layers (" + map.keySet()
                    + ") are not known here; only plain stacks of recurrent layers come in");
        }
        NetworkSpec spec = null;
        int width = 0;
        for (int i = 0; i < layers.size(); i++) {
            Map<String, @Nullable Object> wrapper = Json.object(file + ": layer " + i, layers.get(i));
            Map<String, @Nullable Object> layer = Json.object(file + ": layer " + i, wrapper.get("layer"));
            boolean last = i == layers.size() - 1;
            requireKnown(layer, i, last);
            int in = size(layer, i, "nin");
            if (spec == null) {
                spec = tokens ? NetworkSpec.tokens(in) : NetworkSpec.values(in);
            } else if (in != width) {
                throw new MalformedFileException(
                        file + ": layer " + i + ": expected " + width + " inputs, found nin " + in);
            }
            width = size(layer, i, "nout");
            spec = last ? output(spec, layer, i, width) : recurrent(spec, layer, i, width);
        }
        if (spec == null) {
            throw new MalformedFileException(file + ": expected layers, found none");
        }
        try {
            return new Network(spec);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(file + ": " + e.getMessage(), e);
        }
    }

    private void requireKnown(Map<String, @Nullable Object> layer, int index, boolean last)
            throws MalformedFileException {
        String kind = simpleName(layer);
        if (kind.equals("GravesLSTM") || kind.equals("GravesBidirectionalLSTM")) {
            throw new MalformedFileException(file + ": layer " + index + ": " + kind
                    + " has peephole connections from the carry to the gates, which the LSTM here has not;"
                    + " retrain it with LSTM");
        }
        if (last ? !kind.equals("RnnOutputLayer") : !kind.equals("SimpleRnn") && !kind.equals("LSTM")) {
            throw new MalformedFileException(file + ": layer " + index + ": expected "
                    + (last ? "RnnOutputLayer as the last" : "SimpleRnn or LSTM") + ", found " + Json.kind(kind)
                    + "; only plain stacks of these come in");
        }
    }

    private NetworkSpec recurrent(NetworkSpec spec, Map<String, @Nullable Object> layer, int index, int units)
            throws MalformedFileException {
        String kind = simpleName(layer);
        orders.add(kind.equals("LSTM") ? LSTM_ORDER : new int[] {0});
        requireFunction(layer, index, "activationFn", "ActivationTanH");
        if (kind.equals("LSTM")) {
            requireFunction(layer, index, "gateActivationFn", "ActivationSigmoid");
        }
        if (Boolean.TRUE.equals(layer.get("hasLayerNorm"))) {
            throw new MalformedFileException(file + ": layer " + index + ": layer normalization is not known here");
        }
        return spec.then(new Recurrent(kind.equals("LSTM") ? "lstm" : "rnn", units));
    }

    private NetworkSpec output(NetworkSpec spec, Map<String, @Nullable Object> layer, int index, int width)
            throws MalformedFileException {
        outputBias = !Boolean.FALSE.equals(layer.get("hasBias"));
        orders.add(new int[] {0});
        String function = function(layer, index, "activationFn");
        return spec.dense(
                width,
                switch (function) {
                    // The network ends in logits here; loss and sampling take the softmax.
                    case "ActivationSoftmax", "ActivationIdentity" -> Activation.IDENTITY;
                    case "ActivationSigmoid" -> Activation.SIGMOID;
                    case "ActivationTanH" -> Activation.TANH;
                    case "ActivationReLU" -> Activation.RELU;
                    default ->
                        throw new MalformedFileException(file + ": layer " + index
                                + ": expected softmax, identity, sigmoid, tanh or relu, found " + Json.kind(function));
                });
    }

    private Params params(Network network, float[] coefficients) throws IOException {
        List<Slot> slots = network.params().slots().stream()
                .filter(slot -> !slot.name().contains("bias_hh")
                        && (outputBias || !slot.name().equals("head.bias")))
                .toList();
        long expected = slots.stream().mapToLong(Slot::size).sum();
        if (coefficients.length != expected) {
            throw new MalformedFileException(file + ": expected " + expected
                    + " coefficients for the layers of configuration.json, found " + coefficients.length);
        }
        HeapRoom.require(file, 4L * network.params().size());
        Params params = Params.zeros(network.params());
        int at = 0;
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            // Three slots for each recurrent layer; those of the output come last.
            int[] order = orders.get(Math.min(i / 3, orders.size() - 1));
            float[] values = Arrays.copyOfRange(coefficients, at, at + slot.size());
            new StackedGates(values, true, order).fill(params, slot);
            at += slot.size();
        }
        return params;
    }

    private int size(Map<String, @Nullable Object> layer, int index, String name) throws MalformedFileException {
        if (layer.get(name) instanceof Long size && size >= 1 && size <= Integer.MAX_VALUE) {
            return size.intValue();
        }
        throw new MalformedFileException(file + ": layer " + index + ": expected a size for \"" + name + "\", found "
                + Json.kind(layer.get(name)));
    }

    private void requireFunction(Map<String, @Nullable Object> layer, int index, String name, String expected)
            throws MalformedFileException {
        String found = function(layer, index, name);
        if (!found.equals(expected)) {
            throw new MalformedFileException(file + ": layer " + index + ": expected " + expected + " as " + name
                    + ", found " + Json.kind(found) + "; the cells here have fixed functions");
        }
    }

    private String function(Map<String, @Nullable Object> layer, int index, String name) throws MalformedFileException {
        return simpleName(Json.object(file + ": layer " + index + ": " + name, layer.get(name)));
    }

    private String simpleName(Map<String, @Nullable Object> object) throws MalformedFileException {
        if (object.get("@class") instanceof String name) {
            return name.substring(name.lastIndexOf('.') + 1);
        }
        throw new MalformedFileException(
                file + ": expected \"@class\" as Deeplearning4j 1.0 writes it, found " + object.keySet());
    }
}
