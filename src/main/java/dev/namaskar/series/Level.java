package dev.namaskar.series;

/** {@code z = y / level - 1}, the level being the mean of the window's last season. */
final class Level implements Transform {
    @Override
    public String name() {
        return "level";
    }

    @Override
    public Fitted fit(double[] values, int from, int to, int season) {
        int begin = Math.max(from, to - season);
        double level = Moments.mean(values, begin, to);
        if (!(level > 0)) {
            throw new IllegalArgumentException("transform level needs a positive mean of the last season, found "
                    + level + " over values " + (begin + 1) + " to " + to + "; use standard or difference");
        }
        return new Affine(values, level, level);
    }
}
