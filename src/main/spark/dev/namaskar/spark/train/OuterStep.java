package dev.namaskar.spark.train;

import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.OptimizerState;
import dev.namaskar.params.Params;
import java.util.List;

/** The step that is taken where replicas meet. */
final class OuterStep {
    private final boolean mean;
    private final Optimizer optimizer;
    private OptimizerState state;

    /** @param params for their layout alone */
    OuterStep(RoundSettings settings, Params params) {
        optimizer = settings.outer().build(0);
        state = optimizer.init(params);
        mean = optimizer.settings().equals(RoundSettings.MEAN.build(0).settings())
                && optimizer.name().equals(RoundSettings.MEAN.name());
    }

    /** Moves parameters to where replicas begin: nowhere else, save for Sutskever's Nesterov. Modified: {@code params}. */
    void project(float[] params) {
        optimizer.project(params, state);
    }

    /**
     * From where replicas began to where the next round begins. The mean is taken in double, in the replicas' order; of one
     * replica it is that replica's parameters. Modified: {@code params}.
     */
    void apply(float[] params, List<float[]> replicas) {
        float[] gradient = new float[params.length];
        for (int i = 0; i < params.length; i++) {
            double sum = 0;
            for (float[] replica : replicas) {
                sum += replica[i];
            }
            float middle = (float) (sum / replicas.size());
            gradient[i] = params[i] - middle;
            params[i] = mean ? middle : params[i];
        }
        if (!mean) {
            optimizer.update(params, gradient, state);
        }
    }

    long steps() {
        return state.step();
    }

    float[] values() {
        return state.values();
    }

    /** Goes on from an earlier state. */
    void restore(Params params, long steps, float[] values) {
        state = optimizer.restore(params, steps, values);
    }
}
