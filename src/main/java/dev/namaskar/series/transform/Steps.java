package dev.namaskar.series.transform;

/**
 * What a series changes by. On the curve {@code f}, the identity or the logarithm (which needs positive values), inputs are
 * {@code (f(y(t)) - f(y(t-1))) / d} and the target is {@code (f(y) - f(y(T))) / d}: steps, accumulated from the origin
 * {@code T}; {@code d} is the root mean square of the window's steps.
 *
 * @param name as which it goes
 * @param curve f
 * @param bounded whether no few steps rule the scale: none counts for more than four times the median of their sizes, or
 *     than their mean where most are zero
 */
record Steps(String name, Curve curve, boolean bounded) implements Transform {
    private static final double MOST_MEDIANS = 4;

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
        if (!bounded) {
            return window.rootMeanSquare(window.steps());
        }
        V sizes = window.absolute(window.steps());
        V most = window.times(window.constant(MOST_MEDIANS), window.median(sizes));
        return window.rootMeanSquare(window.smaller(sizes, window.positiveOr(most, window.mean(sizes))));
    }
}
