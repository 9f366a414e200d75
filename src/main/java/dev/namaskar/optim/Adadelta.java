package dev.namaskar.optim;

import dev.namaskar.params.Settings;

/**
 * Steps in the parameters' own units: {@code s = rho s + (1-rho) g^2}; {@code d = sqrt(a + eps) / sqrt(s + eps) g};
 * {@code a = rho a + (1-rho) d^2}; {@code step = lr d} (Zeiler 2012).
 *
 * @param rho how much of both averages stays, in [0, 1)
 * @param eps under both roots; it alone sets the size of the first steps
 */
public record Adadelta(double rho, double eps) implements GradientTransform {
    static final OptimizerRow DEFINITION = new OptimizerRow(
            "adadelta",
            "s = rho s + (1-rho) g^2; d = sqrt(a + eps) / sqrt(s + eps) g; a = rho a + (1-rho) d^2; w -= lr d",
            Settings.defaults("lr", 1.0, "rho", 0.9, "eps", 1e-6),
            "Zeiler 2012",
            "lr 1 is the paper's, as in PyTorch; Keras has lr 0.001, rho 0.95, eps 1e-7",
            s -> new Adadelta(s.number("rho"), s.number("eps")));

    /** Checks the ranges. */
    public Adadelta {
        Settings.requireFraction("rho", rho);
        Settings.requirePositiveOrZero("eps", eps);
    }

    @Override
    public int arrays() {
        return 2;
    }

    @Override
    public void begin(TransformState state, OptimizerState run) {
        state.factors()[0] = (float) run.learningRate();
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        float keep = (float) rho;
        float add = (float) (1 - rho);
        step(gradient, state.array(0), state.array(1), state.factors()[0], keep, add, (float) eps, from, to);
    }

    private static void step(
            float[] g, float[] squares, float[] steps, float rate, float keep, float add, float eps, int from, int to) {
        for (int i = from; i < to; i++) {
            float s = keep * squares[i] + add * g[i] * g[i] + Denormals.FLUSH - Denormals.FLUSH;
            // read before squares[i] is written: for all C2 knows, both are the same array
            float before = steps[i];
            float d = (float) Math.sqrt(before + eps) / (float) Math.sqrt(s + eps) * g[i];
            squares[i] = s;
            steps[i] = keep * before + add * d * d + Denormals.FLUSH - Denormals.FLUSH;
            g[i] = rate * d;
        }
    }
}
