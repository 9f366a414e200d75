package dev.namaskar.net;

import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.net.layers.LastStep;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import java.util.List;
import java.util.Map;

/** Reads layers back from stored specifications. */
final class Layers {
    private static final List<String> KINDS = List.of("embedding", "recurrent", "dropout", "last_step", "dense");

    private Layers() {}

    /** The layer of this kind with these settings, as {@link Layer#toMap} wrote them. */
    static Layer fromMap(String kind, Map<String, ?> map) {
        return switch (kind) {
            case "embedding" -> new Embedding(integer(map, "width"));
            case "recurrent" ->
                new Recurrent(
                        text(map, "cell"),
                        integer(map, "hidden"),
                        integer(map, "order"),
                        Merge.named(text(map, "direction")),
                        text(map, "input_initializer"),
                        text(map, "recurrent_initializer"),
                        number(map, "forget_bias").floatValue());
            case "dropout" -> new Dropout(number(map, "rate").doubleValue(), flag(map, "held"));
            case "last_step" -> new LastStep();
            case "dense" ->
                new Dense(integer(map, "width"), Activation.named(text(map, "activation")), text(map, "initializer"));
            default -> throw new IllegalArgumentException("expected a layer of " + KINDS + ", found \"" + kind + "\"");
        };
    }

    static int integer(Map<String, ?> map, String key) {
        double value = number(map, key).doubleValue();
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("expected a whole number for \"" + key + "\", found " + value);
        }
        return (int) value;
    }

    static String text(Map<String, ?> map, String key) {
        if (map.get(key) instanceof String found) {
            return found;
        }
        throw new IllegalArgumentException("expected text for \"" + key + "\", found " + map.get(key));
    }

    private static Number number(Map<String, ?> map, String key) {
        if (map.get(key) instanceof Number found) {
            return found;
        }
        throw new IllegalArgumentException("expected a number for \"" + key + "\", found " + map.get(key));
    }

    private static boolean flag(Map<String, ?> map, String key) {
        if (map.get(key) instanceof Boolean found) {
            return found;
        }
        throw new IllegalArgumentException("expected true or false for \"" + key + "\", found " + map.get(key));
    }
}
