package dev.namaskar.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
    @TempDir
    private Path folder;

    private Path write(byte[] content) throws IOException {
        Path file = folder.resolve("a.wav");
        Files.write(file, content);
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8000, 8",
        "1, 8000, 16",
        "1, 11025, 24",
        "1, 48000, 32",
        "2, 44100, 16",
        "2, 8000, 8",
        "5, 16000, 24",
        "3, 22050, 32"
    })
    void readsEveryWidthAndMixesChannelsDown(int channels, int rate, int bits) throws IOException {
        WavBytes form = WavBytes.pcm(channels, rate, bits);
        Random random = new Random(bits + channels);
        double[] values = random.doubles(9001L * channels, -1, 1).toArray();
        values[0] = -1;

        Recording found =
                Recording.read(write(form.file(form.data(values), (long) values.length * bits / 8, bits == 16)));

        assertThat(found.rate()).isEqualTo(rate);
        assertThat(found.samples()).hasSize(9001);
        assertThat(found.seconds()).isCloseTo(9001.0 / rate, within(1e-9));
        for (int i = 0; i < 9001; i++) {
            double mean = Arrays.stream(values, i * channels, (i + 1) * channels)
                    .average()
                    .orElseThrow();
            assertThat((double) found.samples()[i]).isCloseTo(mean, within(1.01 / (1L << (bits - 1)) + 1e-7));
        }
    }

    @Test
    void readsFloatingPointAndMuLaw() throws IOException {
        WavBytes floating = new WavBytes(WavBytes.FLOATING, 1, 16000, 32);
        assertThat(Recording.read(write(floating.file(floating.data(0.25, -0.5, 1))))
                        .samples())
                .containsExactly(0.25f, -0.5f, 1f);

        // G.711: all bits set is 0, 0x80 the greatest, 32124 of 32768
        WavBytes muLaw = new WavBytes(WavBytes.MU_LAW, 1, 8000, 8);
        float[] heard = Recording.read(write(muLaw.file(new byte[] {(byte) 0xff, (byte) 0x80, 0})))
                .samples();
        assertThat(heard).containsExactly(0, 32124 / 32768f, -32124 / 32768f);
    }

    /** Programs that write into a pipe do not know the length beforehand. */
    @Test
    void takesAllThereIsWhereTheHeaderDoesNotKnowItsLength() throws IOException {
        WavBytes form = WavBytes.pcm(1, 8000, 16);
        byte[] data = form.data(new Random(1).doubles(777, -1, 1).toArray());

        assertThat(Recording.read(write(form.file(data, 0xffffffffL, false))).samples())
                .hasSize(777);
        assertThat(Recording.read(write(form.file(data, 0x7fffffffL, false))).samples())
                .hasSize(777);
    }

    @Test
    void refusesWhatIsNoSoundAndSaysWhy() throws IOException {
        WavBytes form = WavBytes.pcm(1, 8000, 16);
        byte[] data = form.data(new double[100]);
        refused(new byte[0], "found an empty file");
        refused("not a wav at all".getBytes(java.nio.charset.StandardCharsets.UTF_8), "begins with \"not \"");
        refused(Arrays.copyOf(form.file(data), 20), "cannot be read");
        refused(Arrays.copyOf(form.file(data), 44 + 60), "expected 100 samples", "found 30", "cut short");
        refused(form.file(new byte[0]), "at least one sample");
        refused(WavBytes.pcm(1, 4000, 16).file(data), "expected 8000 to 192000 samples a second, found 4000");
        refused(WavBytes.pcm(1, 400000, 16).file(data), "found 400000");
        refused(new WavBytes(85, 1, 8000, 16).file(data), "cannot be read");
        WavBytes floating = new WavBytes(WavBytes.FLOATING, 1, 16000, 32);
        refused(floating.file(floating.data(0.5, Double.NaN)), "a sample is NaN");
        refused(floating.file(floating.data(0.5, 16384)), "a sample is 16384.0, where 1 is the loudest");
        assertThat(Recording.read(write(floating.file(floating.data(0.5, 1.5)))).samples())
                .containsExactly(0.5f, 1.5f);
        assertThatThrownBy(() -> Recording.read(folder.resolve("none.wav"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> Recording.read(folder)).hasMessageContaining("found a folder");
    }

    private void refused(byte[] content, String... saying) throws IOException {
        Path file = write(content);
        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(saying);
    }

    /** Whatever stands in a file, it is read or refused as an IOException. */
    @Test
    void anyDamageIsRefusedOrHeard() throws IOException {
        Random random = new Random(5);
        WavBytes form = WavBytes.pcm(2, 16000, 24);
        byte[] sound = form.file(form.data(random.doubles(60, -1, 1).toArray()));
        int refused = 0;
        for (int trial = 0; trial < 1000; trial++) {
            byte[] damaged = Arrays.copyOf(sound, random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length);
            for (int i = 0; i < 1 + random.nextInt(3) && damaged.length > 0; i++) {
                damaged[random.nextInt(Math.min(48, damaged.length))] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Recording.read(write(damaged)).samples()).isNotEmpty();
            } catch (IOException expected) {
                refused++;
                assertThat(expected.getMessage()).contains("a.wav");
            }
        }
        assertThat(refused).isGreaterThan(150);
    }

    private static Recording tone(double hertz, int rate, int samples) {
        float[] wave = new float[samples];
        for (int n = 0; n < samples; n++) {
            wave[n] = (float) Math.sin(2 * Math.PI * hertz * n / rate);
        }
        return new Recording(wave, rate);
    }

    @ParameterizedTest
    @CsvSource({"44100, 8000", "48000, 16000", "8000, 16000", "16000, 11025", "22050, 8000", "8000, 44100"})
    void atAnotherRateATonesSamplesAreThoseOfTheToneAtThatRate(int from, int to) {
        for (double hertz : new double[] {100, 1000, 0.42 * Math.min(from, to)}) {
            Recording there = tone(hertz, from, from / 2).at(to);
            Recording exact = tone(hertz, to, to / 2);

            assertThat(there.rate()).isEqualTo(to);
            assertThat(there.samples().length).isBetween(to / 2 - 1, to / 2);
            for (int n = to / 20; n < to / 2 - to / 20; n++) {
                assertThat(there.samples()[n]).isCloseTo(exact.samples()[n], within(2e-3f));
            }
        }
    }

    @Test
    void whatTheNewRateCannotHoldIsGoneInsteadOfFoldedBack() {
        Recording there = tone(5000, 16000, 8000).at(8000);

        for (int n = 400; n < 3600; n++) {
            assertThat(there.samples()[n]).isCloseTo(0, within(1e-3f));
        }
        assertThat(tone(440, 8000, 100).at(8000).samples())
                .isEqualTo(tone(440, 8000, 100).samples());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tone(440, 8000, 100).at(100));
    }

    @Test
    void theShortestSoundsHaveOtherRatesToo() {
        assertThat(new Recording(new float[] {1}, 48000).at(8000).samples()).hasSize(1);
        assertThat(new Recording(new float[] {1, 1}, 8000).at(48000).samples()).hasSize(12);
        assertThatIllegalArgumentException().isThrownBy(() -> new Recording(new float[0], 8000));
    }
}
