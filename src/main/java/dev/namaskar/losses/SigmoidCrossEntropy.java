package dev.namaskar.losses;

/**
 * Mean over the outputs of the cross entropy of independent yes-or-no questions, from logits y and targets in [0, 1]:
 * {@code max(y, 0) - y target + log(1 + e^-|y|)}, as PyTorch's BCEWithLogitsLoss has it.
 */
public final class SigmoidCrossEntropy extends ElementwiseLoss {
    @Override
    public String name() {
        return "sigmoid_cross_entropy";
    }

    @Override
    double value(float y, float target) {
        return Math.max(y, 0.0) - (double) y * target + Math.log1p(Math.exp(-Math.abs((double) y)));
    }

    @Override
    float slope(float y, float target) {
        return (float) (1 / (1 + Math.exp(-y)) - target);
    }
}
