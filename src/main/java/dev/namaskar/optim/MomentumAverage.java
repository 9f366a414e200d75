package dev.namaskar.optim;

import dev.namaskar.params.Settings;

/**
 * Momentum as a moving average: {@code v = beta v + (1 - beta) g} from {@code v = 0}; {@code step = lr v}.
 *
 * @param beta how much of the average stays, in [0, 1)
 */
public record MomentumAverage(double beta) implements GradientTransform {
    static final OptimizerRow DEFINITION = new OptimizerRow(
            "momentum-average",
            "v = beta v + (1 - beta) g; w -= lr v",
            Settings.defaults("lr", 1e-3, "beta", 0.9),
            "Polyak 1964, as an average",
            "from v = 0 and without bias correction (optax's `ema` can have it); "
                    + "PyTorch's `dampening` = momentum is the same but for an undamped first step",
            s -> new MomentumAverage(s.number("beta")));

    /** Checks the range. */
    public MomentumAverage {
        Settings.requireFraction("beta", beta);
    }

    @Override
    public int arrays() {
        return 1;
    }

    @Override
    public void begin(TransformState state, OptimizerState run) {
        state.factors()[0] = (float) run.learningRate();
        state.factors()[1] = (float) beta;
        state.factors()[2] = (float) (1 - beta);
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        float[] f = state.factors();
        Momentum.heavyBall(gradient, state.array(0), f[0], f[1], f[2], from, to);
    }
}
