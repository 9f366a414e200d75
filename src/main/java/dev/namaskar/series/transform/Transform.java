package dev.namaskar.series.transform;

/**
 * A change of scale that is fitted inside one window of history and undone exactly on the way out.
 *
 * <p>A fitted transform knows two things: how the window looks to the network, and a strictly increasing map between a
 * value after the window and what the network is to say for it. Because the map increases, quantiles go through it
 * unharmed. Differences and returns are accumulated from the origin, {@code y(T+h) - y(T)}, so that the same holds for
 * them at every horizon.
 */
public interface Transform {
    /** The name in commands and model files. */
    String name();

    /** How many values before the window's first are needed. */
    default int lead() {
        return 0;
    }

    /** Whether the map is affine, so that zero has a place on the new scale. */
    default boolean isAffine() {
        return true;
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
    Fitted fit(double[] values, int from, int to, int season);

    /**
     * Looks whether every window inside {@code values[from, to)} can be fitted, and every value be a target.
     *
     * @param season as {@link #fit} would be given
     * @throws IllegalArgumentException that names the first value that is not in the transform's domain
     */
    default void check(double[] values, int from, int to, int season) {}

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
