package dev.namaskar.speech;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * From sound to what a network reads: in each frame the logarithm of the power in each mel band (Davis and Mermelstein
 * 1980, without their cosine transform), and how these move over time.
 *
 * <pre>{@code
 * e_tb = ln(sum over k of w_bk |X_tk|^2 + 1e-6)                  X_t: Fourier transform of frame t
 * d_t  = sum over n = 1, 2 of n (e_{t+n} - e_{t-n}) / 10         the first and last frame repeated at the ends
 * }</pre>
 *
 * @param framing how sound is cut
 * @param bands what power is gathered in
 * @param deltas 0: the logarithms alone; 1: with their slopes d; 2: with the slopes' slopes too
 * @param level what is taken off each recording before the slopes
 */
public record FrontEnd(Framing framing, MelBands bands, int deltas, Level level) {
    /** Under the power, so that silence has a logarithm. */
    static final double FLOOR = 1e-6;

    private static final int USUAL_WINDOW = 25;
    private static final int USUAL_BANDS = 40;
    private static final double USUAL_EMPHASIS = 0.97;
    private static final double USUAL_LOWEST = 64;
    private static final int SLOPE_REACH = 2;
    /** Root of the mean square that recordings are brought to where loudness is taken off. */
    private static final double USUAL_LOUDNESS = 0.05;

    /** What is taken off each recording. */
    public enum Level {
        /** Nothing. */
        NONE,
        /** Each band's mean over the recording: the microphone's and in part the speaker's own colour. */
        BANDS,
        /**
         * How loud it is as a whole, by bringing it to one power, and then half of each band's mean: in a short recording
         * the mean tells what is said as well as by whom.
         */
        HALF
    }

    /** Checks that every band holds a line of the transform. */
    public FrontEnd {
        if (deltas < 0 || deltas > 2) {
            throw new IllegalArgumentException("deltas: expected 0, 1 or 2, found " + deltas);
        }
        if (bands.highest() > framing.rate() / 2.0) {
            throw new IllegalArgumentException("expected a highest frequency of at most half of " + framing.rate()
                    + " samples a second, found " + bands.highest());
        }
        double[][] filters = bands.filters(framing.rate(), framing.transformLength());
        for (int band = 0; band < filters.length; band++) {
            double sum = 0;
            for (double weight : filters[band]) {
                sum += weight;
            }
            if (sum == 0) {
                throw new IllegalArgumentException("expected bands as wide as the " + framing.transformLength()
                        + " points of the transform tell apart, found none in band " + (band + 1) + " of "
                        + bands.count()
                        + "; take fewer bands or a longer window");
            }
        }
    }

    /** The usual one for recordings of this rate: 25 ms every 10 ms, bands up to half the rate or 8 kHz, and slopes. */
    public static FrontEnd of(int rate) {
        return new FrontEnd(
                new Framing(rate, USUAL_WINDOW, 10, USUAL_EMPHASIS, Framing.Taper.HAMMING),
                new MelBands(USUAL_BANDS, USUAL_LOWEST, Math.min(rate / 2.0, 8000)),
                1,
                Level.HALF);
    }

    /** The same with a frame every so many milliseconds. */
    public FrontEnd withHop(double milliseconds) {
        Framing other = new Framing(
                framing.rate(),
                Math.max(milliseconds, framing.window()),
                milliseconds,
                framing.emphasis(),
                framing.taper());
        return new FrontEnd(other, bands, deltas, level);
    }

    /** The same with so many bands. */
    public FrontEnd withBands(int count) {
        return new FrontEnd(framing, new MelBands(count, bands.lowest(), bands.highest()), deltas, level);
    }

    /** Values of a frame. */
    public int width() {
        return bands.count() * (deltas + 1);
    }

    /**
     * The features of a recording, which is brought to this front end's rate first.
     *
     * @throws IllegalArgumentException if it holds nothing of the highest band, as one of a lower rate does
     */
    public Features features(Recording recording) {
        if (recording.rate() < framing.rate() && recording.rate() < 2 * bands.highest()) {
            throw new IllegalArgumentException("expected a recording of at least "
                    + Math.round(Math.min(framing.rate(), Math.ceil(2 * bands.highest())))
                    + " samples a second, as the model hears up to " + Math.round(bands.highest()) + " Hz, found "
                    + recording.rate());
        }
        float[] samples = recording.at(framing.rate()).samples();
        samples = level == Level.HALF ? asLoudAsUsual(samples) : samples;
        int frames = framing.frames(samples.length);
        float[] values = new float[frames * width()];
        logPowers(samples, frames, values);
        if (level != Level.NONE) {
            subtractMeans(values, frames, level == Level.HALF ? 0.5 : 1);
        }
        for (int order = 1; order <= deltas; order++) {
            slopes(values, frames, order);
        }
        return new Features(values, width());
    }

    /** The samples at the usual power; silence as it is. */
    private static float[] asLoudAsUsual(float[] samples) {
        double power = Recording.power(samples);
        if (power == 0) {
            return samples;
        }
        float factor = (float) (USUAL_LOUDNESS / Math.sqrt(power));
        float[] scaled = samples.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    private void logPowers(float[] samples, int frames, float[] values) {
        double[] emphasized = framing.emphasized(samples);
        double[] weights = framing.weights();
        double[][] filters = bands.filters(framing.rate(), framing.transformLength());
        double[][] spectrum = new double[2][];
        for (int t = 0; t < frames; t++) {
            spectrum[0] = framing.frame(emphasized, t, weights);
            spectrum[1] = new double[spectrum[0].length];
            FastFourierTransformer.transformInPlace(spectrum, DftNormalization.STANDARD, TransformType.FORWARD);
            double[] power = spectrum[0];
            for (int k = 0; k < filters[0].length; k++) {
                power[k] = spectrum[0][k] * spectrum[0][k] + spectrum[1][k] * spectrum[1][k];
            }
            for (int band = 0; band < filters.length; band++) {
                double sum = 0;
                for (int k = 0; k < filters[band].length; k++) {
                    sum += filters[band][k] * power[k];
                }
                values[t * width() + band] = (float) Math.log(sum + FLOOR);
            }
        }
    }

    private void subtractMeans(float[] values, int frames, double share) {
        for (int band = 0; band < bands.count(); band++) {
            double sum = 0;
            for (int t = 0; t < frames; t++) {
                sum += values[t * width() + band];
            }
            float taken = (float) (share * sum / frames);
            for (int t = 0; t < frames; t++) {
                values[t * width() + band] -= taken;
            }
        }
    }

    /** The slopes of the block of values before the order's own. */
    private void slopes(float[] values, int frames, int order) {
        int count = bands.count();
        for (int t = 0; t < frames; t++) {
            for (int band = 0; band < count; band++) {
                int column = (order - 1) * count + band;
                double sum = 0;
                for (int n = 1; n <= SLOPE_REACH; n++) {
                    int after = Math.min(frames - 1, t + n);
                    int before = Math.max(0, t - n);
                    sum += n * ((double) values[after * width() + column] - values[before * width() + column]);
                }
                values[t * width() + column + count] = (float) (sum / 10);
            }
        }
    }
}
