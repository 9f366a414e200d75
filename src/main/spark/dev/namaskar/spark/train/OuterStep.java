package dev.namaskar.spark.train;

import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.OptimizerState;
import dev.namaskar.params.Params;
import java.util.List;

/** The step that is taken where replicas meet. */
final class OuterStep {
    private final boolean takesMean;
    private final Optimizer optimizer;
    private OptimizerState state;

    /** @param params for their layout alone */
    OuterStep(RoundSettings settings, Params params) {
        optimizer = settings.outer().build(0);
        state = optimizer.init(params);
        takesMean = optimizer.settings().equals(RoundSettings.MEAN.build(0).settings())
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
        float[] middle = mean(replicas);
        if (takesMean) {
            System.arraycopy(middle, 0, params, 0, params.length);
            return;
        }
        float[] gradient = new float[params.length];
        for (int i = 0; i < params.length; i++) {
            gradient[i] = params[i] - middle[i];
        }
        optimizer.update(params, gradient, state);
    }

    /** The mean, taken in double, in their order; of one it is that one. */
    static float[] mean(List<float[]> replicas) {
        float[] middle = new float[replicas.get(0).length];
        for (int i = 0; i < middle.length; i++) {
            double sum = 0;
            for (float[] replica : replicas) {
                sum += replica[i];
            }
            middle[i] = (float) (sum / replicas.size());
        }
        return middle;
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
