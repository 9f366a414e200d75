package dev.namaskar.decoding;

/** {@code p_i = exp(l_i - max l) / sum_j exp(l_j - max l)}, summed in double; minus infinity has probability 0. */
public final class Softmax {
    private Softmax() {}

    /** Index of the largest logit, the first of equals. */
    static int argmax(float[] logits) {
        int best = -1;
        for (int i = 0; i < logits.length; i++) {
            if (Float.isNaN(logits[i]) || logits[i] == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "expected finite logits, found " + logits[i] + " for symbol " + i + "; the model is broken");
            }
            if (logits[i] != Float.NEGATIVE_INFINITY && (best < 0 || logits[i] > logits[best])) {
                best = i;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException(
                    "expected a finite logit, found none among " + logits.length + " symbols");
        }
        return best;
    }

    /**
     * Probabilities without their common divisor.
     *
     * @param weights {@code exp(l_i - max l)} (modified)
     * @return the divisor, their sum
     */
    public static double weights(float[] logits, double[] weights) {
        float max = logits[argmax(logits)];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            weights[i] = Math.exp((double) logits[i] - max);
            sum += weights[i];
        }
        return sum;
    }

    /** {@code ln p}: {@code to_k = y_k - ln sum_j e^{y_j}} of the {@code width} logits from {@code at} on, added up in double. */
    public static void logarithms(float[] y, int at, int width, float[] to, int toAt) {
        float max = y[at];
        for (int k = 1; k < width; k++) {
            max = Math.max(max, y[at + k]);
        }
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += Math.exp((double) y[at + k] - max);
        }
        double log = max + Math.log(sum);
        for (int k = 0; k < width; k++) {
            to[toAt + k] = (float) (y[at + k] - log);
        }
    }
}
