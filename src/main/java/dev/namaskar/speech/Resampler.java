package dev.namaskar.speech;

import java.math.BigInteger;

/**
 * A change of rate by band-limited interpolation: {@code y_m = sum_n x_n c h(c (m p/q - n))}, with {@code p/q} the old
 * rate by the new in lowest terms, {@code c = min(1, q/p)} and h the sinc under Blackman's window. As {@code m p/q} has but
 * q different fractions, the weights are computed once for each.
 */
final class Resampler {
    /** Zero crossings of the sinc on either side. */
    private static final int CROSSINGS = 24;
    /** Where the pass band ends, as a share of half of the lower rate: the window needs room to fall. */
    private static final double PASS = 0.94;

    private final int from;
    private final int to;
    private final int reach;
    private final float[][] weights;

    Resampler(int oldRate, int newRate) {
        int common =
                BigInteger.valueOf(oldRate).gcd(BigInteger.valueOf(newRate)).intValue();
        from = oldRate / common;
        to = newRate / common;
        double cutoff = PASS * Math.min(1, to / (double) from);
        reach = (int) Math.ceil(CROSSINGS / cutoff);
        weights = new float[to][2 * reach];
        for (int phase = 0; phase < to; phase++) {
            double sum = 0;
            double[] exact = new double[2 * reach];
            for (int i = 0; i < exact.length; i++) {
                exact[i] = weight(cutoff * (phase / (double) to - (i - reach + 1)));
                sum += exact[i];
            }
            // each phase passes a constant on as it is
            for (int i = 0; i < exact.length; i++) {
                weights[phase][i] = (float) (exact[i] / sum);
            }
        }
    }

    private static double weight(double x) {
        if (x == 0) {
            return 1;
        }
        double at = Math.PI * x / CROSSINGS;
        double window = Math.abs(x) >= CROSSINGS ? 0 : 0.42 + 0.5 * Math.cos(at) + 0.08 * Math.cos(2 * at);
        return window * Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** What is outside the sound is silence. */
    float[] apply(float[] x) {
        int count = (int) Math.max(1, Math.min(Integer.MAX_VALUE - 8, (long) x.length * to / from));
        float[] y = new float[count];
        for (int m = 0; m < count; m++) {
            long place = (long) m * from;
            int first = (int) (place / to) - reach + 1;
            float[] w = weights[(int) (place % to)];
            double sum = 0;
            for (int i = Math.max(0, -first); i < Math.min(w.length, x.length - first); i++) {
                sum += (double) w[i] * x[first + i];
            }
            y[m] = (float) sum;
        }
        return y;
    }
}
