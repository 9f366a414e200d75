package dev.namaskar.decoding;

/**
 * Keeps the nucleus: the likeliest symbols, of equals the first, until their probabilities together reach p. Holtzman et
 * al., "The curious case of neural text degeneration" (2020). The likeliest symbol always stays.
 */
public final class TopP implements Sampler {
    private final double p;
    private final Sampler inner;
    private final Descending order = new Descending();
    private double[] weights = new double[0];

    /**
     * Filters, then samples.
     *
     * @param p above 0, at most 1; 1 keeps all
     */
    public TopP(double p, Sampler inner) {
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException("`top-p`: expected 0 < p <= 1, found " + p);
        }
        this.p = p;
        this.inner = inner;
    }

    @Override
    public int sample(float[] logits) {
        if (p < 1) {
            if (weights.length != logits.length) {
                weights = new double[logits.length];
            }
            double needed = p * Softmax.weights(logits, weights);
            order.over(logits);
            double kept = 0;
            do {
                kept += weights[order.next()];
            } while (kept < needed && order.hasNext());
            order.dropRest(logits);
        }
        return inner.sample(logits);
    }
}
