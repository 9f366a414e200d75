package dev.namaskar.optim;

import dev.namaskar.params.Settings;

/**
 * Adam with the largest in place of the mean square: {@code m = beta1 m + (1-beta1) g};
 * {@code u = max(beta2 u, |g| + eps)}; {@code step = lr / (1-beta1^t) m / u} (Kingma and Ba 2015, section 7).
 *
 * @param beta1 how much of the mean stays, in [0, 1)
 * @param beta2 how much of the maximum stays, in [0, 1)
 * @param eps keeps {@code u} above zero
 */
public record AdaMax(double beta1, double beta2, double eps) implements GradientTransform {
    static final OptimizerRow DEFINITION = new OptimizerRow(
            "adamax",
            "m = beta1 m + (1-beta1) g; u = max(beta2 u, abs(g) + eps); w -= lr / (1-beta1^t) m / u",
            Settings.defaults("lr", 2e-3, "beta1", 0.9, "beta2", 0.999, "eps", 1e-8),
            "Kingma and Ba 2015, section 7",
            "eps inside the maximum, as PyTorch and optax; Keras adds it to u in the division; the paper has none",
            s -> new AdaMax(s.number("beta1"), s.number("beta2"), s.number("eps")));

    /** Checks the ranges. */
    public AdaMax {
        Settings.requireFraction("beta1", beta1);
        Settings.requireFraction("beta2", beta2);
        Settings.requirePositiveOrZero("eps", eps);
    }

    @Override
    public int arrays() {
        return 2;
    }

    @Override
    public void begin(TransformState state, OptimizerState run) {
        float[] f = state.factors();
        f[0] = (float) (run.learningRate() / (1 - StrictMath.pow(beta1, (double) run.step())));
        f[1] = (float) eps;
        f[2] = (float) beta1;
        f[3] = (float) (1 - beta1);
        f[4] = (float) beta2;
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        float[] f = state.factors();
        step(gradient, state.array(0), state.array(1), f[0], f[1], f[2], f[3], f[4], from, to);
    }

    private static void step(
            float[] g,
            float[] means,
            float[] largest,
            float rate,
            float eps,
            float keep1,
            float add1,
            float keep2,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            float m = keep1 * means[i] + add1 * g[i] + Denormals.FLUSH - Denormals.FLUSH;
            float u = Math.max(keep2 * largest[i], Math.abs(g[i]) + eps);
            means[i] = m;
            largest[i] = u;
            g[i] = rate * m / u;
        }
    }
}
