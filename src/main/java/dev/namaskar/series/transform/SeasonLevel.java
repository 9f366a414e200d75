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

    /** A season without a negative value and with a positive one has a positive mean: there is nothing to add up. */
    @Override
    public void check(double[] values, int from, int to, int season) {
        int negative = 0;
        int positive = 0;
        for (int end = from + 1; end <= to; end++) {
            double gone = end - from > season ? values[end - 1 - season] : 0;
            double come = values[end - 1];
            negative += (come < 0 ? 1 : 0) - (gone < 0 ? 1 : 0);
            positive += (come > 0 ? 1 : 0) - (gone > 0 ? 1 : 0);
            if (end - from >= season && (negative > 0 || positive == 0)) {
                FittedTransform.of(this, values, end - season, end, season);
            }
        }
    }
}
