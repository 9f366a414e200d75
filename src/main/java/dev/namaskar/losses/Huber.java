package dev.namaskar.losses;

/**
 * Mean over the outputs of Huber's loss (Annals of Mathematical Statistics 1964), with {@code e = y - target}:
 * {@code e^2 / 2} where {@code |e| <= delta}, else {@code delta (|e| - delta / 2)}, as PyTorch's HuberLoss has it.
 */
public final class Huber extends ElementwiseLoss {
    private final float delta;

    /**
     * Huber's loss.
     *
     * @param delta where the parabola becomes a line; above 0
     */
    public Huber(float delta) {
        if (!(delta > 0) || Float.isInfinite(delta)) {
            throw new IllegalArgumentException("expected a finite delta above 0 for Huber's loss, found " + delta);
        }
        this.delta = delta;
    }

    @Override
    public String name() {
        return "huber";
    }

    @Override
    double value(float y, float target) {
        double e = Math.abs((double) y - target);
        return e <= delta ? 0.5 * e * e : delta * (e - 0.5 * delta);
    }

    @Override
    float slope(float y, float target) {
        return Math.max(-delta, Math.min(delta, y - target));
    }
}
