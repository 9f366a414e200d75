package dev.namaskar.text;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.train.Batch;
import java.util.function.ToDoubleFunction;

/**
 * The loss by which a run is judged, in mean nats per character: over what was held out, or, where nothing was, over one
 * pass of training batches as they stand, without dropout. It has a pass of its own and disturbs nothing.
 */
public final class TextValidation implements ToDoubleFunction<float[]> {
    private static final long MOST_BATCHES = 64;

    private final Network network;
    private final TextData data;
    private final NetworkWeights weights;
    private final Pass pass;

    /** Judges this network on this text, with this library's products. */
    public TextValidation(Network network, TextData data, GemmLibrary library) {
        this.network = network;
        this.data = data;
        weights = network.weights(library);
        pass = new Pass(network, weights, library.open());
    }

    @Override
    public double applyAsDouble(float[] params) {
        weights.load(params, false);
        if (data.heldOut().length() > 0) {
            return new TextScorer(network, data.vocabulary().unit(), pass)
                    .score(data.heldOut())
                    .natsPerChar();
        }
        return overBatches();
    }

    private double overBatches() {
        TextBatches batches = data.batches();
        Batch batch = new Batch(batches.shape(), batches.rows());
        SequenceLoss loss = new SequenceLoss(new SoftmaxCrossEntropy());
        var state = network.zeroState(batches.rows());
        long count = Math.min(batches.perEpoch(), MOST_BATCHES);
        double nats = 0;
        for (long number = 0; number < count; number++) {
            batches.read(number, batch);
            if (batches.startsFresh(number)) {
                state.clear();
            }
            Frames out = pass.predict(batch.sequences(), state);
            nats += loss.compute(out, batch.asTargets(), 1) / batch.targetCount();
        }
        return nats / count;
    }
}
