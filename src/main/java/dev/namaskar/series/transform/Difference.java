package dev.namaskar.series.transform;

/**
 * Inputs {@code (y(t) - y(t-1)) / d}, target {@code (y - y(T)) / d}: differences, accumulated from the origin {@code T};
 * {@code d} is the root mean square of the window's differences.
 */
final class Difference implements Transform {
    @Override
    public String name() {
        return "difference";
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
        return window.rootMeanSquare(window.steps());
    }
}
