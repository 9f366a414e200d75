package dev.namaskar.series.transform;

/**
 * A change of scale that is fitted inside one window of history and undone exactly on the way out:
 *
 * <pre>
 * z = (f(y) - shift) / scale
 * </pre>
 *
 * <p>with {@code f} the identity or the logarithm ({@link #curve}), and shift and scale statistics of the window that are
 * written once ({@link #shift}, {@link #scale}), in operations that arrays of numbers understand as well as graphs of
 * ONNX do. The network sees z of the window's values or, where the transform is one of {@link #ofSteps steps}, its steps
 * {@code (f(y(t)) - f(y(t-1))) / scale}; the targets are z of the values after the window in either case, so that steps
 * are accumulated from the origin. The map increases strictly: quantiles go through it unharmed.
 *
 * <p>One's own is a public class with a public constructor without arguments, named in a file
 * {@code META-INF/services/dev.namaskar.series.transform.Transform} on the class path.
 */
public interface Transform {
    /** The name in commands and model files. */
    String name();

    /** The function {@code f}. */
    default Curve curve() {
        return Curve.IDENTITY;
    }

    /** Whether the network sees steps from value to value instead of values. */
    default boolean ofSteps() {
        return false;
    }

    /**
     * What is taken from {@code f(y)}.
     *
     * @param window the window's values, under f
     * @param <V> numbers, or names of nodes in a graph
     */
    <V> V shift(Statistics<V> window);

    /**
     * What {@code f(y) - shift} is divided by; where it is 0, by 1.
     *
     * @param window the window's values, under f
     * @param <V> numbers, or names of nodes in a graph
     */
    <V> V scale(Statistics<V> window);

    /** What has to be true of a window for its scale to be positive, such as "a positive mean"; empty: 0 is taken for 1. */
    default String needs() {
        return "";
    }

    /** How many values before the window's first are needed. */
    default int lead() {
        return ofSteps() ? 1 : 0;
    }

    /** Whether the map is affine, so that zero has a place on the new scale. */
    default boolean isAffine() {
        return curve() == Curve.IDENTITY;
    }

    /**
     * Fits to {@code values[from, to)} and nothing else.
     *
     * @param values a series; {@code values[from - lead(), to)} is read
     * @param from first value of the window
     * @param to the origin: the index after the window's last value
     * @param season length of a season, for transforms that look at the last one
     * @throws IllegalArgumentException when a value is not in the transform's domain
     */
    default Fitted fit(double[] values, int from, int to, int season) {
        return FittedTransform.of(this, values, from, to, season);
    }

    /**
     * Looks whether every window inside {@code values[from, to)} can be fitted, and every value be a target.
     *
     * @param season as {@link #fit} would be given
     * @throws IllegalArgumentException that names the first value that is not in the transform's domain
     */
    default void check(double[] values, int from, int to, int season) {
        FittedTransform.check(this, values, from, to, season);
    }

    /** A transform fitted to one window. */
    interface Fitted {
        /** What the network sees of a value inside the window. */
        double input(int index);

        /** What the network is to say for a value {@code y}. */
        double target(double y);

        /** The value for what the network said; the inverse of {@link #target}. */
        double invert(double z);
    }
}
