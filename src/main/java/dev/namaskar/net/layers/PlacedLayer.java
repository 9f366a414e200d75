package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;

/** A layer that knows where its parameters stand: immutable, shared by everyone who runs the network. */
public abstract class PlacedLayer {
    /** Fills the layer's parameters for a fresh network; modifies {@code params}. */
    public abstract void initialize(Params params, SplitMix64 random);

    /** The layer's weights as right-hand sides of products, to be loaded and then shared by the stages. */
    public abstract LayerWeights weights(Gemm gemm);

    /** The layer's moving part for one thread. */
    public abstract Stage stage(LayerWeights weights, Gemm gemm);
}
