package dev.namaskar.net.layers;

import dev.namaskar.params.ParamLayout;
import java.util.Map;

/**
 * One layer of a network: a value that says what the layer is. Its weights live in {@link dev.namaskar.params.Params},
 * its activations in the {@link Stage} of each pass.
 */
public interface Layer {
    /** The name of this kind of layer in a stored specification. */
    String kind();

    /** Width of what the layer puts out for inputs of this width. */
    int outputWidth(int inputWidth);

    /** The layer's settings, for a stored specification, which reads them back. */
    Map<String, Object> toMap();

    /**
     * Declares the layer's parameters and state.
     *
     * @param inputWidth width of the layer's input
     * @param tokens whether the input is token ids
     * @param index how many layers of this kind stand before it
     * @param last whether this is the network's last layer
     */
    PlacedLayer place(ParamLayout params, StateLayout state, int inputWidth, boolean tokens, int index, boolean last);
}
