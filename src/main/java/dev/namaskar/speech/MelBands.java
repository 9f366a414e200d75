package dev.namaskar.speech;

/**
 * Triangular bands, evenly spaced on the mel scale, {@code m(f) = 2595 log10(1 + f / 700)}, each from its lower neighbour's
 * middle over its own, where it is 1, to its upper neighbour's.
 *
 * @param count how many
 * @param lowest where the first begins, in hertz
 * @param highest where the last ends, in hertz
 */
public record MelBands(int count, double lowest, double highest) {
    private static final int MOST = 512;

    /** Checks the settings. */
    public MelBands {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("bands: expected 1 to " + MOST + ", found " + count);
        }
        if (!(lowest >= 0 && lowest < highest && highest <= Recording.HIGHEST_RATE)) {
            throw new IllegalArgumentException("expected a lowest frequency of at least 0, below the highest, found "
                    + lowest + " and " + highest);
        }
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }

    /**
     * What each line of a Fourier transform counts in each band.
     *
     * @param points of the transform
     * @return {@code [count][points / 2 + 1]}
     */
    double[][] filters(int rate, int points) {
        double[][] filters = new double[count][points / 2 + 1];
        double[] edges = new double[count + 2];
        for (int i = 0; i < edges.length; i++) {
            double mel = mel(lowest) + (mel(highest) - mel(lowest)) * i / (count + 1);
            edges[i] = hertz(mel) / rate * points;
        }
        for (int band = 0; band < count; band++) {
            for (int k = 0; k <= points / 2; k++) {
                double rising = (k - edges[band]) / (edges[band + 1] - edges[band]);
                double falling = (edges[band + 2] - k) / (edges[band + 2] - edges[band + 1]);
                filters[band][k] = Math.max(0, Math.min(rising, falling));
            }
        }
        return filters;
    }
}
