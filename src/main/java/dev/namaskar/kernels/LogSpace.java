package dev.namaskar.kernels;

/** Probabilities as their natural logarithms, in double: minus infinity is nought. */
public final class LogSpace {
    private LogSpace() {}

    /** {@code ln(e^a + e^b)}. */
    public static double add(double a, double b) {
        double max = Math.max(a, b);
        return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(Math.min(a, b) - max));
    }

    /** {@code ln softmax}: {@code y_k - ln sum_j e^{y_j}} of the {@code count} logits from {@code at} on. */
    public static double[] softmax(float[] logits, int at, int count) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < count; k++) {
            max = Math.max(max, logits[at + k]);
        }
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += Math.exp(logits[at + k] - max);
        }
        double logSum = max + Math.log(sum);
        double[] logs = new double[count];
        for (int k = 0; k < count; k++) {
            logs[k] = logits[at + k] - logSum;
        }
        return logs;
    }
}
