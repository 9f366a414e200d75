package dev.namaskar.optim;

import dev.namaskar.params.Settings;

/**
 * {@code g = min(limit, max(-limit, g))} for every entry on its own; this turns the gradient's direction.
 *
 * @param limit largest magnitude, above 0
 */
public record ClipByValue(double limit) implements GradientTransform {
    /** Checks the limit. */
    public ClipByValue {
        Settings.require(limit > 0, "clip_value", "above 0", limit);
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        float top = (float) limit;
        for (int i = from; i < to; i++) {
            gradient[i] = Math.min(top, Math.max(-top, gradient[i]));
        }
    }
}
