package dev.namaskar.text;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.text.corpus.TextData;
import java.util.function.ToDoubleFunction;

/**
 * The loss by which a run is scored, in mean nats per character, over {@link TextData#scored}: what was held out, or,
 * where nothing was, the training text, read as it is trained on. It is the figure that scoring that text by the model
 * gives. It has a pass of its own and disturbs nothing.
 */
public final class TextValidation implements ToDoubleFunction<float[]> {
    private final Network network;
    private final TextData data;
    private final NetworkWeights weights;
    private final Pass pass;

    /** Scores this network on this text, with this library's products. */
    public TextValidation(Network network, TextData data, GemmLibrary library) {
        this.network = network;
        this.data = data;
        weights = network.weights(library);
        pass = new Pass(network, weights, library.open());
    }

    @Override
    public double applyAsDouble(float[] params) {
        weights.load(params, false);
        return new TextScorer(network, data.vocabulary(), pass)
                .score(data.scored(), data.reading())
                .natsPerChar();
    }
}
