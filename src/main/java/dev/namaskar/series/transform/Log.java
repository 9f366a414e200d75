package dev.namaskar.series.transform;

/** {@code z = (log y - mean) / deviation}, both of the window's logarithms; needs positive values. */
final class Log implements Transform {
    @Override
    public String name() {
        return "log";
    }

    @Override
    public Curve curve() {
        return Curve.LOG;
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
