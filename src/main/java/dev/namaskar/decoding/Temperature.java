package dev.namaskar.decoding;

/**
 * {@code l_i <- (l_i - max l) / temperature}: below 1 the likely gets likelier, above 1 all draw closer. Ackley, Hinton
 * and Sejnowski, "A learning algorithm for Boltzmann machines" (1985).
 */
public final class Temperature implements Sampler {
    private final double temperature;
    private final Sampler inner;

    /**
     * Tempers, then samples.
     *
     * @param temperature above 0 ({@link Greedy} is its limit at 0)
     */
    public Temperature(double temperature, Sampler inner) {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`temperature`: expected a number > 0, found " + temperature);
        }
        this.temperature = temperature;
        this.inner = inner;
    }

    @Override
    public int sample(float[] logits) {
        // The largest becomes 0 first: a tiny temperature then overflows to minus infinity, never to infinity.
        float max = logits[Softmax.argmax(logits)];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (((double) logits[i] - max) / temperature);
        }
        return inner.sample(logits);
    }
}
