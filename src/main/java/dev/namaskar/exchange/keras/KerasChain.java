package dev.namaskar.exchange.keras;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a Keras model that is one chain, found from its one output back to its one input. A layer may give
 * several tensors, an LSTM its output, its hidden state and its carry: which of them is read on belongs to the chain.
 */
final class KerasChain {
    private static final int MAX_LAYERS = 1000;

    /** One of the tensors that a layer gives when it is called for the {@code node}-th time. */
    private record Source(String layer, long node, long index) {
        @Override
        public String toString() {
            return index == 0 ? layer : layer + " (tensor " + index + ")";
        }
    }

    private final String file;
    private final int version;
    private final Map<String, @Nullable Object> config;

    private KerasChain(String file, int version, Map<String, @Nullable Object> config) {
        this.file = file;
        this.version = version;
        this.config = config;
    }

    /**
     * The layers, the input first.
     *
     * @param version of Keras, 2 or 3; 0 if nobody says it
     */
    static List<KerasLayer> of(String file, Map<String, @Nullable Object> model, int version) throws IOException {
        String kind = String.valueOf(model.get("class_name"));
        if (!kind.equals("Sequential") && !kind.equals("Functional") && !kind.equals("Model")) {
            throw new MalformedFileException(
                    file + ": expected a Sequential or Functional model, found " + Json.kind(model.get("class_name")));
        }
        Object config = model.get("config");
        // Up to Keras 2.2.2 a Sequential's configuration is the list of its layers.
        boolean bare = kind.equals("Sequential") && config instanceof List;
        KerasChain chain = new KerasChain(
                file,
                version,
                bare ? Collections.singletonMap("layers", config) : Json.object(file + ": config", config));
        List<KerasLayer> layers = kind.equals("Sequential") ? chain.sequential() : chain.functional();
        if (layers.size() < 2 || layers.size() > MAX_LAYERS) {
            throw new MalformedFileException(file + ": expected 1 to " + (MAX_LAYERS - 1)
                    + " layers behind the input, found " + (layers.size() - 1));
        }
        return layers;
    }

    private List<KerasLayer> sequential() throws IOException {
        List<KerasLayer> layers = new ArrayList<>();
        for (Object entry : Json.array(file + ": layers", config.get("layers"))) {
            layers.add(KerasLayer.of(file, entry, version));
        }
        if (!layers.isEmpty() && !layers.get(0).className().equals("InputLayer")) {
            layers.add(0, layers.get(0).input(config.get("build_input_shape")));
        }
        return layers;
    }

    private List<KerasLayer> functional() throws IOException {
        Map<String, Map<String, @Nullable Object>> entries = new LinkedHashMap<>();
        for (Object value : Json.array(file + ": layers", config.get("layers"))) {
            Map<String, @Nullable Object> entry = Json.object(file + ": layer", value);
            entries.put(KerasLayer.of(file, entry, version).name(), entry);
        }
        List<KerasLayer> layers = new ArrayList<>();
        Source read = only("the model", "output", sources(config.get("output_layers")));
        while (layers.size() <= MAX_LAYERS) {
            Map<String, @Nullable Object> entry = entries.remove(read.layer());
            if (entry == null) {
                throw new MalformedFileException(
                        file + ": expected a layer of its own as \"" + read.layer() + "\", found none");
            }
            KerasLayer layer = KerasLayer.of(file, entry, version).giving(read.index());
            layers.add(layer);
            if (layer.className().equals("InputLayer")) {
                break;
            }
            List<@Nullable Object> calls = Json.array(file + ": inbound_nodes", entry.get("inbound_nodes"));
            if (calls.size() != 1) {
                throw new MalformedFileException(file + ": expected layer " + layer.name()
                        + " to be called once, found " + calls.size() + " times; only plain chains come in");
            }
            read = only("layer " + layer.name(), "input", sources(calls));
        }
        if (!entries.isEmpty()) {
            throw new MalformedFileException(file + ": expected one chain from input to output, found more layers, "
                    + entries.keySet() + "; only plain chains come in");
        }
        Collections.reverse(layers);
        return layers;
    }

    private Source only(String what, String which, List<Source> sources) throws MalformedFileException {
        if (sources.size() != 1 || sources.get(0).node() != 0) {
            throw new MalformedFileException(file + ": expected one " + which + " of " + what + ", found " + sources
                    + "; only plain chains come in");
        }
        return sources.get(0);
    }

    private static List<Source> sources(@Nullable Object node) {
        Set<Source> sources = new LinkedHashSet<>();
        collect(node, sources);
        return List.copyOf(sources);
    }

    /** Keras 2 and 3 nest them differently, but for the three that name a tensor: layer, call and index. */
    private static void collect(@Nullable Object node, Set<Source> sources) {
        if (node instanceof Map<?, ?> map) {
            map.values().forEach(value -> collect(value, sources));
        } else if (node instanceof List<?> list) {
            if (list.size() >= 3
                    && list.get(0) instanceof String layer
                    && list.get(1) instanceof Long call
                    && list.get(2) instanceof Long index) {
                sources.add(new Source(layer, call, index));
            }
            list.forEach(value -> collect(value, sources));
        }
    }
}
