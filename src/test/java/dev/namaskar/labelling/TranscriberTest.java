package dev.namaskar.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.labelling.data.LabelSpan;
import dev.namaskar.labelling.data.LabelledText;
import dev.namaskar.labelling.data.Transcript;
import dev.namaskar.speech.Augmentation;
import dev.namaskar.speech.Recording;
import dev.namaskar.tasks.Prediction;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.SequenceErrors;
import dev.namaskar.tasks.TaskKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three tones as words: recordings that can be made by rule, and learned in seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TranscriberTest {
    private static final List<String> NAMES = List.of("low", "mid", "high");
    private static final int RATE = 8000;

    @TempDir
    private Path folder;

    private Transcriber heard = null;

    /** Tones of 80 to 200 ms with silences between; also where each begins, in seconds. */
    private static float[] tones(List<String> names, Random random, List<Double> begins) {
        float[] sound = new float[RATE * 2];
        int at = 400 + random.nextInt(800);
        for (String name : names) {
            begins.add(at / (double) RATE);
            double hertz = 300 * Math.pow(2.4, NAMES.indexOf(name)) * (0.95 + 0.1 * random.nextDouble());
            int end = at + 640 + random.nextInt(960);
            for (; at < end; at++) {
                sound[at] = (float) (0.3 * Math.sin(2 * Math.PI * hertz * at / RATE));
            }
            at += 500 + random.nextInt(1200);
        }
        float[] cut = java.util.Arrays.copyOf(sound, at);
        for (int i = 0; i < cut.length; i++) {
            cut[i] += 0.003f * (float) random.nextGaussian();
        }
        return cut;
    }

    private static void write(Path file, float[] sound) throws IOException {
        byte[] bytes = new byte[2 * sound.length];
        for (int i = 0; i < sound.length; i++) {
            int value = Math.round(32767 * Math.max(-1, Math.min(1, sound[i])));
            bytes[2 * i] = (byte) value;
            bytes[2 * i + 1] = (byte) (value >> 8);
        }
        AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(bytes), format, sound.length),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    private Path list(String name, int count, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder lines = new StringBuilder();
        Files.createDirectories(folder.resolve(name));
        for (int i = 0; i < count; i++) {
            List<String> names = new ArrayList<>();
            for (int n = 0; n < 1 + random.nextInt(3); n++) {
                names.add(NAMES.get(random.nextInt(3)));
            }
            String file = name + "/" + i + ".wav";
            write(folder.resolve(file), tones(names, random, new ArrayList<>()));
            lines.append(file).append('\t').append(String.join(" ", names)).append('\n');
        }
        Path list = folder.resolve(name + ".tsv");
        Files.writeString(list, lines);
        return list;
    }

    private static TranscriberTraining small() {
        return Transcriber.training().hidden(16).dropout(0).batch(8).threads(1).learningRate(1e-2);
    }

    private Transcriber heard() throws IOException {
        if (heard == null) {
            heard = small().hidden(24).variants(0).steps(500).on(list("train", 100, 1));
        }
        return heard;
    }

    @Test
    void recordingsAreTranscribedAndTheModelIsOneFile() throws IOException {
        Transcriber model = heard();
        Path test = list("test", 30, 2);

        SequenceErrors errors = model.evaluate(test);
        assertThat(errors.examples()).isEqualTo(30);
        assertThat(errors.symbolErrorRate()).isLessThan(0.05);
        assertThat(errors.figures())
                .containsKeys("sequence_error_rate", "symbol_error_rate", "nats_per_symbol", "examples");
        assertThat(model.labels()).containsExactly("high", "low", "mid");

        Path file = folder.resolve("m.safetensors");
        model.write(file);
        Transcriber again = Transcriber.read(file);
        assertThat(again.evaluate(test)).isEqualTo(errors);
        assertThat(TaskKind.read(file)).hasToString(model.toString());
        assertThat(model.toString()).contains("3 labels").contains("8000 Hz in 80 features");
    }

    @Test
    void eachLabelStandsWhereItsToneIs() throws IOException {
        List<Double> begins = new ArrayList<>();
        List<String> said = List.of("mid", "mid", "high");
        Recording recording = new Recording(tones(said, new Random(77), begins), RATE);

        for (Transcript found : List.of(heard().transcribe(recording), heard().align(recording, "mid mid high"))) {
            assertThat(found.text()).isEqualTo("mid mid high");
            for (int i = 0; i < 3; i++) {
                LabelSpan span = found.labels().get(i);
                assertThat(span.label()).isEqualTo(said.get(i));
                assertThat(span.seconds()).isEqualTo(0.01);
                assertThat(span.first() * 0.01).isBetween(begins.get(i) - 0.15, begins.get(i) + 0.25);
                assertThat(span.probability()).isBetween(0.0, 1.0);
            }
            assertThat(found.logProbability()).isLessThanOrEqualTo(1e-6);
        }
        assertThat(heard().align(recording, "low").logProbability())
                .as("what was not said")
                .isLessThan(heard().align(recording, "mid mid high").logProbability());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> heard().align(recording, "mid bass"))
                .withMessageContaining("found \"bass\"");
    }

    @Test
    void predictionsSayLabelsPlacesAndOtherReadings() throws IOException {
        list("said", 3, 5);
        List<String> files = List.of(
                folder.resolve("said/0.wav").toString(),
                folder.resolve("said/1.wav").toString());

        List<Prediction> best = heard().predict(files, new PredictionSettings(1, 6, 3));
        List<Prediction> greedy = heard().predict(files, new PredictionSettings(1, 1, 1));

        assertThat(best).hasSize(2);
        assertThat(best.get(0).line().lines()).hasSize(3);
        assertThat(best.get(0).line().lines().findFirst())
                .contains(greedy.get(0).line());
        assertThat(best.get(0).fields()).containsKeys("input", "prediction", "log_probability", "labels", "nbest");
        assertThat((List<?>) best.get(0).fields().get("nbest")).hasSize(3);
        assertThat(greedy.get(0).fields()).doesNotContainKey("nbest");
        Object first = ((List<?>) greedy.get(1).fields().get("labels")).get(0);
        assertThat(((Map<?, ?>) first).keySet().stream().map(String::valueOf))
                .containsExactly("label", "first", "end", "from_s", "to_s", "probability");
        List<Prediction> alone = heard().predict(files.subList(1, 2), new PredictionSettings(1, 6, 3));
        assertThat(alone.get(0)).as("company changes nothing").isEqualTo(best.get(1));
    }

    @Test
    void recordingsOfHigherRatesAreResampledAndOfLowerOnesRefused() throws IOException {
        Recording recording = new Recording(tones(List.of("low", "high"), new Random(8), new ArrayList<>()), RATE);

        assertThat(heard().transcribe(recording.at(22050)).text()).isEqualTo("low high");

        Path wide = list("wide", 22, 9);
        Transcriber sixteen = small().steps(3)
                .frontEnd(dev.namaskar.speech.FrontEnd.of(16000).withBands(20))
                .augmentation(Augmentation.NONE)
                .variants(0)
                .unit(dev.namaskar.symbols.Lexicon.Cut.WORD)
                .on(upsampled(wide));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sixteen.transcribe(recording))
                .withMessageContaining("at least 16000 samples a second")
                .withMessageContaining("found 8000");
        assertThatThrownBy(() -> sixteen.evaluate(wide))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found 8000");
    }

    /** The same list of recordings whose headers say twice their rate. */
    private Path upsampled(Path list) throws IOException {
        Path folderOf = folder.resolve("twice");
        Files.createDirectories(folderOf.resolve("wide"));
        for (int i = 0; i < 22; i++) {
            byte[] bytes = Files.readAllBytes(folder.resolve("wide/" + i + ".wav"));
            bytes[24] = (byte) (16000 & 0xff);
            bytes[25] = (byte) (16000 >> 8);
            bytes[28] = 0; // of 32000 = 0x7d00
            bytes[29] = (byte) (32000 >> 8);
            Files.write(folderOf.resolve("wide/" + i + ".wav"), bytes);
        }
        return Files.copy(list, folderOf.resolve("wide.tsv"));
    }

    @Test
    void classifiersHearToo() throws IOException {
        Path train = folder.resolve("single.tsv");
        StringBuilder lines = new StringBuilder();
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            String name = NAMES.get(i % 3);
            write(folder.resolve("single" + i + ".wav"), tones(List.of(name), random, new ArrayList<>()));
            lines.append("single").append(i).append(".wav\t").append(name).append('\n');
        }
        Files.writeString(train, lines);

        Classifier model = Classifier.training()
                .hidden(8)
                .variants(1)
                .batch(16)
                .steps(60)
                .learningRate(1e-2)
                .threads(1)
                .on(train);
        assertThat(model.evaluate(train).accuracy()).isGreaterThan(0.95);
        Path file = folder.resolve("c.safetensors");
        model.write(file);
        String wav = folder.resolve("single1.wav").toString();
        assertThat(Classifier.read(file)
                        .predict(List.of(wav), PredictionSettings.USUAL)
                        .get(0)
                        .line())
                .startsWith(wav + "\tmid");
        assertThat(model.classify(Recording.read(Path.of(wav)), 1).get(0).label())
                .isEqualTo("mid");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Classifier.training()
                        .variants(2)
                        .on(List.of(new LabelledText("a", "x"), new LabelledText("b", "y"))))
                .withMessageContaining("expected recordings")
                .withMessageContaining("found texts");
    }

    /** Letters to numbers of their place in the alphabet, those of q two: as spellings to sounds. */
    @Test
    void textsAreTranscribedWithRoomForMoreLabelsThanLetters() throws IOException {
        StringBuilder lines = new StringBuilder();
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            StringBuilder word = new StringBuilder();
            List<String> labels = new ArrayList<>();
            for (int n = 0; n < 1 + random.nextInt(6); n++) {
                int letter = random.nextInt(4);
                word.append("abcq".charAt(letter));
                labels.add(letter == 3 ? "3 9" : String.valueOf(letter));
            }
            lines.append(word).append('\t').append(String.join(" ", labels)).append('\n');
        }
        Path file = folder.resolve("letters.tsv");
        Files.writeString(file, lines);

        Transcriber model = small().embedding(8).repeat(3).steps(250).on(file);

        assertThat(model.transcribe("aaqb").text()).isEqualTo("0 0 3 9 1");
        assertThat(model.evaluate(file).sequenceErrorRate()).isLessThan(0.02);
        assertThat(model.predict(List.of("qc"), PredictionSettings.USUAL).get(0).line())
                .isEqualTo("3 9 2");
        Files.writeString(file, "ab\t0 1\nab\t7 7\nab\t0\n");
        assertThatThrownBy(() -> model.evaluate(file))
                .hasMessageContaining("line 2")
                .hasMessageContaining("\"7\"");
        Files.writeString(file, "ab\t0 1\nab\t0\nc\t2\n");
        SequenceErrors several = model.evaluate(file);
        assertThat(several.sources()).isEqualTo(2);
        assertThat(several.sequenceErrorRate()).as("right if it equals any").isZero();
    }

    @Test
    void theSameSeedGivesTheSameBits() throws IOException {
        Path file = list("bits", 25, 6);
        float[] one = small().variants(1).steps(6).on(file).stored().params().values();
        float[] same = small().variants(1).steps(6).on(file).stored().params().values();
        float[] other =
                small().variants(1).steps(6).seed(2).on(file).stored().params().values();

        assertThat(one).isEqualTo(same).isNotEqualTo(other);
    }

    @Test
    void errorsOfSequencesAreEditsToTheNearestRightAnswer() {
        assertThat(SequenceErrors.distance(
                        List.of("k", "i", "t", "t", "e", "n"), List.of("s", "i", "t", "t", "i", "n", "g")))
                .isEqualTo(3);
        assertThat(SequenceErrors.distance(List.of(), List.of(1, 2))).isEqualTo(2);
        SequenceErrors errors = SequenceErrors.NONE
                .and(List.of(1, 2), List.of(List.of(1, 2, 3, 4), List.of(1, 3)))
                .and(List.of(5), List.of(List.of(5)))
                .andNats(3, 2);
        assertThat(errors.symbolErrorRate()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(errors.sequenceErrorRate()).isEqualTo(0.5);
        assertThat(errors.natsPerSymbol()).isEqualTo(1.5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        none.wav;low           | line 1: | no such file
        a.txt.wav;low          | line 1: | begins with "not "
        short.wav;low;mid      | line 1 | second tab
        short.wav              | line 1 | no tab
        short.wav;             | line 1 | nothing behind the tab
        ok.wav;low\\nshort.wav;low low mid | line 2: | expected at least 4 steps for 3 labels
        ab;1 1 1 1 1           | line 1: | at least 9 steps for 5 labels
        """)
    void whatIsWrongIsSaidWithFileAndLine(String content, String place, String message) throws IOException {
        write(folder.resolve("ok.wav"), tones(List.of("low"), new Random(1), new ArrayList<>()));
        write(folder.resolve("short.wav"), new float[300]);
        Files.writeString(folder.resolve("a.txt.wav"), "not a wav file");
        Path file = folder.resolve("wrong.tsv");
        Files.writeString(file, content.replace("\\n", "\n").replace(';', '\t'));

        assertThatThrownBy(() -> small().steps(1).on(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(place)
                .hasMessageContaining(message);
    }

    @Test
    void modelsOfAnotherKindAreRefused() throws IOException {
        Path file = folder.resolve("other.safetensors");
        Classifier.training()
                .hidden(4)
                .steps(1)
                .threads(1)
                .on(List.of(new LabelledText("a", "x"), new LabelledText("b", "y")))
                .write(file);
        assertThatThrownBy(() -> Transcriber.read(file)).hasMessageContaining("expected a transcriber");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> heard().transcribe("a text"))
                .withMessageContaining("found texts");
    }
}
