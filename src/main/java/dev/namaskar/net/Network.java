package dev.namaskar.net;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.layers.LayerWeights;
import dev.namaskar.net.layers.PlacedLayer;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network: where its parameters and its state stand. It holds no weights and never changes, so one network serves
 * any number of threads, parameter sets and open sequences.
 */
public final class Network {
    private final NetworkSpec spec;
    private final ParamLayout params = new ParamLayout();
    private final StateLayout state = new StateLayout();
    private final List<PlacedLayer> layers = new ArrayList<>();

    /**
     * Lays out the network of this specification.
     *
     * @throws IllegalArgumentException if the layers do not fit together
     */
    public Network(NetworkSpec spec) {
        this.spec = spec;
        if (spec.layers().isEmpty()) {
            throw new IllegalArgumentException("expected at least one layer");
        }
        int width = spec.inputWidth();
        boolean tokens = spec.tokens();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < spec.layers().size(); i++) {
            Layer layer = spec.layers().get(i);
            int index = seen.merge(layer.kind(), 1, Integer::sum) - 1;
            layers.add(layer.place(
                    params, state, width, tokens, index, i == spec.layers().size() - 1));
            width = layer.outputWidth(width);
            tokens = false;
        }
    }

    /** What the network is. */
    public NetworkSpec spec() {
        return spec;
    }

    /** Where each parameter stands. */
    public ParamLayout params() {
        return params;
    }

    /** Where each part of the state stands. */
    public StateLayout state() {
        return state;
    }

    List<PlacedLayer> layers() {
        return layers;
    }

    /**
     * Fresh parameters as the layers' initializers draw them, each layer from a stream of its own: what is put on top of
     * a layer does not change what it starts with.
     */
    public Params initialize(long seed) {
        Params fresh = Params.zeros(params);
        for (int i = 0; i < layers.size(); i++) {
            long stream = SplitMix64.mix(seed + (i + 1) * SplitMix64.GOLDEN_GAMMA);
            layers.get(i).initialize(fresh, new SplitMix64(stream));
        }
        return fresh;
    }

    /** The state before the first step of so many sequences: zeros. */
    public State zeroState(int batch) {
        return new State(state, batch);
    }

    /** Room for weights in the form that a library's products want, for sharing between passes. */
    public NetworkWeights weights(GemmLibrary library) {
        return new NetworkWeights(this, library.open());
    }

    /** A pass for predicting with these parameters on plain Java arrays: no native library is loaded. */
    public Pass predictor(Params values) {
        NetworkWeights weights = weights(GemmLibrary.JAVA);
        weights.load(values.values(), false);
        return new Pass(this, weights, GemmLibrary.JAVA.open());
    }

    List<LayerWeights> layerWeights(Gemm gemm) {
        return layers.stream().map(layer -> layer.weights(gemm)).toList();
    }
}
