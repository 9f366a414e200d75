package dev.namaskar.series.transform;

/**
 * Inputs {@code (y(t) - y(t-1)) / d}, target {@code (y - y(T)) / d}, as {@link Difference}, but no few steps rule the
 * scale: {@code d} is the root mean square of the differences of which none counts for more than four times the median of
 * their sizes, or than their mean where most are zero.
 */
final class Changes implements Transform {
    private static final double MOST_MEDIANS = 4;

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public boolean ofSteps() {
        return true;
    }

    @Override
    public <V> V shift(Statistics<V> window) {
        return window.last();
    }

    @Override
    public <V> V scale(Statistics<V> window) {
        return bounded(window);
    }

    /** The root mean square of steps that are cut off where they are out of all proportion. */
    static <V> V bounded(Statistics<V> window) {
        V sizes = window.absolute(window.steps());
        V most = window.times(window.constant(MOST_MEDIANS), window.median(sizes));
        return window.rootMeanSquare(window.smaller(sizes, window.positiveOr(most, window.mean(sizes))));
    }
}
