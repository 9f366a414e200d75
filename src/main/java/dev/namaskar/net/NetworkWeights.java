package dev.namaskar.net;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.layers.LayerWeights;
import java.util.List;

/** A network's weights as right-hand sides of products: loaded once per update, read by the passes of all threads. */
public final class NetworkWeights {
    private final List<LayerWeights> layers;
    private final GemmLibrary library;
    private final int parts;

    NetworkWeights(Network network, Gemm gemm) {
        layers = network.layerWeights(gemm);
        library = gemm.library();
        parts = layers.stream().mapToInt(LayerWeights::parts).sum();
    }

    List<LayerWeights> layers() {
        return layers;
    }

    /** The library that these weights are laid out for. */
    public GemmLibrary library() {
        return library;
    }

    /** Takes over the flat parameter buffer; {@code training} adds what gradients need. */
    public void load(float[] values, boolean training) {
        load(values, training, 0, 1);
    }

    /** One thread's share of {@link #load(float[], boolean)}: every {@code workers}-th part, from {@code worker} on. */
    public void load(float[] values, boolean training, int worker, int workers) {
        int part = 0;
        for (LayerWeights layer : layers) {
            for (int i = 0; i < layer.parts(); i++) {
                if (part++ % workers == worker) {
                    layer.load(values, i, training);
                }
            }
        }
    }

    /** Number of parts that can be loaded apart. */
    public int parts() {
        return parts;
    }
}
