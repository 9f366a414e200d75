package dev.namaskar.speech;

import dev.namaskar.params.SplitMix64;

/**
 * Recordings as they might have been: other speed and with it pitch (Ko et al. 2015), loudness, noise and place in time, and
 * bands and frames of their features hidden (SpecAugment, Park et al. 2019, there under the mean). What is drawn is a
 * function of the generator that is given, so that a step can be repeated. All 0 changes nothing.
 *
 * @param speed up to which factor, as a share: .25 for 1 / 1.25 to 1.25 times
 * @param gain up to how many decibels louder or softer
 * @param noise the loudest noise, in decibels above the recording's own mean power, so -15 for little; the softest is 25
 *     below; 0 for none
 * @param shift up to how many milliseconds of near silence stand before and behind
 * @param bands up to which share of the bands two stripes hide each
 * @param frames up to which share of the frames one stripe hides
 */
public record Augmentation(double speed, double gain, double noise, double shift, double bands, double frames) {
    /** Nothing is changed. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, 0);

    private static final double NOISE_RANGE = 25;
    /** Of the noise in near silence, as a share of full scale. */
    private static final double NEAR_SILENCE = 3e-4;
    /** Speeds are whole shares of this, so that resampling has few phases. */
    private static final int SPEED_STEPS = 100;
    /** What stripes are hidden under, in deviations above the mean: speakers who were never heard were understood better. */
    static final float LOUD = 1.3f;

    /** Checks the ranges. */
    public Augmentation {
        if (!(speed >= 0
                && speed <= 1
                && gain >= 0
                && gain <= 40
                && noise <= 0
                && noise >= -100
                && shift >= 0
                && shift <= 10_000)) {
            throw new IllegalArgumentException(
                    "expected a speed of 0 to 1, a gain of 0 to 40 dB, noise of -100 to 0 dB and a shift of 0 to 10000"
                            + " ms, found " + speed + ", " + gain + ", " + noise + " and " + shift);
        }
        if (!(bands >= 0 && bands <= 0.5 && frames >= 0 && frames <= 0.5)) {
            throw new IllegalArgumentException(
                    "expected shares of 0 to 0.5 of bands and frames to hide, found " + bands + " and " + frames);
        }
    }

    /** What helps where there are few speakers. */
    public static Augmentation usual() {
        return new Augmentation(0.25, 8, -15, 100, 0.2, 0.2);
    }

    /** Another recording, drawn. */
    public Recording vary(Recording recording, SplitMix64 random) {
        float[] samples = recording.samples();
        if (speed > 0) {
            double factor = Math.exp((2 * random.nextDouble() - 1) * Math.log1p(speed));
            int steps = (int) Math.round(SPEED_STEPS * factor);
            samples = new Resampler(steps, SPEED_STEPS).apply(samples);
        }
        double loudness = gain == 0 ? 1 : Math.pow(10, (2 * random.nextDouble() - 1) * gain / 20);
        double hiss = 0;
        if (noise < 0) {
            double level = noise - NOISE_RANGE * random.nextDouble();
            hiss = Math.sqrt(Recording.power(samples)) * Math.pow(10, level / 20);
        }
        int before = silence(recording.rate(), random);
        int after = silence(recording.rate(), random);
        float[] varied = new float[before + samples.length + after];
        for (int i = 0; i < varied.length; i++) {
            boolean inside = i >= before && i < before + samples.length;
            double value = inside ? samples[i - before] : NEAR_SILENCE * random.nextGaussian();
            varied[i] = (float) (loudness * (hiss == 0 ? value : value + hiss * random.nextGaussian()));
        }
        return new Recording(varied, recording.rate());
    }

    private int silence(int rate, SplitMix64 random) {
        int most = (int) (shift / 1000 * rate);
        return most == 0 ? 0 : random.nextInt(most + 1);
    }

    /**
     * Hides stripes of features that are on their scale, so that 0 is the mean, under something loud that stays as it
     * is; modifies them.
     *
     * @param count bands, which the features have once, or with slopes several times side by side
     */
    public Features hide(Features features, int count, SplitMix64 random) {
        int width = features.width();
        for (int stripe = 0; stripe < 2; stripe++) {
            int wide = random.nextInt((int) (bands * count) + 1);
            int first = random.nextInt(count - wide + 1);
            for (int at = first; at < features.values().length; at += count) {
                cover(features, count, at, at + wide);
            }
        }
        int tall = random.nextInt((int) (frames * features.frames()) + 1);
        int top = random.nextInt(features.frames() - tall + 1);
        cover(features, count, top * width, (top + tall) * width);
        return features;
    }

    private static void cover(Features features, int count, int from, int to) {
        for (int i = from; i < to; i++) {
            features.values()[i] = i % features.width() < count ? LOUD : 0;
        }
    }
}
