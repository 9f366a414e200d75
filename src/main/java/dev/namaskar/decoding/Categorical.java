package dev.namaskar.decoding;

import dev.namaskar.params.SplitMix64;

/** A draw by probability: the first symbol at which the cumulative probability passes a uniform number. */
public final class Categorical implements Sampler {
    private final SplitMix64 random;
    private double[] weights = new double[0];

    /** Draws from this generator, one number a symbol. */
    public Categorical(SplitMix64 random) {
        this.random = random;
    }

    @Override
    public int sample(float[] logits) {
        if (weights.length != logits.length) {
            weights = new double[logits.length];
        }
        double threshold = Softmax.weights(logits, weights) * random.nextDouble();
        double cumulative = 0;
        int last = -1;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                cumulative += weights[i];
                last = i;
                if (threshold < cumulative) {
                    return i;
                }
            }
        }
        return last;
    }
}
