package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;

/** A layer that knows where its parameters stand: immutable, shared by everyone who runs the network. */
public interface PlacedLayer {
    /** Fills the layer's parameters, zeros until then, for a fresh network; modifies {@code params} and the generator. */
    default void initialize(Params params, SplitMix64 random) {}

    /** Room for the layer's weights, which is then loaded once an update and shared by the stages of all threads. */
    default SharedWeights weights(Gemm gemm) {
        return SharedWeights.NONE;
    }

    /**
     * The layer's moving part for one thread.
     *
     * @param weights what {@link #weights} made
     * @param gemm the products of this thread
     */
    Stage stage(SharedWeights weights, Gemm gemm);
}
