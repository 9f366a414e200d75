package dev.namaskar.exchange.keras;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a Keras configuration.
 *
 * @param className Keras's class, such as {@code LSTM}
 * @param config its settings
 */
record KerasLayer(String className, Map<String, @Nullable Object> config) {
    private static final int MAX_LAYERS = 1000;

    /** The layers of a model that is one chain, its input first. */
    static List<KerasLayer> chain(String file, Map<String, @Nullable Object> model) throws IOException {
        String kind = String.valueOf(model.get("class_name"));
        if (!kind.equals("Sequential") && !kind.equals("Functional") && !kind.equals("Model")) {
            throw new MalformedFileException(
                    file + ": expected a Sequential or Functional model, found " + Json.kind(model.get("class_name")));
        }
        Map<String, @Nullable Object> config = Json.object(file + ": config", model.get("config"));
        List<@Nullable Object> entries = Json.array(file + ": layers", config.get("layers"));
        List<KerasLayer> layers = new ArrayList<>();
        for (Object entry : entries) {
            KerasLayer layer = of(file, entry);
            if (!layers.isEmpty() && !kind.equals("Sequential")) {
                layers.get(layers.size() - 1).requireFeeds(file, layer, Json.object(file, entry));
            }
            layers.add(layer);
        }
        if (layers.size() < 2 || layers.size() > MAX_LAYERS) {
            throw new MalformedFileException(
                    file + ": expected 2 to " + MAX_LAYERS + " layers, found " + layers.size());
        }
        return layers;
    }

    private static KerasLayer of(String file, @Nullable Object entry) throws IOException {
        Map<String, @Nullable Object> layer = Json.object(file + ": layer", entry);
        return new KerasLayer(
                String.valueOf(layer.get("class_name")), Json.object(file + ": layer config", layer.get("config")));
    }

    /** A functional model's layer says whose outputs it reads; here that can only be the layer before. */
    private void requireFeeds(String file, KerasLayer next, Map<String, @Nullable Object> entry) throws IOException {
        Set<String> sources = new LinkedHashSet<>();
        collectSources(entry.get("inbound_nodes"), sources);
        if (!sources.equals(Set.of(name()))) {
            throw new MalformedFileException(file + ": expected layer " + next.name() + " to read layer " + name()
                    + " alone, found " + sources + "; only plain chains come in");
        }
    }

    private static void collectSources(@Nullable Object node, Set<String> sources) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("keras_history") instanceof List<?> history && !history.isEmpty()) {
                sources.add(String.valueOf(history.get(0)));
            }
            map.values().forEach(value -> collectSources(value, sources));
        } else if (node instanceof List<?> list) {
            // Keras 2: [name, node index, tensor index, ...]
            if (list.size() >= 3 && list.get(0) instanceof String name && list.get(1) instanceof Long) {
                sources.add(name);
            }
            list.forEach(value -> collectSources(value, sources));
        }
    }

    /** The layer's own name. */
    String name() {
        return String.valueOf(config.get("name"));
    }

    /** The network's input, if this is Keras's input layer. */
    NetworkSpec start(boolean tokens) {
        if (!className.equals("InputLayer")) {
            throw refused("expected an InputLayer first; build the model before saving it");
        }
        Object shape = config.containsKey("batch_shape") ? config.get("batch_shape") : config.get("batch_input_shape");
        if (shape instanceof List<?> list && list.size() == 2) {
            // The number of tokens is the embedding's to say.
            return NetworkSpec.tokens(1);
        }
        if (shape instanceof List<?> list && list.size() == 3 && list.get(2) instanceof Long width) {
            int size = Math.toIntExact(width);
            return tokens ? NetworkSpec.tokens(size) : NetworkSpec.values(size);
        }
        throw refused("expected a shape [batch, time] or [batch, time, width], found " + shape);
    }

    /** The network so far and this layer. */
    NetworkSpec add(NetworkSpec spec, boolean last) {
        return switch (className) {
            case "Embedding" -> {
                if (Boolean.TRUE.equals(config.get("mask_zero"))) {
                    throw refused("mask_zero makes token 0 padding; here padding is given by lengths");
                }
                yield NetworkSpec.tokens(size("input_dim")).embedding(size("output_dim"));
            }
            case "SimpleRNN", "LSTM", "GRU", "Bidirectional" -> recurrent(spec);
            case "Dropout" -> spec.then(new Dropout(rate(), false));
            case "SpatialDropout1D" -> spec.then(new Dropout(rate(), true));
            case "Dense" -> spec.dense(size("units"), activation(last));
            case "TimeDistributed" -> {
                if (!inner().className.equals("Dense")) {
                    throw refused("expected TimeDistributed(Dense), found " + inner().className);
                }
                yield inner().add(spec, last);
            }
            case "Activation" -> activated(spec, activation(last));
            case "ReLU" -> activated(spec, relu());
            case "Softmax" -> activated(spec, softmax(last));
            case "GaussianNoise", "ActivityRegularization" -> spec; // which do nothing in prediction
            default -> throw refused("is a layer that is not known here");
        };
    }

    private NetworkSpec recurrent(NetworkSpec spec) {
        KerasLayer layer = inner();
        boolean wraps = className.equals("Bidirectional");
        Recurrent recurrent = new Recurrent(layer.cell(false), layer.size("units")).withMerge(merge());
        boolean steps = Boolean.TRUE.equals(layer.config.get("return_sequences"));
        if (wraps && config.get("backward_layer") != null) {
            KerasLayer backward = of(config.get("backward_layer"));
            if (!backward.cell(true).equals(layer.cell(false)) || backward.size("units") != layer.size("units")) {
                throw refused("expected the same layer both ways");
            }
        }
        if (!steps && wraps) {
            throw refused("with return_sequences=False reads the backward layer at the first step and the forward layer"
                    + " at the last; here both are read at one step");
        }
        NetworkSpec longer = spec.then(recurrent);
        return steps ? longer : longer.lastStep();
    }

    /** {@code rnn}, {@code gru} or {@code lstm}, if the layer computes what these do. */
    private String cell(boolean backwards) {
        requireSetting("activation", "tanh");
        requireSetting("go_backwards", backwards);
        if (!className.equals("SimpleRNN")) {
            requireSetting("recurrent_activation", "sigmoid");
        }
        return switch (className) {
            case "SimpleRNN" -> "rnn";
            case "LSTM" -> "lstm";
            case "GRU" -> {
                requireSetting("reset_after", true);
                yield "gru";
            }
            default -> throw refused("expected SimpleRNN, LSTM or GRU");
        };
    }

    private Merge merge() {
        if (!className.equals("Bidirectional")) {
            return Merge.FORWARD;
        }
        return switch (String.valueOf(config.get("merge_mode"))) {
            case "concat" -> Merge.CONCATENATE;
            case "sum" -> Merge.SUM;
            case "ave" -> Merge.AVERAGE;
            case "mul" -> Merge.MULTIPLY;
            default -> throw refused("expected merge_mode concat, sum, ave or mul, found " + config.get("merge_mode"));
        };
    }

    /** A layer that is an activation alone becomes that of the dense layer before it. */
    private NetworkSpec activated(NetworkSpec spec, Activation activation) {
        if (activation == Activation.IDENTITY) {
            return spec;
        }
        List<Layer> layers = new ArrayList<>(spec.layers());
        int before = layers.size() - 1;
        if (before < 0 || !(layers.get(before) instanceof Dense dense) || dense.activation() != Activation.IDENTITY) {
            throw refused("expected a Dense layer without activation before it");
        }
        layers.set(before, new Dense(dense.width(), activation, dense.initializer()));
        return new NetworkSpec(spec.tokens(), spec.inputWidth(), layers);
    }

    private Activation relu() {
        boolean plain = config.get("max_value") == null && isZero("negative_slope") && isZero("threshold");
        if (!plain) {
            throw refused("expected neither max_value nor negative_slope nor threshold");
        }
        return Activation.RELU;
    }

    private boolean isZero(String setting) {
        return config.get(setting) == null
                || (config.get(setting) instanceof Number number && number.doubleValue() == 0);
    }

    private Activation softmax(boolean last) {
        if (!last || !Long.valueOf(-1).equals(config.get("axis"))) {
            throw refused("expected a softmax over the last axis and at the end");
        }
        return Activation.IDENTITY;
    }

    private Activation activation(boolean last) {
        String name = String.valueOf(config.get("activation"));
        if (name.equals("linear") || (last && name.equals("softmax"))) {
            return Activation.IDENTITY;
        }
        return switch (name) {
            case "tanh" -> Activation.TANH;
            case "sigmoid" -> Activation.SIGMOID;
            case "relu" -> Activation.RELU;
            default ->
                throw refused("expected activation linear, tanh, sigmoid, relu, or softmax at the end, found " + name);
        };
    }

    /** The layer that a wrapper wraps; any other layer itself. */
    KerasLayer inner() {
        boolean wrapper = className.equals("Bidirectional") || className.equals("TimeDistributed");
        return wrapper ? of(config.get("layer")) : this;
    }

    private KerasLayer of(@Nullable Object entry) {
        try {
            KerasLayer layer = of(name(), entry);
            if (layer.className.equals("Bidirectional") || layer.className.equals("TimeDistributed")) {
                throw refused("wraps a wrapper");
            }
            return layer;
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Whether the layer has biases. */
    boolean bias() {
        return !Boolean.FALSE.equals(config.get("use_bias"));
    }

    /** A positive whole number among the settings. */
    int size(String setting) {
        if (config.get(setting) instanceof Long value && value >= 1 && value <= Integer.MAX_VALUE) {
            return value.intValue();
        }
        throw refused("expected a size for " + setting + ", found " + Json.kind(config.get(setting)));
    }

    private double rate() {
        if (config.get("rate") instanceof Number rate) {
            return rate.doubleValue();
        }
        throw refused("expected a rate, found " + Json.kind(config.get("rate")));
    }

    private void requireSetting(String setting, Object expected) {
        if (!expected.equals(config.get(setting))) {
            throw refused("expected " + setting + " " + expected + ", found " + Json.kind(config.get(setting))
                    + "; the cells here have no other");
        }
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("layer " + name() + " (" + className + "): " + reason);
    }
}
