package dev.namaskar.net;

import dev.namaskar.net.layers.SharedWeights;
import java.util.List;

/** The weights of an encoder, a bridge and a decoder. */
record EncoderDecoderWeights(NetworkWeights encoder, NetworkWeights bridge, NetworkWeights decoder, SharedWeights all)
        implements SharedWeights {
    EncoderDecoderWeights(NetworkWeights encoder, NetworkWeights bridge, NetworkWeights decoder) {
        this(encoder, bridge, decoder, SharedWeights.of(List.of(encoder, bridge, decoder)));
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
