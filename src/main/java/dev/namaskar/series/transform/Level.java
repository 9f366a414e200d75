package dev.namaskar.series.transform;

/** {@code z = y / level - 1}, the level being the mean of the window's last season. */
final class Level implements Transform {
    @Override
    public String name() {
        return "level";
    }

    @Override
    public Fitted fit(double[] values, int from, int to, int season) {
        double level = level(values, Math.max(from, to - season), to);
        return new Affine(values, level, level);
    }

    @Override
    public void check(double[] values, int from, int to, int season) {
        for (int end = from + season; end <= to; end++) {
            level(values, end - season, end);
        }
    }

    private double level(double[] values, int begin, int end) {
        double level = Moments.mean(values, begin, end);
        if (!(level > 0)) {
            throw new OutOfDomainException(
                    end - 1,
                    "transform level needs a positive mean of the last season, found " + level + " over the "
                            + (end - begin) + " values that end",
                    "use transform standard or difference");
        }
        return level;
    }
}
