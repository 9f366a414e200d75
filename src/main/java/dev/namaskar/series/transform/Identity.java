package dev.namaskar.series.transform;

/** The values as they are: {@code z = y}. */
final class Identity implements Transform {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public Fitted fit(double[] values, int from, int to, int season) {
        return new Affine(values, 0, 1);
    }
}
