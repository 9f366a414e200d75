package dev.namaskar.series.transform;

/** {@code z = (y - mean) / deviation} of the window. */
final class Standard implements Transform {
    @Override
    public String name() {
        return "standard";
    }

    @Override
    public Fitted fit(double[] values, int from, int to, int season) {
        double mean = Moments.mean(values, from, to);
        return Affine.of(values, mean, Moments.deviation(values, mean, from, to));
    }
}
