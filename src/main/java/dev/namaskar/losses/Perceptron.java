package dev.namaskar.losses;

/**
 * Mean over the outputs of the perceptron's criterion, from what threshold units are told, y, and targets 0 and 1:
 * {@code (H(y) - target) y}, H being 1 above 0 and else 0. Its slope {@code H(y) - target} is the perceptron's update
 * (Rosenblatt 1958): nothing where the answer is right, else the input added or taken away.
 */
public final class Perceptron extends ElementwiseLoss {
    @Override
    public String name() {
        return "perceptron";
    }

    @Override
    double value(float y, float target) {
        return (double) slope(y, target) * y;
    }

    @Override
    float slope(float y, float target) {
        float fires = y > 0 ? 1 : y <= 0 ? 0 : y; // not-a-number passes through
        return fires - target;
    }
}
