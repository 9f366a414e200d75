package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/** Layers one after the other inside another layer, at their places. */
final class PlacedChain {
    private final List<PlacedLayer> layers = new ArrayList<>();
    private final int outputWidth;

    /** Places them where that layer stands; the first reads so many values. */
    PlacedChain(Placement at, List<Layer> layers, int width) {
        this(at, layers, width, false, false);
    }

    /** Places them as a network that begins there. */
    PlacedChain(Placement at, List<Layer> layers) {
        this(at, layers, at.inputWidth(), at.tokens(), true);
    }

    private PlacedChain(Placement at, List<Layer> layers, int width, boolean tokens, boolean network) {
        int reads = width;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            this.layers.add(at.place(layer, reads, tokens && i == 0, network && i == layers.size() - 1));
            reads = layer.outputWidth(reads);
        }
        outputWidth = reads;
    }

    int outputWidth() {
        return outputWidth;
    }

    void initialize(Params params, SplitMix64 random) {
        layers.forEach(layer -> layer.initialize(params, random));
    }

    SharedWeights weights(Gemm gemm) {
        return SharedWeights.of(
                layers.stream().map(layer -> layer.weights(gemm)).toList());
    }

    /** The layers at work, with what {@link #weights} made. */
    Chain stage(SharedWeights weights, Gemm gemm) {
        return new Chain(layers, ((SharedWeights.Several) weights).each(), gemm);
    }
}
