import dev.namaskar.speech.Recording;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import javax.sound.sampled.*;

/**
 * Joins spoken digits to strings of 3 to 5 by one speaker, with 50 to 300 ms of near silence around each, and lists them for
 * train transcribe: JoinedDigits RECORDINGS FOLDER [STRINGS [SPEAKER]]. Recordings are called DIGIT_SPEAKER_INDEX.wav, as in
 * the Free Spoken Digit Dataset. Index 0 to 4 tests, 5 to 9 validates, the rest is learnt; with SPEAKER, all of that speaker's
 * tests, and nothing of theirs is learnt.
 */
public class JoinedDigits {
    static final int RATE = 8000;

    record Spoken(String digit, String speaker, int index, float[] samples) {
        static Spoken read(Path file) {
            String[] name = file.getFileName().toString().split("[_.]");
            try {
                return new Spoken(
                        name[0],
                        name[1],
                        Integer.parseInt(name[2]),
                        Recording.read(file).at(RATE).samples());
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 2)
            throw new IllegalArgumentException("expected a folder of recordings and one to write into");
        int strings = args.length > 2 ? Integer.parseInt(args[2]) : 2500;
        String leftOut = args.length > 3 ? args[3] : "";
        List<Spoken> all;
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            all = files.filter(file -> file.toString().endsWith(".wav"))
                    .sorted()
                    .map(Spoken::read)
                    .toList();
        }
        Map<String, List<Spoken>> parts = all.stream()
                .collect(Collectors.groupingBy(one -> leftOut.isEmpty()
                        ? one.index < 5 ? "test" : one.index < 10 ? "dev" : "train"
                        : one.speaker.equals(leftOut) ? "test" : one.index < 10 ? "dev" : "train"));
        Random random = new Random(1);
        for (String part : List.of("train", "dev", "test"))
            write(
                    Path.of(args[1]),
                    part,
                    part.equals("train") ? strings : Math.min(strings, 500),
                    parts.get(part),
                    random);
    }

    static void write(Path folder, String part, int count, List<Spoken> from, Random random) throws Exception {
        Map<String, List<Spoken>> speakers =
                from.stream().collect(Collectors.groupingBy(Spoken::speaker, TreeMap::new, Collectors.toList()));
        Files.createDirectories(folder.resolve(part));
        List<String> lines = new ArrayList<>();
        double seconds = 0;
        for (int i = 0; i < count; i++) {
            List<Spoken> own = List.copyOf(speakers.values()).get(random.nextInt(speakers.size()));
            List<Spoken> drawn = random.ints(3 + random.nextInt(3), 0, own.size())
                    .mapToObj(own::get)
                    .toList();
            ByteBuffer sound = ByteBuffer.allocate(2 * RATE * 60).order(ByteOrder.LITTLE_ENDIAN);
            silence(sound, random);
            for (Spoken one : drawn) {
                for (float sample : one.samples) sound.putShort((short) Math.min(32767, Math.round(sample * 32768)));
                silence(sound, random);
            }
            seconds += sound.position() / 2.0 / RATE;
            String name = part + "/" + i + ".wav";
            ByteArrayInputStream bytes = new ByteArrayInputStream(sound.array(), 0, sound.position());
            AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
            AudioSystem.write(
                    new AudioInputStream(bytes, format, sound.position() / 2),
                    AudioFileFormat.Type.WAVE,
                    folder.resolve(name).toFile());
            lines.add(name + "\t" + drawn.stream().map(Spoken::digit).collect(Collectors.joining(" ")));
        }
        Files.write(folder.resolve(part + ".tsv"), lines);
        System.out.printf(Locale.ROOT, "%s: %d strings of %d recordings, %.0f s%n", part, count, from.size(), seconds);
    }

    static void silence(ByteBuffer sound, Random random) {
        for (int left = 400 + random.nextInt(2001); left > 0; left--)
            sound.putShort((short) Math.round(10 * random.nextGaussian()));
    }
}
