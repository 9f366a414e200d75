package dev.namaskar.net;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.layers.SharedWeights;
import java.util.List;

/** A network's weights as right-hand sides of products: loaded once per update, read by the passes of all threads. */
public final class NetworkWeights implements SharedWeights {
    private final List<SharedWeights> layers;
    private final SharedWeights all;
    private final GemmLibrary library;

    NetworkWeights(Network network, Gemm gemm) {
        layers = network.layerWeights(gemm);
        all = SharedWeights.of(layers);
        library = gemm.library();
    }

    List<SharedWeights> layers() {
        return layers;
    }

    /** The library that these weights are laid out for. */
    public GemmLibrary library() {
        return library;
    }

    @Override
    public int parts() {
        return all.parts();
    }

    @Override
    public void load(float[] values, int part, boolean training) {
        all.load(values, part, training);
    }
}
