package dev.namaskar.series.transform;

/** {@code z = (y - min) / (max - min)} of the window. */
final class MinMax implements Transform {
    @Override
    public String name() {
        return "minmax";
    }

    @Override
    public Fitted fit(double[] values, int from, int to, int season) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        return Affine.of(values, min, max - min);
    }
}
