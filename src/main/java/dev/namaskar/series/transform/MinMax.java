package dev.namaskar.series.transform;

/** {@code z = (y - min) / (max - min)} of the window. */
final class MinMax implements Transform {
    @Override
    public String name() {
        return "minmax";
    }

    @Override
    public <V> V shift(Statistics<V> window) {
        return window.least(window.values());
    }

    @Override
    public <V> V scale(Statistics<V> window) {
        return window.minus(window.largest(window.values()), window.least(window.values()));
    }
}
