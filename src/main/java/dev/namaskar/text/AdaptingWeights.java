package dev.namaskar.text;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.OptimizerState;
import dev.namaskar.params.Params;

/** Parameters that learn from a text while it is scored: a copy, so that the model stays what it is. */
final class AdaptingWeights {
    private final Adaptation settings;
    private final Params own;
    private final Params now;
    private final Optimizer optimizer;
    private final OptimizerState state;
    private final NetworkWeights weights;
    private final Pass pass;

    AdaptingWeights(Network network, Params params, GemmLibrary library, Adaptation settings) {
        this.settings = settings;
        own = params;
        now = params.copy();
        optimizer = settings.optimizer().forRecurrent().build(0);
        state = optimizer.init(now);
        weights = network.weights(library);
        pass = new Pass(network, weights, library.open());
        weights.load(now.values(), true);
    }

    Pass pass() {
        return pass;
    }

    int steps() {
        return settings.steps();
    }

    /** Learns from what the pass has just read, whose loss's gradient stands at its output. */
    void learn() {
        optimizer.update(now.values(), pass.backward(), state);
        float[] w = now.values();
        float[] home = own.values();
        float back = (float) settings.decay();
        for (int i = 0; i < w.length; i++) {
            w[i] += back * (home[i] - w[i]);
        }
        weights.load(w, true);
    }
}
