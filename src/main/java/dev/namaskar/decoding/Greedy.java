package dev.namaskar.decoding;

/** The largest logit, the first of equals: what every other sampler tends to as the temperature goes to 0. */
public final class Greedy implements Sampler {
    @Override
    public int sample(float[] logits) {
        return Softmax.argmax(logits);
    }
}
