package dev.namaskar.series.transform;

/**
 * Mean and deviation of a window, each summed twice, the second time over what the first left: no digits are lost
 * where values are large and alike (Chan, Golub and LeVeque 1983). Here, rather than taken from a library, because
 * forecasting has to run with nothing else on the class path.
 */
public final class Moments {
    private Moments() {}

    /** The mean of {@code values[from, to)}. */
    public static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        double mean = sum / (to - from);
        double rest = 0;
        for (int i = from; i < to; i++) {
            rest += values[i] - mean;
        }
        return mean + rest / (to - from);
    }

    /** The deviation of {@code values[from, to)} from their mean, {@code sqrt(sum (x - mean)^2 / n)}. */
    public static double deviation(double[] values, double mean, int from, int to) {
        double squares = 0;
        double rest = 0;
        for (int i = from; i < to; i++) {
            double off = values[i] - mean;
            squares += off * off;
            rest += off;
        }
        int n = to - from;
        return n < 2 ? 0 : Math.sqrt((squares - rest * rest / n) / n);
    }
}
