package dev.namaskar.optim;

import dev.namaskar.params.Settings;

/** Steepest descent: {@code step = lr g}. */
public record Sgd() implements GradientTransform {
    static final OptimizerRow DEFINITION = new OptimizerRow(
            "sgd",
            "w -= lr g; with momentum > 0 as momentum",
            Settings.defaults("lr", 1e-3, "momentum", 0.0, "dampening", 0.0, "nesterov", false),
            "Robbins and Monro 1951",
            "none; `momentum`, `dampening` and `nesterov` are those of PyTorch's SGD",
            s -> s.number("momentum") == 0 ? new Sgd() : Momentum.of(s));

    @Override
    public void begin(TransformState state, OptimizerState run) {
        state.factors()[0] = (float) run.learningRate();
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        float rate = state.factors()[0];
        for (int i = from; i < to; i++) {
            gradient[i] *= rate;
        }
    }
}
