package dev.namaskar.series.transform;

/** The values as they are: {@code z = y}. */
final class Identity implements Transform {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public <V> V shift(Statistics<V> window) {
        return window.constant(0);
    }

    @Override
    public <V> V scale(Statistics<V> window) {
        return window.constant(1);
    }
}
