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
            Sgd::of);

    private static GradientTransform of(Settings s) {
        if (s.number("momentum") > 0) {
            return Momentum.of(s);
        }
        Settings.require(s.number("momentum") == 0, "momentum", "0 or more", s.number("momentum"));
        Settings.require(s.number("dampening") == 0, "dampening", "0 without momentum", s.number("dampening"));
        Settings.require(!s.flag("nesterov"), "momentum", "above 0 with nesterov", 0);
        return new Sgd();
    }

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
