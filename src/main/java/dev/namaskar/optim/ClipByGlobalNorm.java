package dev.namaskar.optim;

import dev.namaskar.params.Settings;

/**
 * {@code g *= min(1, max / (|g| + 1e-6))}, {@code |g|} being the Euclidean norm over all trainable parameters together
 * (Pascanu, Mikolov and Bengio 2013; the small number is PyTorch's). The gradient keeps its direction.
 *
 * @param max largest norm, above 0
 */
public record ClipByGlobalNorm(double max) implements GradientTransform {
    private static final double PYTORCH_EPSILON = 1e-6;

    /** Checks the limit. */
    public ClipByGlobalNorm {
        Settings.require(max > 0, "clip", "above 0", max);
    }

    @Override
    public boolean needsGradientNorm() {
        return true;
    }

    @Override
    public void begin(TransformState state, OptimizerState run) {
        state.factors()[0] = (float) Math.min(1, max / (run.gradientNorm() + PYTORCH_EPSILON));
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        float factor = state.factors()[0];
        if (factor == 1f) {
            return;
        }
        for (int i = from; i < to; i++) {
            gradient[i] *= factor;
        }
    }
}
