package dev.namaskar.series.transform;

/** {@code z = (y - shift) / scale} with {@code scale > 0}. */
record Affine(double[] values, double shift, double scale) implements Transform.Fitted {
    /** A window without spread has no scale of its own. */
    static Affine of(double[] values, double shift, double scale) {
        return new Affine(values, shift, scale > 0 ? scale : 1);
    }

    @Override
    public double input(int index) {
        return target(values[index]);
    }

    @Override
    public double target(double y) {
        return (y - shift) / scale;
    }

    @Override
    public double invert(double z) {
        return z * scale + shift;
    }
}
