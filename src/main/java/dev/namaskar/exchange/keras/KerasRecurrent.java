package dev.namaskar.exchange.keras;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Gate;
import dev.namaskar.cells.Gru;
import dev.namaskar.cells.Lstm;
import dev.namaskar.cells.Relu;
import dev.namaskar.cells.Tanh;
import dev.namaskar.files.Json;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;

/** Keras's recurrent layers as those here, if these compute the same. */
final class KerasRecurrent {
    private KerasRecurrent() {}

    /** The network so far and this layer: SimpleRNN, LSTM, GRU, or Bidirectional around one. */
    static NetworkSpec add(KerasLayer outer, NetworkSpec spec) {
        KerasLayer layer = outer.inner();
        boolean wraps = outer.className().equals("Bidirectional");
        Recurrent recurrent = new Recurrent(cell(layer, false), layer.size("units")).withMerge(merge(outer));
        boolean steps = Boolean.TRUE.equals(layer.config().get("return_sequences"));
        if (wraps && outer.config().get("backward_layer") != null) {
            KerasLayer backward = outer.of(outer.config().get("backward_layer"));
            if (!cell(backward, true).equals(cell(layer, false)) || backward.size("units") != layer.size("units")) {
                throw outer.refused("expected the same layer both ways");
            }
        }
        if (!steps && wraps) {
            throw outer.refused(
                    "with return_sequences=False reads the backward layer at the first step and the forward layer"
                            + " at the last; here both are read at one step");
        }
        NetworkSpec longer = spec.then(recurrent);
        return steps ? longer : longer.lastStep();
    }

    /** The cell that computes what the layer does, if there is one. */
    private static Cell cell(KerasLayer layer, boolean backwards) {
        layer.requireSetting("go_backwards", backwards);
        if (Boolean.TRUE.equals(layer.config().get("time_major"))) {
            throw layer.refused("time_major true puts time before the batch; build it batch by batch");
        }
        if (layer.className().equals("SimpleRNN")
                && "relu".equals(layer.config().get("activation"))) {
            return new Relu(1);
        }
        layer.requireSetting("activation", "tanh");
        return switch (layer.className()) {
            case "SimpleRNN" -> new Tanh(1);
            case "LSTM" -> new Lstm(gate(layer));
            case "GRU" -> {
                if (!Boolean.TRUE.equals(layer.config().get("reset_after"))) {
                    throw layer.refused("expected reset_after true, found "
                            + Json.kind(layer.config().get("reset_after"))
                            + "; with the reset before the product a step takes one more, which the loop here has not");
                }
                yield new Gru(gate(layer));
            }
            default -> throw layer.refused("expected SimpleRNN, LSTM or GRU");
        };
    }

    private static Gate gate(KerasLayer layer) {
        if (!"hard_sigmoid".equals(layer.config().get("recurrent_activation"))) {
            layer.requireSetting("recurrent_activation", "sigmoid");
            return Gate.SIGMOID;
        }
        return switch (layer.version()) {
            case 2 -> Gate.HARD_SIGMOID;
            case 3 -> Gate.HARD_SIGMOID_SIXTH;
            default ->
                throw layer.refused(
                        "hard_sigmoid is 0.2 x + 0.5 in Keras 2 and x / 6 + 0.5 in Keras 3, and nothing says"
                                + " which version wrote this; add \"keras_version\" to the configuration");
        };
    }

    private static Merge merge(KerasLayer outer) {
        if (!outer.className().equals("Bidirectional")) {
            return Merge.FORWARD;
        }
        return switch (String.valueOf(outer.config().get("merge_mode"))) {
            case "concat" -> Merge.CONCATENATE;
            case "sum" -> Merge.SUM;
            case "ave" -> Merge.AVERAGE;
            case "mul" -> Merge.MULTIPLY;
            default ->
                throw outer.refused("expected merge_mode concat, sum, ave or mul, found "
                        + outer.config().get("merge_mode"));
        };
    }
}
