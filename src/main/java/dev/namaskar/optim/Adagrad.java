package dev.namaskar.optim;

import dev.namaskar.params.Settings;
import java.util.Arrays;

/**
 * {@code s += g^2}; {@code step = lr / (1 + (t-1) decay) g / (sqrt(s) + eps)} (Duchi, Hazan and Singer 2011).
 *
 * @param rateDecay PyTorch's {@code lr_decay}
 * @param initialAccumulator what every {@code s} starts from
 * @param eps keeps the division finite
 */
public record Adagrad(double rateDecay, double initialAccumulator, double eps) implements GradientTransform {
    static final OptimizerRow DEFINITION = new OptimizerRow(
            "adagrad",
            "s += g^2; w -= lr / (1 + (t-1) lr_decay) g / (sqrt(s) + eps)",
            Settings.defaults("lr", 1e-2, "lr_decay", 0.0, "initial_accumulator_value", 0.0, "eps", 1e-10),
            "Duchi et al. 2011",
            "PyTorch's; Keras and optax start s at 0.1 and put eps 1e-7 under the root",
            s -> new Adagrad(s.number("lr_decay"), s.number("initial_accumulator_value"), s.number("eps")));

    /** Checks the ranges. */
    public Adagrad {
        Settings.requirePositiveOrZero("lr_decay", rateDecay);
        Settings.requirePositiveOrZero("initial_accumulator_value", initialAccumulator);
        Settings.requirePositiveOrZero("eps", eps);
    }

    @Override
    public int arrays() {
        return 1;
    }

    @Override
    public void init(TransformState state) {
        Arrays.fill(state.array(0), (float) initialAccumulator);
    }

    @Override
    public void begin(TransformState state, OptimizerState run) {
        state.factors()[0] = (float) (run.learningRate() / (1 + (double) (run.step() - 1) * rateDecay));
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        step(gradient, state.array(0), state.factors()[0], (float) eps, from, to);
    }

    private static void step(float[] g, float[] sum, float rate, float eps, int from, int to) {
        for (int i = from; i < to; i++) {
            float s = sum[i] + g[i] * g[i];
            sum[i] = s;
            g[i] = rate * g[i] / ((float) Math.sqrt(s) + eps);
        }
    }
}
