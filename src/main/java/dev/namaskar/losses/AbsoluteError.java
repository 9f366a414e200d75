package dev.namaskar.losses;

/** Mean over the outputs of {@code |y - target|}; its slope at 0 is taken as 0. */
public final class AbsoluteError extends ElementwiseLoss {
    @Override
    public String name() {
        return "absolute_error";
    }

    @Override
    double value(float y, float target) {
        return Math.abs((double) y - target);
    }

    @Override
    float slope(float y, float target) {
        return Math.signum(y - target);
    }
}
