package dev.namaskar.series.transform;

/** {@code z = y / level - 1}, the level being the mean of the window's last season. */
final class SeasonLevel implements Transform {
    @Override
    public String name() {
        return "level";
    }

    @Override
    public <V> V shift(Statistics<V> window) {
        return window.mean(window.lastSeason());
    }

    @Override
    public <V> V scale(Statistics<V> window) {
        return window.mean(window.lastSeason());
    }

    @Override
    public String needs() {
        return "a positive mean of the last season";
    }
}
