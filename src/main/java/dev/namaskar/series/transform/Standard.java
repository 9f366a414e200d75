package dev.namaskar.series.transform;

/** {@code z = (y - mean) / deviation} of the window. */
final class Standard implements Transform {
    @Override
    public String name() {
        return "standard";
    }

    @Override
    public <V> V shift(Statistics<V> window) {
        return window.mean(window.values());
    }

    @Override
    public <V> V scale(Statistics<V> window) {
        return window.deviation(window.values());
    }
}
