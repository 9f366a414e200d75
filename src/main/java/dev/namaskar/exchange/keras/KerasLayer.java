package dev.namaskar.exchange.keras;

import dev.namaskar.files.Json;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a Keras configuration.
 *
 * @param className Keras's class, such as {@code LSTM}
 * @param config its settings
 * @param version of Keras, 2 or 3; 0 if nobody says it
 */
record KerasLayer(String className, Map<String, @Nullable Object> config, int version) {
    private static final List<String> RECURRENT = List.of("SimpleRNN", "LSTM", "GRU");

    /** A layer as it stands in a configuration. */
    static KerasLayer of(String file, @Nullable Object entry, int version) throws IOException {
        Map<String, @Nullable Object> layer = Json.object(file + ": layer", entry);
        return new KerasLayer(
                String.valueOf(layer.get("class_name")),
                Json.object(file + ": layer config", layer.get("config")),
                version);
    }

    /** The input that a Sequential does not spell out: what its first layer or the model itself says of it. */
    KerasLayer input(@Nullable Object built) {
        Object shape = config.get("batch_input_shape");
        if (shape == null
                && config.get("layer") instanceof Map<?, ?> wrapped
                && wrapped.get("config") instanceof Map<?, ?> inner) {
            shape = inner.get("batch_input_shape");
        }
        if (shape == null) {
            shape = built;
        }
        if (shape == null && className.equals("Embedding")) {
            shape = Arrays.asList(null, config.get("input_length"));
        }
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put("name", name() + "_input");
        input.put("batch_shape", shape);
        return new KerasLayer("InputLayer", input, version);
    }

    /**
     * The layer when one of its tensors is read on.
     *
     * @param index 0 is its output, 1 a recurrent layer's last hidden state, 2 an LSTM's last carry
     */
    KerasLayer giving(long index) {
        if (index == 0) {
            return this;
        }
        if (index == 1 && RECURRENT.contains(className)) {
            Map<String, @Nullable Object> last = new LinkedHashMap<>(config);
            last.put("return_sequences", false);
            return new KerasLayer(className, last, version);
        }
        throw refused("expected its output or its last hidden state to be read on, found its tensor " + index
                + (index == 2 && className.equals("LSTM") ? ", the carry" : "")
                + ", which no layer here reads");
    }

    /** Steps that the input has always; 0 if they are not fixed. */
    int steps() {
        return shape() instanceof List<?> list && list.size() > 1 && list.get(1) instanceof Long steps
                ? Math.toIntExact(steps)
                : 0;
    }

    private @Nullable Object shape() {
        return config.containsKey("batch_shape") ? config.get("batch_shape") : config.get("batch_input_shape");
    }

    /** The layer's own name. */
    String name() {
        return String.valueOf(config.get("name"));
    }

    /** The network's input, if this is Keras's input layer. */
    NetworkSpec start(boolean tokens) {
        Object shape = shape();
        if (shape == null) {
            throw refused("expected the shape of the input; build the model before saving it");
        }
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
        inner().requireNewerThanKeras1();
        return switch (className) {
            case "Embedding" -> {
                if (!spec.layers().isEmpty()) {
                    throw refused("expected an embedding to be the first layer");
                }
                if (Boolean.TRUE.equals(config.get("mask_zero"))) {
                    throw refused("mask_zero makes token 0 padding; here padding is given by lengths");
                }
                yield NetworkSpec.tokens(size("input_dim")).embedding(size("output_dim"));
            }
            case "SimpleRNN", "LSTM", "GRU", "Bidirectional" -> KerasRecurrent.add(this, spec);
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

    /** Keras 1 had other names for everything, in files too. */
    private void requireNewerThanKeras1() {
        if (config.containsKey("inner_activation")
                || (config.containsKey("output_dim") && !className.equals("Embedding"))) {
            throw refused("is as Keras 1 wrote it; load it with Keras 2 and save it again");
        }
    }

    /** A layer that stands among the settings. */
    KerasLayer of(@Nullable Object entry) {
        try {
            KerasLayer layer = of(name(), entry, version);
            if (layer.className.equals("Bidirectional") || layer.className.equals("TimeDistributed")) {
                throw refused("wraps a wrapper");
            }
            return layer;
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Whether the layer is, or ends in, a softmax. */
    boolean softmax() {
        return className.equals("Softmax") || "softmax".equals(inner().config.get("activation"));
    }

    /** Whether the layer has weights of its own in a file. */
    boolean hasWeights() {
        return switch (className) {
            case "Embedding", "SimpleRNN", "LSTM", "GRU", "Bidirectional", "Dense", "TimeDistributed" -> true;
            default -> false;
        };
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

    /** Refuses any other value of a setting. */
    void requireSetting(String setting, Object expected) {
        if (!expected.equals(config.get(setting))) {
            throw refused("expected " + setting + " " + expected + ", found " + Json.kind(config.get(setting))
                    + "; the cells here have no other");
        }
    }

    /** An error in this layer. */
    IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("layer " + name() + " (" + className + "): " + reason);
    }
}
