package dev.namaskar.optim;

import dev.namaskar.params.Settings;

/**
 * Divides by the root of a running mean square: {@code s = alpha s + (1-alpha) g^2};
 * {@code d = g / (sqrt(s) + eps)}; {@code step = lr d} (Tieleman and Hinton 2012).
 *
 * @param alpha how much of the averages stays, in [0, 1)
 * @param eps added to the root
 * @param momentum above 0: {@code v = momentum v + d}, {@code step = lr v}
 * @param centered divides by the running deviation, {@code sqrt(s - m^2)} with {@code m} the running mean of g (Graves
 *     2013)
 */
public record RmsProp(double alpha, double eps, double momentum, boolean centered) implements GradientTransform {
    static final OptimizerRow DEFINITION = new OptimizerRow(
            "rmsprop",
            "s = alpha s + (1-alpha) g^2; d = g / (sqrt(s) + eps); w -= lr d. "
                    + "centered: sqrt(s - m^2), m = alpha m + (1-alpha) g. momentum: v = momentum v + d; w -= lr v",
            Settings.defaults("lr", 1e-2, "alpha", 0.99, "eps", 1e-8, "momentum", 0.0, "centered", false),
            "Tieleman and Hinton 2012; centered Graves 2013",
            "eps outside the root, alpha 0.99: PyTorch's. Keras and optax put eps inside and take 0.9; with momentum"
                    + " Keras keeps lr inside v. Here s - m^2 is not let below 0",
            s -> new RmsProp(s.number("alpha"), s.number("eps"), s.number("momentum"), s.flag("centered")));

    /** Checks the ranges. */
    public RmsProp {
        Settings.requireFraction("alpha", alpha);
        Settings.requirePositiveOrZero("eps", eps);
        Settings.requireFraction("momentum", momentum);
    }

    @Override
    public int arrays() {
        return 1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0);
    }

    @Override
    public void begin(TransformState state, OptimizerState run) {
        state.factors()[0] = (float) run.learningRate();
        state.factors()[1] = (float) alpha;
        state.factors()[2] = (float) (1 - alpha);
        state.factors()[3] = (float) eps;
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        float[] f = state.factors();
        float rate = momentum > 0 ? 1 : f[0];
        if (centered) {
            byDeviation(gradient, state.array(0), state.array(1), rate, f[1], f[2], f[3], from, to);
        } else {
            byRoot(gradient, state.array(0), rate, f[1], f[2], f[3], from, to);
        }
        if (momentum > 0) {
            Momentum.heavyBall(gradient, state.array(arrays() - 1), f[0], (float) momentum, 1, from, to);
        }
    }

    private static void byRoot(
            float[] g, float[] squares, float rate, float keep, float add, float eps, int from, int to) {
        for (int i = from; i < to; i++) {
            float s = keep * squares[i] + add * g[i] * g[i] + Denormals.FLUSH - Denormals.FLUSH;
            squares[i] = s;
            g[i] = rate * g[i] / ((float) Math.sqrt(s) + eps);
        }
    }

    private static void byDeviation(
            float[] g, float[] squares, float[] means, float rate, float keep, float add, float eps, int from, int to) {
        for (int i = from; i < to; i++) {
            float s = keep * squares[i] + add * g[i] * g[i] + Denormals.FLUSH - Denormals.FLUSH;
            float m = keep * means[i] + add * g[i] + Denormals.FLUSH - Denormals.FLUSH;
            squares[i] = s;
            means[i] = m;
            g[i] = rate * g[i] / ((float) Math.sqrt(Math.max(0f, s - m * m)) + eps);
        }
    }
}
