package dev.namaskar.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.namaskar.files.Json;
import dev.namaskar.files.Safetensors;
import dev.namaskar.params.RecordCodec;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrontEndTest {
    /** The published recipe for digits at 8 kHz. */
    private static final FrontEnd EIGHT = new FrontEnd(
            new Framing(8000, 25, 12.5, 0.97, Framing.Taper.HAMMING),
            new MelBands(20, 100, 4000),
            0,
            FrontEnd.Level.NONE);

    static List<Path> files() {
        return Golden.files("speech-.*[.]safetensors");
    }

    private static FrontEnd settings(Safetensors file) throws IOException {
        return new FrontEnd(
                new Framing(
                        (int) whole(file, "rate"),
                        number(file, "window"),
                        number(file, "hop"),
                        number(file, "emphasis"),
                        whole(file, "hann") == 1 ? Framing.Taper.HANN : Framing.Taper.HAMMING),
                new MelBands((int) whole(file, "bands"), number(file, "low"), number(file, "high")),
                (int) whole(file, "deltas"),
                whole(file, "level") == 1 ? FrontEnd.Level.BANDS : FrontEnd.Level.NONE);
    }

    private static long whole(Safetensors file, String name) throws IOException {
        return file.longs(file.tensor(name))[0];
    }

    private static double number(Safetensors file, String name) throws IOException {
        return file.doubles(file.tensor(name))[0];
    }

    private static Recording recording(double[] samples, int rate) {
        float[] floats = new float[samples.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) samples[i];
        }
        return new Recording(floats, rate);
    }

    @ParameterizedTest
    @MethodSource("files")
    void agreesWithNumpy(Path path) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            FrontEnd frontEnd = settings(file);
            double[] expected = file.doubles(file.tensor("features"));

            Features found = frontEnd.features(recording(
                    file.doubles(file.tensor("samples")), frontEnd.framing().rate()));

            assertThat(found.width()).isEqualTo(frontEnd.width());
            assertThat(found.values()).hasSize(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) found.values()[i]).as("value " + i).isCloseTo(expected[i], within(1e-4));
            }
        }
    }

    /** The recordings of the digits, where they are at hand, against their own recipe worked out by hand in double. */
    @Test
    void agreesOnRecordingsOfPeople() throws IOException {
        Path folder = Path.of(System.getProperty("shared.dir", "none"), "data", "tasks", "fsdd", "recordings");
        assumeTrue(folder.toFile().isDirectory(), "the recordings are not at hand");
        for (String name : List.of("0_george_0.wav", "7_jackson_12.wav", "9_lucas_49.wav", "3_nicolas_5.wav")) {
            Path file = folder.resolve(name);
            if (!file.toFile().exists()) {
                continue;
            }
            Recording recording = Recording.read(file);
            assertThat(recording.rate()).isEqualTo(8000);
            Features found = EIGHT.features(recording);
            Random random = new Random(name.hashCode());
            for (int probe = 0; probe < 20; probe++) {
                int t = random.nextInt(found.frames());
                int band = random.nextInt(20);
                assertThat((double) found.values()[t * 20 + band])
                        .isCloseTo(byHand(recording.samples(), t, band), within(1e-3));
            }
        }
    }

    /** A sum of sines and cosines, point by point, as the definition has it. */
    private static double byHand(float[] x, int t, int band) {
        double[] edge = new double[3];
        double low = 2595 * Math.log10(1 + 100 / 700.0);
        double high = 2595 * Math.log10(1 + 4000 / 700.0);
        for (int i = 0; i < 3; i++) {
            edge[i] = 700 * (Math.pow(10, (low + (high - low) * (band + i) / 21) / 2595) - 1) * 256 / 8000;
        }
        double sum = 0;
        for (int k = 0; k <= 128; k++) {
            double weight =
                    Math.max(0, Math.min((k - edge[0]) / (edge[1] - edge[0]), (edge[2] - k) / (edge[2] - edge[1])));
            double re = 0;
            double im = 0;
            for (int n = 0; n < 200 && t * 100 + n < x.length; n++) {
                int at = t * 100 + n;
                double value = at == 0 ? x[0] : x[at] - 0.97 * x[at - 1];
                value *= 0.54 - 0.46 * Math.cos(2 * Math.PI * n / 199);
                re += value * Math.cos(2 * Math.PI * k * n / 256);
                im -= value * Math.sin(2 * Math.PI * k * n / 256);
            }
            sum += weight * (re * re + im * im);
        }
        return Math.log(sum + 1e-6);
    }

    /** Half of the means: between nothing and all of them, slopes as they are; and however loud, the same. */
    @Test
    void halfOfTheMeansLiesBetweenNoneAndAllAtAnyLoudness() {
        Recording plain = noise(8000, 3);
        double power = 0;
        for (float sample : plain.samples()) {
            power += sample * sample / plain.samples().length;
        }
        float[] none = at(FrontEnd.Level.NONE)
                .features(times(plain, 0.05 / Math.sqrt(power)))
                .values();
        float[] bands = at(FrontEnd.Level.BANDS)
                .features(times(plain, 0.05 / Math.sqrt(power)))
                .values();
        for (double loud : new double[] {1e-3, 1, 20}) {
            float[] half = at(FrontEnd.Level.HALF).features(times(plain, loud)).values();
            for (int i = 0; i < half.length; i++) {
                assertThat((double) half[i]).isCloseTo((none[i] + bands[i]) / 2.0, within(1e-4));
            }
        }
        assertThat(none).isNotEqualTo(bands);
        assertThat(at(FrontEnd.Level.HALF).features(times(plain, 0)).values())
                .containsOnly((float) (Math.log(1e-6) / 2), 0f);
    }

    private static FrontEnd at(FrontEnd.Level level) {
        return new FrontEnd(EIGHT.framing(), EIGHT.bands(), 1, level);
    }

    private static Recording times(Recording recording, double loud) {
        float[] samples = recording.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= (float) loud;
        }
        return new Recording(samples, recording.rate());
    }

    @Test
    void aRecordingOfAHigherRateIsResampledAndOneOfALowerRefused() {
        Recording high = noise(32000, 1);
        assertThat(EIGHT.features(high).values())
                .isEqualTo(EIGHT.features(high.at(8000)).values());

        FrontEnd sixteen = FrontEnd.of(16000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sixteen.features(noise(8000, 1)))
                .withMessageContaining("at least 16000 samples a second")
                .withMessageContaining("found 8000");
        FrontEnd narrow = new FrontEnd(sixteen.framing(), new MelBands(20, 100, 4000), 0, FrontEnd.Level.NONE);
        assertThat(narrow.features(noise(8000, 1)).frames()).isPositive();
    }

    private static Recording noise(int rate, long seed) {
        Random random = new Random(seed);
        float[] samples = new float[rate / 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 0.1f * (float) random.nextGaussian();
        }
        return new Recording(samples, rate);
    }

    @Test
    void loudnessIsTakenOffWithTheLevel() {
        FrontEnd frontEnd = FrontEnd.of(8000);
        Recording plain = noise(8000, 3);
        float[] loud = plain.samples().clone();
        for (int i = 0; i < loud.length; i++) {
            loud[i] *= 4;
        }

        float[] one = frontEnd.features(plain).values();
        float[] other = frontEnd.features(new Recording(loud, 8000)).values();

        for (int i = 0; i < one.length; i++) {
            assertThat(other[i]).isCloseTo(one[i], within(0.02f));
        }
    }

    @Test
    void settingsAreStoredAsRecords() throws IOException {
        FrontEnd frontEnd = FrontEnd.of(16000);
        Object stored = Json.read("front end", Json.write(RecordCodec.PLAIN.write(frontEnd)));
        assertThat(RecordCodec.PLAIN.read("front end", FrontEnd.class, Json.object("front end", stored)))
                .isEqualTo(frontEnd);
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        Framing framing = EIGHT.framing();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrontEnd(framing, new MelBands(20, 100, 4001), 0, FrontEnd.Level.NONE))
                .withMessageContaining("half of 8000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrontEnd(framing, new MelBands(200, 100, 4000), 0, FrontEnd.Level.NONE))
                .withMessageContaining("fewer bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Framing(8000, 10, 20, 0, Framing.Taper.HANN))
                .withMessageContaining("hop");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Framing(8000, 25, 10, 1, Framing.Taper.HANN))
                .withMessageContaining("emphasis");
        assertThatIllegalArgumentException().isThrownBy(() -> new MelBands(20, 4000, 100));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrontEnd(framing, EIGHT.bands(), 3, FrontEnd.Level.NONE))
                .withMessageContaining("deltas");
    }

    @Test
    void variationsAreDrawnBySeedAndStayWithinTheirRanges() {
        Recording plain = noise(8000, 9);
        Augmentation usual = Augmentation.usual();
        assertThat(usual.vary(plain, new SplitMix64(4)).samples())
                .isEqualTo(usual.vary(plain, new SplitMix64(4)).samples())
                .isNotEqualTo(usual.vary(plain, new SplitMix64(5)).samples());
        assertThat(Augmentation.NONE.vary(plain, new SplitMix64(4)).samples()).isEqualTo(plain.samples());

        Augmentation speed = new Augmentation(0.25, 0, 0, 0, 0, 0);
        Augmentation shift = new Augmentation(0, 0, 0, 50, 0, 0);
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (long seed = 0; seed < 100; seed++) {
            int length = speed.vary(plain, new SplitMix64(seed)).samples().length;
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
            assertThat(shift.vary(plain, new SplitMix64(seed)).samples().length - plain.samples().length)
                    .isBetween(0, 800);
        }
        assertThat(shortest / (double) plain.samples().length).isBetween(0.79, 0.85);
        assertThat(longest / (double) plain.samples().length).isBetween(1.18, 1.26);
    }

    @Test
    void theLoudestNoiseIsAsFarBelowTheSoundAsItSays() {
        Recording plain = noise(8000, 10);
        double loudest = 0;
        double softest = 1;
        for (long seed = 0; seed < 60; seed++) {
            float[] noisy = new Augmentation(0, 0, -10, 0, 0, 0)
                    .vary(plain, new SplitMix64(seed))
                    .samples();
            double sound = 0;
            double added = 0;
            for (int i = 0; i < noisy.length; i++) {
                sound += plain.samples()[i] * plain.samples()[i];
                added += Math.pow(noisy[i] - plain.samples()[i], 2);
            }
            loudest = Math.max(loudest, added / sound);
            softest = Math.min(softest, added / sound);
        }
        assertThat(10 * Math.log10(loudest)).isBetween(-13.0, -9.5);
        assertThat(10 * Math.log10(softest)).isBetween(-35.5, -32.0);
    }

    @Test
    void stripesHideBandsWithTheirSlopesAndFrames() {
        int hidden = 0;
        for (long seed = 0; seed < 50; seed++) {
            float[] ones = new float[30 * 40];
            java.util.Arrays.fill(ones, 1);
            new Augmentation(0, 0, 0, 0, 0.2, 0.2).hide(new Features(ones, 40), 20, new SplitMix64(seed));
            int rows = 0;
            int columns = 0;
            for (int t = 0; t < 30; t++) {
                boolean all = true;
                for (int j = 0; j < 40; j++) {
                    all &= ones[t * 40 + j] != 1;
                    assertThat(ones[t * 40 + j]).isIn(1f, j < 20 ? Augmentation.LOUD : 0f);
                    assertThat(ones[t * 40 + j] == 1).isEqualTo(ones[t * 40 + (j + 20) % 40] == 1);
                }
                rows += all ? 1 : 0;
            }
            for (int j = 0; j < 20; j++) {
                boolean all = true;
                for (int t = 0; t < 30; t++) {
                    all &= ones[t * 40 + j] != 1;
                }
                columns += all ? 1 : 0;
            }
            assertThat(rows).isLessThanOrEqualTo(6);
            assertThat(columns).isLessThanOrEqualTo(8);
            hidden += rows * columns > 0 ? 1 : 0;
        }
        assertThat(hidden).isGreaterThan(20);
    }
}
