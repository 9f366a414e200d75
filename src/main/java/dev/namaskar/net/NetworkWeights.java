package dev.namaskar.net;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.net.layers.SharedWeights;
import java.util.List;

/** A network's weights as right-hand sides of products: loaded once per update, read by the passes of all threads. */
public final class NetworkWeights implements SharedWeights {
    private final SharedWeights.Several all;
    private final GemmChoice choice;

    NetworkWeights(Network network, Gemm gemm) {
        all = SharedWeights.of(network.layerWeights(gemm));
        choice = gemm.choice();
    }

    List<SharedWeights> layers() {
        return all.each();
    }

    /** The products that these weights are laid out for. */
    public GemmChoice choice() {
        return choice;
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
