package dev.namaskar.optim;

import dev.namaskar.params.Settings;

/**
 * Polyak's heavy ball as a sum, PyTorch's form: {@code v = momentum v + (1 - dampening) g}, the first {@code v} being
 * {@code g} itself; {@code step = lr v}, or {@code step = lr (g + momentum v)} with {@code nesterov}.
 *
 * @param momentum how much of the sum stays, in [0, 1)
 * @param dampening what is taken off each new gradient, from the second on
 * @param nesterov PyTorch's form of Nesterov's step, whose gradient is taken at the parameters themselves
 */
public record Momentum(double momentum, double dampening, boolean nesterov) implements GradientTransform {
    static final OptimizerRow DEFINITION = new OptimizerRow(
            "momentum",
            "v = momentum v + (1 - dampening) g, v_1 = g; w -= lr v",
            Settings.defaults("lr", 1e-3, "momentum", 0.9, "dampening", 0.0, "nesterov", false),
            "Polyak 1964",
            "a sum, as in PyTorch: the step grows to lr / (1 - momentum); `momentum-average` does not. "
                    + "Keras keeps lr inside v, which differs only when lr changes",
            Momentum::of);
    static final OptimizerRow NESTEROV = new OptimizerRow(
            "nesterov",
            "v = momentum v + g; w -= lr (g + momentum v)",
            Settings.defaults("lr", 1e-3, "momentum", 0.9, "dampening", 0.0, "nesterov", true),
            "Nesterov 1983; this form Bengio et al. 2013",
            "PyTorch's, Keras's and optax's form, gradient at w; `nesterov-lookahead` takes it at the point ahead",
            Momentum::of);

    /** Checks the ranges. */
    public Momentum {
        Settings.requireFraction("momentum", momentum);
        Settings.require(dampening >= 0 && dampening <= 1, "dampening", "between 0 and 1", dampening);
        Settings.require(
                !nesterov || (momentum > 0 && dampening == 0),
                "dampening",
                "0 and momentum above 0 with nesterov",
                dampening);
    }

    static Momentum of(Settings settings) {
        return new Momentum(settings.number("momentum"), settings.number("dampening"), settings.flag("nesterov"));
    }

    @Override
    public int arrays() {
        return 1;
    }

    @Override
    public void begin(TransformState state, OptimizerState run) {
        state.factors()[0] = (float) run.learningRate();
        state.factors()[1] = (float) momentum;
        state.factors()[2] = (float) (run.step() == 1 ? 1 : 1 - dampening);
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        float[] f = state.factors();
        if (nesterov) {
            ahead(gradient, state.array(0), f[0], f[1], f[2], from, to);
        } else {
            heavyBall(gradient, state.array(0), f[0], f[1], f[2], from, to);
        }
    }

    static void heavyBall(float[] g, float[] velocity, float rate, float keep, float add, int from, int to) {
        for (int i = from; i < to; i++) {
            float v = keep * velocity[i] + add * g[i] + Denormals.FLUSH - Denormals.FLUSH;
            velocity[i] = v;
            g[i] = rate * v;
        }
    }

    private static void ahead(float[] g, float[] velocity, float rate, float keep, float add, int from, int to) {
        for (int i = from; i < to; i++) {
            float v = keep * velocity[i] + add * g[i] + Denormals.FLUSH - Denormals.FLUSH;
            velocity[i] = v;
            g[i] = rate * (g[i] + keep * v);
        }
    }
}
