package dev.namaskar.speech;

/**
 * How sound is cut into frames: {@code x_n - a x_{n-1}} first, which lifts the weak upper bands of speech, then windows
 * that overlap, each weighted at its edges.
 *
 * @param rate samples a second that the front end works with
 * @param window length of a frame in milliseconds
 * @param hop from a frame's beginning to the next one's, in milliseconds
 * @param emphasis the factor a, 0 for none
 * @param taper the weights within a frame
 */
public record Framing(int rate, double window, double hop, double emphasis, Taper taper) {
    /** Frames longer than this hold no one sound of speech. */
    private static final double LONGEST = 1000;

    /** The weights within a frame of N samples. */
    public enum Taper {
        /** {@code 0.54 - 0.46 cos(2 pi n / (N - 1))}. */
        HAMMING,
        /** {@code 0.5 - 0.5 cos(2 pi n / (N - 1))}. */
        HANN;

        double weight(int n, int length) {
            double wave = length == 1 ? -1 : Math.cos(2 * Math.PI * n / (length - 1));
            return this == HAMMING ? 0.54 - 0.46 * wave : 0.5 - 0.5 * wave;
        }
    }

    /** Checks the settings. */
    public Framing {
        if (rate < Recording.LOWEST_RATE || rate > Recording.HIGHEST_RATE) {
            throw new IllegalArgumentException("rate: expected " + Recording.LOWEST_RATE + " to "
                    + Recording.HIGHEST_RATE + " samples a second, found " + rate);
        }
        if (!(hop >= 1 && hop <= window && window <= LONGEST)) {
            throw new IllegalArgumentException(
                    "expected a hop of at least 1 ms, not longer than the window, and a window of at most " + LONGEST
                            + " ms, found " + hop + " and " + window);
        }
        if (!(emphasis >= 0 && emphasis < 1)) {
            throw new IllegalArgumentException("emphasis: expected 0 <= emphasis < 1, found " + emphasis);
        }
    }

    /** Samples of a frame. */
    public int windowSamples() {
        return (int) Math.round(rate * window / 1000);
    }

    /** Samples from frame to frame. */
    public int hopSamples() {
        return (int) Math.round(rate * hop / 1000);
    }

    /** How many frames fit into so many samples; one, filled up with silence, where they are fewer than a frame. */
    public int frames(int samples) {
        return samples < windowSamples() ? 1 : 1 + (samples - windowSamples()) / hopSamples();
    }

    /** Points of the Fourier transform: the power of two that a frame fits into. */
    int transformLength() {
        return Math.max(2, Integer.highestOneBit(2 * windowSamples() - 1));
    }

    /** Frames cut out, emphasized and weighted, each followed by zeros up to the transform's length. */
    double[] frame(double[] emphasized, int t, double[] weights) {
        double[] frame = new double[transformLength()];
        int first = t * hopSamples();
        int count = Math.min(weights.length, emphasized.length - first);
        for (int n = 0; n < count; n++) {
            frame[n] = emphasized[first + n] * weights[n];
        }
        return frame;
    }

    double[] emphasized(float[] samples) {
        double[] x = new double[samples.length];
        x[0] = samples[0];
        for (int n = 1; n < x.length; n++) {
            x[n] = samples[n] - emphasis * samples[n - 1];
        }
        return x;
    }

    double[] weights() {
        double[] weights = new double[windowSamples()];
        for (int n = 0; n < weights.length; n++) {
            weights[n] = taper.weight(n, weights.length);
        }
        return weights;
    }
}
