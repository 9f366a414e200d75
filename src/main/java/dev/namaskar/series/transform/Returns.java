package dev.namaskar.series.transform;

/**
 * Inputs {@code log(y(t) / y(t-1)) / d}, target {@code log(y / y(T)) / d}, as {@link LogReturn}, but no few steps rule the
 * scale: {@code d} is that of {@link Changes}. Needs positive values.
 */
final class Returns implements Transform {
    @Override
    public String name() {
        return "returns";
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
        return Changes.bounded(window);
    }
}
