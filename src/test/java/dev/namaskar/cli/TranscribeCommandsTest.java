package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.labelling.Transcriber;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training, asking and measuring transcribers from the command line, on recordings of noise that need not be understood. */
class TranscribeCommandsTest {
    @TempDir
    static Path dir;

    private static Path list;
    private static Path model;

    private static void noise(Path file, int samples, long seed) throws IOException {
        byte[] bytes = new byte[2 * samples];
        new Random(seed).nextBytes(bytes);
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(bytes), new AudioFormat(8000, 16, 1, true, false), samples),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    @BeforeAll
    static void train() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            noise(dir.resolve(i + ".wav"), 2000 + 100 * i, i);
            lines.append(i).append(".wav\t").append(i % 2 == 0 ? "a b" : "b").append('\n');
        }
        list = Files.writeString(dir.resolve("list.tsv"), lines);
        model = dir.resolve("m");
        training(model, "--steps", 6, "--log", dir.resolve("log")).good();
    }

    private static Ran training(Path out, Object... more) {
        return Ran.of(
                java.util.List.of(
                        "train",
                        "transcribe",
                        list,
                        "--out",
                        out,
                        "--hidden",
                        6,
                        "--batch",
                        8,
                        "--threads",
                        1,
                        "--variants",
                        1,
                        "--bands",
                        12,
                        "--hop",
                        15,
                        "--checkpoint-every",
                        2),
                more);
    }

    @Test
    void theLogTellsTheShareOfBlanksAndARunGoesOnToTheSameBytes() throws IOException {
        assertThat(Files.readAllLines(dir.resolve("log")).get(0)).containsPattern("\"blank_share\":[01][.]\\d+");

        Path stopped = dir.resolve("stopped");
        training(stopped, "--steps", 2).good();
        Path whole = dir.resolve("whole");
        training(whole, "--steps", 6).good();
        assertThat(whole).hasSameBinaryContentAs(model);
        Path java = dir.resolve("java");
        Transcriber.training()
                .hidden(6)
                .batch(8)
                .threads(1)
                .variants(1)
                .bands(12)
                .hop(15.0)
                .steps(6)
                .on(list)
                .write(java);
        assertThat(java).hasSameBinaryContentAs(model);
    }

    @Test
    void predictsAndEvaluatesWithTheKeysThatScriptsKnow() throws IOException {
        String wav = dir.resolve("3.wav").toString();
        assertThat(Ran.of("predict", wav, "--model", model, "--nbest", 2, "--beam", 4, "--json")
                        .good()
                        .json())
                .containsEntry("input", wav)
                .containsKeys("prediction", "log_probability", "labels", "nbest");
        assertThat(Ran.of("evaluate", "transcribe", list, "--model", model, "--json")
                        .good()
                        .json())
                .containsKeys("sequence_error_rate", "symbol_error_rate", "nats_per_symbol")
                .containsEntry("examples", 24L);
    }

    @Test
    void saysWhatIsWrongInOneLineAndLeavesNothing() throws IOException {
        Path out = dir.resolve("never");
        noise(dir.resolve("brief.wav"), 300, 1);
        Path wrong = Files.writeString(dir.resolve("wrong.tsv"), "1.wav\ta\nbrief.wav\ta a a\n");
        Ran.of("train", "transcribe", wrong, "--out", out)
                .failed("wrong.tsv", "line 2", "at least 5 steps for 3 labels");
        Path absent = Files.writeString(dir.resolve("absent.tsv"), "1.wav\ta\nnone.wav\ta\n");
        Ran.of("train", "transcribe", absent, "--out", out).failed("absent.tsv", "line 2", "none.wav");
        Path texts = Files.writeString(dir.resolve("texts.tsv"), "ab\ta b\n");
        Ran.of("train", "transcribe", texts, "--out", out, "--variants", 2)
                .failed("expected recordings", "found texts");
        Path unknown = Files.writeString(dir.resolve("unknown.tsv"), "1.wav\tz\n");
        Ran.of("evaluate", "transcribe", unknown, "--model", model).failed("unknown.tsv", "line 1", "\"z\"");
        Ran.of("predict", dir.resolve("list.tsv"), "--model", model).failed("list.tsv", "RIFF");
        Ran.of("predict", dir.resolve("1.wav"), "--model", model, "--top", 2).wrongUsage("--top");
        Ran.of("evaluate", "classify", list, "--model", model).failed("evaluate transcribe");
        assertThat(out).doesNotExist();
    }
}
