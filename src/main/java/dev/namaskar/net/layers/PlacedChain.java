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
        int reads = width;
        for (Layer layer : layers) {
            this.layers.add(at.place(layer, reads));
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

    private record Each(List<SharedWeights> weights, SharedWeights all) implements SharedWeights {
        @Override
        public int parts() {
            return all.parts();
        }

        @Override
        public void load(float[] values, int part, boolean training) {
            all.load(values, part, training);
        }
    }

    SharedWeights weights(Gemm gemm) {
        List<SharedWeights> each =
                layers.stream().map(layer -> layer.weights(gemm)).toList();
        return new Each(each, SharedWeights.of(each));
    }

    /** The layers at work, with what {@link #weights} made. */
    Chain stage(SharedWeights weights, Gemm gemm) {
        return new Chain(layers, ((Each) weights).weights, gemm);
    }
}
