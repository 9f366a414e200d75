package dev.namaskar.speech;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Sound of one channel.
 *
 * @param samples amplitudes, 1 being full scale; not copied
 * @param rate samples a second
 */
@SuppressWarnings("ArrayRecordComponent") // a window on the caller's sound, never compared
public record Recording(float[] samples, int rate) {
    /** The lowest rate that is read, and with it the narrowest band in which speech is still understood. */
    public static final int LOWEST_RATE = 8_000;

    /** The highest rate that is read. */
    public static final int HIGHEST_RATE = 192_000;

    /** Checks that there is sound, at a rate that speech is recorded with. */
    public Recording {
        if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
            throw new IllegalArgumentException(
                    "expected " + LOWEST_RATE + " to " + HIGHEST_RATE + " samples a second, found " + rate);
        }
        if (samples.length == 0) {
            throw new IllegalArgumentException("expected at least one sample of sound, found none");
        }
    }

    /**
     * Reads a WAV file: whole numbers of 8 to 32 bits, floating point numbers, mu-law or A-law; several channels are mixed
     * down to their mean.
     *
     * @throws IOException naming the file and what is wrong: no WAV file, cut short, without sound, at another rate
     */
    public static Recording read(Path file) throws IOException {
        return WavFile.read(file);
    }

    /** How long it lasts. */
    public double seconds() {
        return samples.length / (double) rate;
    }

    /**
     * The same sound at another rate, by a windowed sinc that leaves nothing above half of the lower of both rates.
     *
     * @throws IllegalArgumentException if no speech is recorded at that rate
     */
    public Recording at(int newRate) {
        return newRate == rate ? this : new Recording(new Resampler(rate, newRate).apply(samples), newRate);
    }

    /** The mean of the squares of samples. */
    static double power(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum / samples.length;
    }
}
