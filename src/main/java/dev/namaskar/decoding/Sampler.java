package dev.namaskar.decoding;

import dev.namaskar.params.SplitMix64;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a symbol by its logits. Samplers wrap one another: a filter changes the logits (minus infinity shuts a symbol
 * out) and hands them to the sampler inside it. None allocates once it has seen the vocabulary's size. Not thread-safe:
 * one sampler per sequence.
 */
public interface Sampler {
    /**
     * Chooses an index.
     *
     * @param logits unnormalised log probabilities, at least one of them finite (modified)
     * @throws IllegalArgumentException if they hold not-a-number or plus infinity or no finite value
     */
    int sample(float[] logits);

    /**
     * The usual chain: temperature, then top-k, then top-p, then a draw; the largest logit if the temperature is 0.
     *
     * @param temperature at least 0; 1 leaves the probabilities as they are
     * @param topK keep the k likeliest symbols, or null
     * @param topP keep the likeliest symbols that together reach this probability, or null
     * @param random where draws come from
     * @throws IllegalArgumentException naming the setting, its range and what was found
     */
    static Sampler of(double temperature, @Nullable Integer topK, @Nullable Double topP, SplitMix64 random) {
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`temperature`: expected a number >= 0, found " + temperature);
        }
        Sampler sampler = new Categorical(random);
        if (topP != null) {
            sampler = new TopP(topP, sampler);
        }
        if (topK != null) {
            sampler = new TopK(topK, sampler);
        }
        return temperature == 0 ? new Greedy() : new Temperature(temperature, sampler);
    }
}
