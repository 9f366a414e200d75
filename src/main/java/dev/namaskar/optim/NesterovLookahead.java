package dev.namaskar.optim;

import dev.namaskar.params.Settings;

/**
 * Nesterov's accelerated gradient as Sutskever, Martens, Dahl and Hinton 2013 write it:
 * {@code v' = momentum v - lr g(w + momentum v)}, {@code w' = w + v'}.
 *
 * <p>{@link #project} goes to {@code w + momentum v}. From there {@code w' = w + v' = (w + momentum v) - lr g}: the way
 * back and the step are one subtraction.
 *
 * @param momentum how much of the velocity stays, in [0, 1)
 */
public record NesterovLookahead(double momentum) implements GradientTransform {
    static final OptimizerRow DEFINITION = new OptimizerRow(
            "nesterov-lookahead",
            "v = momentum v - lr g(w + momentum v); w += v",
            Settings.defaults("lr", 1e-3, "momentum", 0.9),
            "Sutskever et al. 2013",
            "the gradient is taken at the point ahead, so `project` has to run before it; lr is inside v, "
                    + "so a change of lr reaches v slowly",
            s -> new NesterovLookahead(s.number("momentum")));

    /** Checks the range. */
    public NesterovLookahead {
        Settings.requireFraction("momentum", momentum);
    }

    @Override
    public int arrays() {
        return 1;
    }

    @Override
    public boolean projects() {
        return true;
    }

    @Override
    public void project(float[] params, TransformState state, int from, int to) {
        addScaled(params, state.array(0), (float) momentum, from, to);
    }

    @Override
    public void unproject(float[] params, TransformState state, int from, int to) {
        addScaled(params, state.array(0), (float) -momentum, from, to);
    }

    private static void addScaled(float[] params, float[] velocity, float factor, int from, int to) {
        for (int i = from; i < to; i++) {
            params[i] += factor * velocity[i];
        }
    }

    @Override
    public void begin(TransformState state, OptimizerState run) {
        state.factors()[0] = (float) run.learningRate();
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        step(gradient, state.array(0), state.factors()[0], (float) momentum, from, to);
    }

    private static void step(float[] g, float[] velocity, float rate, float keep, int from, int to) {
        for (int i = from; i < to; i++) {
            float step = rate * g[i];
            velocity[i] = keep * velocity[i] - step + Denormals.FLUSH - Denormals.FLUSH;
            g[i] = step;
        }
    }
}
