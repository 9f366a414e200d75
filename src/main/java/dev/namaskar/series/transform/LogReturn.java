package dev.namaskar.series.transform;

/**
 * Inputs {@code log(y(t) / y(t-1)) / d}, target {@code log(y / y(T)) / d}: log returns, accumulated from the origin
 * {@code T}; {@code d} is the root mean square of the window's returns. Needs positive values.
 */
final class LogReturn implements Transform {
    @Override
    public String name() {
        return "logreturn";
    }

    @Override
    public Curve curve() {
        return Curve.LOG;
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
