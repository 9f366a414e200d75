package dev.namaskar.train.check;

import java.util.function.DoubleSupplier;

/**
 * The derivative of a function that was computed in float32, by central differences and Richardson extrapolation:
 *
 * <pre>{@code
 * D(h)  = (f(x + h) - f(x - h)) / 2h              error O(h^2) + rounding / h
 * D'(h) = (4 D(h/2) - D(h)) / 3                   error O(h^4)
 * R(h)  = (16 D'(h/2) - D'(h)) / 15               error O(h^6)
 * }</pre>
 *
 * <p>No single h is right for all entries: a wide step leaves the function's Taylor range or crosses a kink, a narrow
 * one drowns in rounding. So R is taken at seven steps, each half the one before, and the three neighbours that are
 * least in doubt are averaged. Their doubt is how far they disagree, what rounding may do to them, and half the jump that
 * the slope makes within their steps, where there is a kink: {@code K(h) = (f(x + h) - 2 f(x) + f(x - h))
 * / h} vanishes in proportion to h for a smooth function, and {@code 2 K(h/2) - K(h)} faster; at a kink of f both tend
 * to the jump.
 */
final class NumericDerivative {
    /** The widest h, times |x| where that is above 1. Narrower starts were measured to lose digits to rounding. */
    private static final double WIDEST = 2;

    private static final int STEPS = 9;
    private static final int EXTRAPOLATED = STEPS - 2;
    private static final int AVERAGED = 3;

    /** Rounding error of a loss, relative to it: below a float's since a loss adds many outputs' errors up. */
    private static final double ROUNDING = 0x1p-28;

    /** How many times that rounding a jump has to be; second differences have more of it than first ones. */
    private static final double NOTICEABLE = 64;

    private final double[] plain = new double[STEPS];
    private final double[] bend = new double[STEPS];
    private final double[] extrapolated = new double[EXTRAPOLATED];
    private double rounding;
    private double value;
    private double uncertainty;

    /**
     * Computes the derivative of {@code f} with respect to {@code x[i]}, which is changed and put back.
     *
     * @param f the function, which reads x
     * @param here its value at the present x
     */
    void compute(DoubleSupplier f, double here, float[] x, int i) {
        float centre = x[i];
        double widest = WIDEST * Math.max(1, Math.abs(centre));
        double magnitude = Math.abs(here);
        for (int k = 0; k < STEPS; k++) {
            double h = widest / (1 << k);
            float above = (float) (centre + h);
            float below = (float) (centre - h);
            x[i] = above;
            double high = f.getAsDouble();
            x[i] = below;
            double low = f.getAsDouble();
            // float rounding moves the points; what counts is where they are
            plain[k] = (high - low) / ((double) above - below);
            bend[k] = (high - 2 * here + low) / h;
            magnitude = Math.max(magnitude, Math.max(Math.abs(high), Math.abs(low)));
        }
        x[i] = centre;
        rounding = ROUNDING * magnitude / widest;
        extrapolate();
        settle();
    }

    private void extrapolate() {
        for (int k = 0; k < EXTRAPOLATED; k++) {
            double coarse = (4 * plain[k + 1] - plain[k]) / 3;
            double fine = (4 * plain[k + 2] - plain[k + 1]) / 3;
            extrapolated[k] = (16 * fine - coarse) / 15;
        }
    }

    private void settle() {
        uncertainty = Double.POSITIVE_INFINITY;
        value = Double.NaN;
        for (int k = 0; k + AVERAGED <= EXTRAPOLATED; k++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int j = k; j < k + AVERAGED; j++) {
                least = Math.min(least, extrapolated[j]);
                most = Math.max(most, extrapolated[j]);
                sum += extrapolated[j];
            }
            int narrowest = k + AVERAGED + 1;
            double doubt = most - least + rounding * (1 << narrowest) + jump(k, narrowest) / 2;
            if (doubt < uncertainty) {
                uncertainty = doubt;
                value = sum / AVERAGED;
            }
        }
    }

    /** The jump as its least estimate from one of these steps to another; all of them show it where there is one. */
    private double jump(int widest, int narrowest) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = widest; k < narrowest; k++) {
            double jump = Math.abs(2 * bend[k + 1] - bend[k]);
            least = Math.min(least, Math.max(0, jump - NOTICEABLE * rounding * (1 << k)));
        }
        return least;
    }

    /** The derivative; not-a-number if the function is not finite nearby. */
    double value() {
        return value;
    }

    /** About how far the value may be off. */
    double uncertainty() {
        return uncertainty;
    }
}
