package dev.namaskar.files;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.params.Params;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network with its parameters and whatever else belongs to it, as it travels between files and formats.
 *
 * @param network the layout
 * @param params the parameters, in the network's layout; shared, not copied
 * @param texts named texts, most of them JSON, that the tasks understand: {@code vocabulary} and
 *     {@code corpus} of a text model, {@code series} of a series model, {@code run} for the settings and results of its
 *     training
 */
public record Model(Network network, Params params, Map<String, String> texts) {
    /** Checks that the parameters are the network's; keeps its own copy of the texts. */
    public Model {
        if (params.values().length != network.params().size()) {
            throw new IllegalArgumentException(
                    "expected " + network.params().size() + " parameters, found " + params.values().length);
        }
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
    }

    /** A network and its parameters alone. */
    public Model(Network network, Params params) {
        this(network, params, Map.of());
    }

    /** What the network is. */
    public NetworkSpec spec() {
        return network.spec();
    }

    /** The same with one more text, or another in its place. */
    public Model withText(String name, String text) {
        Map<String, String> more = new TreeMap<>(texts);
        more.put(name, text);
        return new Model(network, params, more);
    }
}
