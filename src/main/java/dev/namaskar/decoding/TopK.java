package dev.namaskar.decoding;

/** Keeps the k largest logits, of equals the first. Fan, Lewis and Dauphin, "Hierarchical neural story generation" (2018). */
public final class TopK implements Sampler {
    private final int k;
    private final Sampler inner;
    private final Descending order = new Descending();

    /**
     * Filters, then samples.
     *
     * @param k at least 1; more than the vocabulary keeps all
     */
    public TopK(int k, Sampler inner) {
        if (k < 1) {
            throw new IllegalArgumentException("`top-k`: expected a whole number >= 1, found " + k);
        }
        this.k = k;
        this.inner = inner;
    }

    @Override
    public int sample(float[] logits) {
        if (k < logits.length) {
            order.over(logits);
            for (int kept = 0; kept < k; kept++) {
                order.next();
            }
            order.dropRest(logits);
        }
        return inner.sample(logits);
    }
}
