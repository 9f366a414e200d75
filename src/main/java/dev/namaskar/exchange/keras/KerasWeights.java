package dev.namaskar.exchange.keras;

import dev.namaskar.exchange.internal.StackedGates;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.net.Network;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds a Keras layer's weights in an HDF5 file and puts them into the slots of the network that was made of it. */
final class KerasWeights {
    private static final String WEIGHT_NAMES = "weight_names";

    /** Where PyTorch's r, z, n stand in Keras's GRU. */
    private static final int[] GRU_ORDER = {1, 0, 2};

    /** Where a layer's variables stand in a file. */
    enum Layout {
        /** {@code .keras} and {@code .weights.h5}: by class and count, {@code layers/lstm_1/cell/vars/0}. */
        COUNTED,
        /** A whole model as {@code .h5}: by the layers' names, under {@code model_weights}. */
        NAMED,
        /** {@code model.save_weights} up to Keras 2: the same, at the root. */
        NAMED_AT_ROOT
    }

    private final Hdf5 file;
    private final Layout layout;
    private final boolean whole;
    private final Map<String, Integer> seen = new HashMap<>();
    private int recurrentLayers;
    private int denseLayers;

    /** The weights in a file. */
    KerasWeights(Hdf5 file, Layout layout) {
        this.file = file;
        this.layout = layout;
        this.whole = layout != Layout.COUNTED;
    }

    /** Refuses a file that is too small for so many parameters. */
    void requireRoomFor(long parameters) throws MalformedFileException {
        file.requireRoomFor(parameters);
    }

    /** Fills the slots of all layers of a chain; modifies {@code params}. */
    void fill(List<KerasLayer> layers, Network network, Params params) throws IOException {
        List<KerasLayer> weighty =
                layers.stream().filter(KerasLayer::hasWeights).toList();
        List<String> groups = whole ? groups(weighty) : List.of();
        for (int i = 0; i < weighty.size(); i++) {
            KerasLayer layer = weighty.get(i);
            fill(layer, whole ? groups.get(i) : counted(layer), network, params);
        }
    }

    /** The groups of these layers: those of their names or, as Keras itself takes weights alone, in their order. */
    private List<String> groups(List<KerasLayer> layers) throws IOException {
        String root = layout == Layout.NAMED ? "model_weights" : "";
        String prefix = root.isEmpty() ? "" : root + "/";
        List<String> names = layers.stream().map(KerasLayer::name).toList();
        if (layout == Layout.NAMED_AT_ROOT) {
            List<String> filled = new ArrayList<>();
            for (String name : file.texts(root, "layer_names")) {
                if (!file.texts(name, WEIGHT_NAMES).isEmpty()) {
                    filled.add(name);
                }
            }
            if (filled.size() != names.size()) {
                throw new MalformedFileException(
                        "expected weights of the layers " + names + ", found those of " + filled);
            }
            names = filled.containsAll(names) ? names : filled;
        }
        return names.stream().map(prefix::concat).toList();
    }

    private String counted(KerasLayer layer) {
        String kind = layer.className()
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
        int count = seen.merge(kind, 1, Integer::sum) - 1;
        return "layers/" + kind + (count == 0 ? "" : "_" + count);
    }

    /**
     * Fills the slots of one layer, taken in the order of the chain; modifies {@code params}.
     *
     * @param location the layer's group in the file
     */
    private void fill(KerasLayer layer, String location, Network network, Params params) throws IOException {
        switch (layer.className()) {
            case "Embedding" -> {
                Slot slot = network.params().slot("embedding.weight");
                String path = variables(location, "", 1).get(0);
                plain(params, slot, file.floats(path, slot.rows(), slot.columns()));
            }
            case "SimpleRNN", "LSTM", "GRU" ->
                recurrent(layer, variables(location, "cell/", 3), "l" + recurrentLayers++, params);
            case "Bidirectional" -> {
                KerasLayer inner = layer.inner();
                int each = inner.bias() ? 3 : 2;
                List<String> both = whole ? variables(location, "", 2 * each) : List.of();
                recurrent(
                        inner,
                        whole ? both.subList(0, each) : variables(location, "forward_layer/cell/", 3),
                        "l" + recurrentLayers,
                        params);
                recurrent(
                        inner,
                        whole ? both.subList(each, 2 * each) : variables(location, "backward_layer/cell/", 3),
                        "l" + recurrentLayers++ + "_reverse",
                        params);
            }
            case "Dense" -> dense(layer, variables(location, "", 2), params);
            case "TimeDistributed" -> dense(layer.inner(), variables(location, "layer/", 2), params);
            default -> {} // layers without weights
        }
    }

    /** Paths of a layer's variables in Keras's order; at most {@code most}, fewer where it has no biases. */
    private List<String> variables(String location, String inside, int most) throws IOException {
        if (!whole) {
            return IntStream.range(0, most)
                    .mapToObj(i -> location + "/" + inside + "vars/" + i)
                    .toList();
        }
        List<String> names = file.texts(location, WEIGHT_NAMES);
        if (names.isEmpty()) {
            throw new MalformedFileException("expected the attribute weight_names at " + location + ", found none");
        }
        return names.stream().map(name -> location + "/" + name).toList();
    }

    private void recurrent(KerasLayer layer, List<String> paths, String suffix, Params params) throws IOException {
        Slot input = params.layout().slot("rnn.weight_ih_" + suffix);
        Slot hidden = params.layout().slot("rnn.weight_hh_" + suffix);
        int[] order = layer.className().equals("GRU")
                ? GRU_ORDER
                : IntStream.range(0, input.blocks()).toArray();
        int width = input.blocks() * input.columns();
        new StackedGates(file.floats(path(paths, 0), input.rows(), width), false, order).fill(params, input);
        new StackedGates(file.floats(path(paths, 1), hidden.rows(), width), false, order).fill(params, hidden);
        if (!layer.bias()) {
            return;
        }
        Slot inputBias = params.layout().slot("rnn.bias_ih_" + suffix);
        if (!layer.className().equals("GRU")) {
            new StackedGates(file.floats(path(paths, 2), width), false, order).fill(params, inputBias);
            return;
        }
        // Reset after: one bias in the input's product, one in the hidden state's.
        float[] both = file.floats(path(paths, 2), 2, width);
        Slot hiddenBias = params.layout().slot("rnn.bias_hh_" + suffix);
        new StackedGates(Arrays.copyOfRange(both, 0, width), false, order).fill(params, inputBias);
        new StackedGates(Arrays.copyOfRange(both, width, 2 * width), false, order).fill(params, hiddenBias);
    }

    private void dense(KerasLayer layer, List<String> paths, Params params) throws IOException {
        String name = "dense" + denseLayers++;
        if (!params.layout().contains(name + ".weight")) {
            name = "head";
        }
        Slot weight = params.layout().slot(name + ".weight");
        plain(params, weight, file.floats(path(paths, 0), weight.rows(), weight.columns()));
        if (layer.bias()) {
            Slot bias = params.layout().slot(name + ".bias");
            plain(params, bias, file.floats(path(paths, 1), bias.columns()));
        }
    }

    private static String path(List<String> paths, int index) throws MalformedFileException {
        if (index >= paths.size()) {
            throw new MalformedFileException("expected more than " + index + " variables, found " + paths);
        }
        return paths.get(index);
    }

    private static void plain(Params params, Slot slot, float[] values) {
        System.arraycopy(values, 0, params.values(), slot.offset(), values.length);
    }
}
