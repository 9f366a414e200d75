package dev.namaskar.net;

import dev.namaskar.net.layers.PlacedLayer;
import dev.namaskar.net.layers.SharedWeights;
import java.util.List;

/** What a network keeps to itself, for tests that lay a hand on it. */
public final class NetworkInside {
    private NetworkInside() {}

    /** The layers at their places. */
    public static List<PlacedLayer> layers(Network network) {
        return network.layers();
    }

    /** The layers' weights as they were loaded. */
    public static List<SharedWeights> weights(NetworkWeights weights) {
        return weights.layers();
    }
}
