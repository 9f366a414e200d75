package dev.namaskar.net;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.layers.PlacedLayer;
import dev.namaskar.net.layers.Placement;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A network: where its parameters and its state stand. It holds no weights and never changes, so one network serves
 * any number of threads, parameter sets and open sequences.
 */
public final class Network {
    private final NetworkSpec spec;
    private final ParamLayout params;
    private final StateLayout state = new StateLayout();
    private final List<PlacedLayer> layers = new ArrayList<>();

    /**
     * Lays out the network of this specification.
     *
     * @throws IllegalArgumentException if the layers do not fit together
     */
    public Network(NetworkSpec spec) {
        this(spec, new ParamLayout(), "");
    }

    /**
     * Lays out the network as one of several over the same parameters, as an encoder and a decoder are.
     *
     * @param shared modified: the network's slots are added
     * @param prefix what their names begin with: {@code encoder.}
     * @throws IllegalArgumentException if the layers do not fit together
     */
    public Network(NetworkSpec spec, ParamLayout shared, String prefix) {
        this.spec = spec;
        params = shared;
        if (spec.layers().isEmpty()) {
            throw new IllegalArgumentException("expected at least one layer");
        }
        int width = spec.inputWidth();
        boolean tokens = spec.tokens();
        Placement start = new Placement(shared, state, prefix);
        for (int i = 0; i < spec.layers().size(); i++) {
            Layer layer = spec.layers().get(i);
            layers.add(start.place(layer, width, tokens, i == spec.layers().size() - 1));
            width = layer.outputWidth(width);
            tokens = false;
        }
    }

    /** What the network is. */
    public NetworkSpec spec() {
        return spec;
    }

    /** Where each parameter stands, those of networks that share the layout among them. */
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
        initialize(fresh, seed);
        return fresh;
    }

    /** The same for this network's part of parameters that several share; modifies {@code fresh}. */
    public void initialize(Params fresh, long seed) {
        for (int i = 0; i < layers.size(); i++) {
            long stream = SplitMix64.mix(seed + (i + 1) * SplitMix64.GOLDEN_GAMMA);
            layers.get(i).initialize(fresh, new SplitMix64(stream));
        }
    }

    /** The same for several networks that share parameters, the first from this seed and each from the one after. */
    public static void initialize(Collection<Network> networks, Params fresh, long seed) {
        long next = seed;
        for (Network network : networks) {
            network.initialize(fresh, next++);
        }
    }

    /** The state before the first step of so many sequences: zeros. */
    public State zeroState(int batch) {
        return new State(state, batch);
    }

    /** Room for weights in the form that a library's products want, for sharing between passes. */
    public NetworkWeights weights(GemmLibrary library) {
        return weights(library.open());
    }

    /** The same for products of this kind. */
    public NetworkWeights weights(Gemm gemm) {
        return new NetworkWeights(this, gemm);
    }

    /** A pass for predicting with these parameters on plain Java arrays: no native library is loaded. */
    public Pass predictor(Params values) {
        NetworkWeights weights = weights(GemmLibrary.JAVA);
        weights.load(values.values(), false);
        return new Pass(this, weights, GemmLibrary.JAVA.open());
    }

    List<SharedWeights> layerWeights(Gemm gemm) {
        return layers.stream().map(layer -> layer.weights(gemm)).toList();
    }
}
