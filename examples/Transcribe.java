import dev.namaskar.labelling.Transcriber;
import dev.namaskar.labelling.data.Transcript;
import dev.namaskar.speech.Recording;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Whistles three tones in any order into WAV files, and learns to write down which, and when, from the order alone. */
public class Transcribe {
    private static final List<String> TONES = List.of("low", "middle", "high");
    private static final int RATE = 8000;

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("tones");
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            List<String> tones = random.ints(1 + random.nextInt(4), 0, 3)
                    .mapToObj(TONES::get)
                    .toList();
            whistle(tones, random, folder.resolve(i + ".wav"));
            lines.add(i + ".wav\t" + String.join(" ", tones));
        }
        Path list = Files.write(folder.resolve("train.tsv"), lines);

        Transcriber model = Transcriber.training()
                .hidden(24)
                .batch(8)
                .steps(500)
                .variants(0)
                .threads(1)
                .learningRate(1e-2)
                .on(list);

        Path unheard = folder.resolve("unheard.wav");
        whistle(List.of("middle", "high", "high", "low"), random, unheard);
        Recording recording = Recording.read(unheard);
        Transcript transcript = model.transcribe(recording);
        System.out.println(transcript.text() + ": " + transcript);
        System.out.printf(
                "as it was whistled: ln p = %.2f%n",
                model.align(recording, "middle high high low").logProbability());
        System.out.printf(
                "with a tone more: ln p = %.2f%n",
                model.align(recording, "middle high high low low").logProbability());
    }

    private static void whistle(List<String> tones, Random random, Path file) throws Exception {
        byte[] sound = new byte[2 * RATE * 2];
        int at = 400 + random.nextInt(800);
        for (String tone : tones) {
            double hertz = 300 * Math.pow(2.2, TONES.indexOf(tone)) * (0.95 + 0.1 * random.nextDouble());
            for (int end = at + 700 + random.nextInt(1000); at < end; at++) {
                int value = (int) (9000 * Math.sin(2 * Math.PI * hertz * at / RATE) + 90 * random.nextGaussian());
                sound[2 * at] = (byte) value;
                sound[2 * at + 1] = (byte) (value >> 8);
            }
            at += 500 + random.nextInt(900);
        }
        AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
        AudioInputStream stream = new AudioInputStream(new ByteArrayInputStream(sound, 0, 2 * at), format, at);
        AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
    }
}
