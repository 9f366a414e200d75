package dev.namaskar.optim;

import dev.namaskar.params.Settings;

/**
 * Adam with Nesterov's momentum (Dozat 2016): moments m and s as in {@link Adam}, and
 * {@code step = lr (a g + b m) / (sqrt(s / (1-beta2^t)) + eps)} with {@code a = (1-mu_t) / (1 - mu_1..mu_t)} and
 * {@code b = mu_{t+1} / (1 - mu_1..mu_{t+1})}.
 *
 * @param beta1 how much of the mean stays, in [0, 1)
 * @param beta2 how much of the mean square stays, in [0, 1)
 * @param eps added to the root
 * @param momentumDecay the {@code psi} of Dozat's schedule {@code mu_t = beta1 (1 - 0.96^(t psi) / 2)}
 * @param scheduled false for {@code mu_t = beta1} throughout
 */
public record Nadam(double beta1, double beta2, double eps, double momentumDecay, boolean scheduled)
        implements GradientTransform {
    static final OptimizerRow DEFINITION = named(
            "nadam",
            "m, s as adam; mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2); w -= lr ((1-mu_t) / (1-mu_1..mu_t) g +"
                    + " mu_{t+1} / (1-mu_1..mu_{t+1}) m) / (sqrt(s / (1-beta2^t)) + eps)",
            true,
            "with the momentum schedule, as PyTorch; Keras's is momentum_decay 1 and eps 1e-7; optax's is"
                    + " `nadam-simple`");
    static final OptimizerRow SIMPLE = named(
            "nadam-simple",
            "as nadam with mu_t = beta1",
            false,
            "without the momentum schedule, as optax; lr 2e-3 here as for `nadam`, optax asks for one");

    private static final double DOZAT_BASE = 0.96;

    /** Checks the ranges. */
    public Nadam {
        Settings.requireFraction("beta1", beta1);
        Settings.requireFraction("beta2", beta2);
        Settings.requirePositiveOrZero("eps", eps);
        Settings.requirePositiveOrZero("momentum_decay", momentumDecay);
    }

    private static OptimizerRow named(String name, String update, boolean scheduled, String differences) {
        return new OptimizerRow(
                name,
                update,
                scheduled
                        ? Settings.defaults(
                                "lr", 2e-3, "beta1", 0.9, "beta2", 0.999, "eps", 1e-8, "momentum_decay", 4e-3)
                        : Settings.defaults("lr", 2e-3, "beta1", 0.9, "beta2", 0.999, "eps", 1e-8),
                "Dozat 2016",
                differences,
                s -> new Nadam(
                        s.number("beta1"),
                        s.number("beta2"),
                        s.number("eps"),
                        scheduled ? s.number("momentum_decay") : 0,
                        scheduled));
    }

    @Override
    public int arrays() {
        return 2;
    }

    @Override
    public int scalars() {
        return 1;
    }

    @Override
    public void init(TransformState state) {
        state.scalars()[0] = 1;
    }

    @Override
    public void begin(TransformState state, OptimizerState run) {
        double now = momentum(run.step());
        double next = momentum(run.step() + 1);
        double product = state.scalars()[0] * now;
        state.scalars()[0] = product;
        double root = Math.sqrt(1 - StrictMath.pow(beta2, (double) run.step()));
        float[] f = state.factors();
        f[0] = (float) (run.learningRate() * root * (1 - now) / (1 - product));
        f[1] = (float) (run.learningRate() * root * next / (1 - product * next));
        f[2] = (float) (eps * root);
        f[3] = (float) beta1;
        f[4] = (float) (1 - beta1);
        f[5] = (float) beta2;
        f[6] = (float) (1 - beta2);
    }

    private double momentum(long step) {
        return scheduled ? beta1 * (1 - 0.5 * StrictMath.pow(DOZAT_BASE, (double) step * momentumDecay)) : beta1;
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        float[] f = state.factors();
        step(gradient, state.array(0), state.array(1), f[0], f[1], f[2], f[3], f[4], f[5], f[6], from, to);
    }

    private static void step(
            float[] g,
            float[] means,
            float[] squares,
            float ofGradient,
            float ofMean,
            float eps,
            float keep1,
            float add1,
            float keep2,
            float add2,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            float m = keep1 * means[i] + add1 * g[i] + Denormals.FLUSH - Denormals.FLUSH;
            float s = keep2 * squares[i] + add2 * g[i] * g[i] + Denormals.FLUSH - Denormals.FLUSH;
            means[i] = m;
            squares[i] = s;
            g[i] = (ofGradient * g[i] + ofMean * m) / ((float) Math.sqrt(s) + eps);
        }
    }
}
