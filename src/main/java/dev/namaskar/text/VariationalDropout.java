package dev.namaskar.text;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dropout whose masks are held over all steps of a sequence (Gal and Ghahramani 2016), at rates of its own for each place;
 * what is null stays as the network has it.
 *
 * @param input of the first recurrent layer
 * @param state of every recurrent layer, where its products read h
 * @param between recurrent layers
 * @param output of the last recurrent layer
 */
public record VariationalDropout(
        @Nullable Double input,
        @Nullable Double state,
        @Nullable Double between,
        @Nullable Double output) {
    /** None asked for. */
    public static final VariationalDropout NONE = new VariationalDropout(null, null, null, null);

    /** Checks the rates. */
    public VariationalDropout {
        Setting.fraction("dropout-input", input);
        Setting.fraction("dropout-state", state);
        Setting.fraction("dropout-between", between);
        Setting.fraction("dropout-output", output);
    }

    VariationalDropout withInput(@Nullable Double rate) {
        return new VariationalDropout(rate, state, between, output);
    }

    /**
     * A network with these rates.
     *
     * @throws IllegalArgumentException if there is nothing at one of the places
     */
    NetworkSpec in(NetworkSpec network) {
        int recurrent = RecurrentLayers.in(network).size();
        Setting.require(
                between == null || between == 0 || recurrent > 1, "dropout-between", "two recurrent layers", between);
        NetworkSpec changed = new NetworkSpec(network.tokens(), network.inputWidth(), List.of());
        int seen = 0;
        Double held = null;
        for (Layer layer : network.layers()) {
            if (layer instanceof Dropout && (held != null || (seen == 0 && input != null))) {
                continue;
            }
            if (layer instanceof Recurrent each) {
                changed = seen++ == 0 ? withInput(changed) : changed;
                changed = changed.then(state == null ? each : each.withStateDropout(state));
                held = seen == recurrent ? output : between;
                changed = held == null || held == 0 ? changed : changed.then(new Dropout(held, true));
            } else {
                changed = changed.then(layer);
                held = null;
            }
        }
        return changed;
    }

    private NetworkSpec withInput(NetworkSpec below) {
        if (input == null || input == 0) {
            return below;
        }
        Setting.require(
                !below.layers().isEmpty(), "dropout-input", "an embedding, whose vectors it drops parts of", input);
        return below.then(new Dropout(input, true));
    }
}
