package dev.namaskar.losses;

/** Mean over the outputs of {@code (y - target)^2}, without a half, as PyTorch's MSELoss and Keras's have it. */
public final class SquaredError extends ElementwiseLoss {
    @Override
    public String name() {
        return "squared_error";
    }

    @Override
    double value(float y, float target) {
        double difference = (double) y - target;
        return difference * difference;
    }

    @Override
    float slope(float y, float target) {
        return 2 * (y - target);
    }
}
