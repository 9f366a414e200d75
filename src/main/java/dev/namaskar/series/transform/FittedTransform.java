package dev.namaskar.series.transform;

/**
 * A transform with the shift and the scale of one window.
 *
 * @param inputs what the network sees of each value of the window
 */
record FittedTransform(Transform transform, double[] inputs, int from, double shift, double scale)
        implements Transform.Fitted {
    static FittedTransform of(Transform transform, double[] values, int from, int to, int season) {
        int lead = transform.lead();
        Curve curve = transform.curve();
        double[] curved = new double[to - from + lead];
        for (int i = 0; i < curved.length; i++) {
            check(transform, values, from - lead + i);
            curved[i] = curve.of(values[from - lead + i]);
        }
        NumericStatistics window = NumericStatistics.of(curved, lead, season);
        double shift = transform.shift(window)[0];
        double scale = usable(transform, transform.scale(window)[0], from, to);
        double[] inputs = transform.ofSteps() ? window.steps() : window.values();
        double[] z = new double[inputs.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = transform.ofSteps() ? inputs[i] / scale : (inputs[i] - shift) / scale;
        }
        return new FittedTransform(transform, z, from, shift, scale);
    }

    static void check(Transform transform, double[] values, int from, int to, int season) {
        for (int i = from; i < to; i++) {
            check(transform, values, i);
        }
        if (!transform.needs().isEmpty()) {
            for (int end = from + season; end <= to; end++) {
                of(transform, values, end - season, end, season);
            }
        }
    }

    private static void check(Transform transform, double[] values, int index) {
        if (!transform.curve().takes(values[index])) {
            throw new OutOfDomainException(index, needsPositive(transform, values[index]), remedy(transform));
        }
    }

    private static String needsPositive(Transform transform, double found) {
        return "transform " + transform.name() + " needs positive values, found " + found;
    }

    private static String remedy(Transform transform) {
        return "use transform " + (transform.isAffine() ? "standard or difference" : "difference or standard");
    }

    /** A window without spread has no scale of its own. */
    private static double usable(Transform transform, double scale, int from, int to) {
        if (!(scale > 0) && !transform.needs().isEmpty()) {
            throw new OutOfDomainException(
                    to - 1,
                    "transform " + transform.name() + " needs " + transform.needs() + ", found " + scale + " over the "
                            + (to - from) + " values that end",
                    remedy(transform));
        }
        return scale > 0 ? scale : 1;
    }

    @Override
    public double input(int index) {
        return inputs[index - from];
    }

    @Override
    public double target(double y) {
        if (!transform.curve().takes(y)) {
            throw new IllegalArgumentException(needsPositive(transform, y) + "; " + remedy(transform));
        }
        return (transform.curve().of(y) - shift) / scale;
    }

    @Override
    public double invert(double z) {
        return transform.curve().inverse(z * scale + shift);
    }
}
