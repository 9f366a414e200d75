package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.tasks.TaskKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training, asking and measuring classifiers and taggers from the command line. */
class LabelCommandsTest {
    private static final Path NUMBERS = Path.of("corpora", "numbers.tsv");

    @TempDir
    static Path dir;

    private static Path model;
    private static Map<String, @Nullable Object> trained = Map.of();

    @BeforeAll
    static void train() throws IOException {
        model = dir.resolve("m");
        trained = Ran.of(
                        "train",
                        "classify",
                        NUMBERS,
                        "--out",
                        model,
                        "--hidden",
                        16,
                        "--steps",
                        60,
                        "--threads",
                        1,
                        "--log",
                        dir.resolve("log"),
                        "--json")
                .good()
                .json();
    }

    @Test
    void commandAndJavaMakeTheSameBits() throws IOException {
        Classifier same = Classifier.training().hidden(16).steps(60).threads(1).on(NUMBERS);
        Path written = dir.resolve("java");
        same.write(written);

        assertThat(written).hasSameBinaryContentAs(model);
        assertThat(trained)
                .containsEntry("cell", "gru")
                .containsEntry("hidden", 16L)
                .containsEntry("steps", 60L)
                .containsKeys("train_nats", "val_nats", "ms_per_step", "seconds", "model");
        assertThat(Files.readString(dir.resolve("log"))).contains("\"validation_loss\"");
    }

    @Test
    void predictsArgumentsLinesAndStandardInput() throws IOException {
        Ran ran = Ran.of("predict", "sechsundsiebzig", "settantasei", "--model", model, "--top", 2, "--json")
                .good();
        List<String> lines = ran.out().lines().toList();
        assertThat(lines).hasSize(2);
        Map<String, @Nullable Object> first = Json.readObject("line", lines.get(0));
        assertThat(first).containsEntry("input", "sechsundsiebzig").containsEntry("label", "German");
        assertThat((List<?>) first.get("labels")).hasSize(2);

        Path file = Files.writeString(dir.resolve("lines"), "sechsundsiebzig\nsettantasei\n");
        assertThat(Ran.of("predict", "--lines", file, "--model", model, "--top", 2, "--json")
                        .good()
                        .out())
                .isEqualTo(ran.out());
        assertThat(Ran.of("predict", "settantasei", "--model", model).good().out())
                .startsWith("settantasei\tItalian 0.");
    }

    @Test
    void evaluatesWithTheKeysThatScriptsKnow() throws IOException {
        Map<String, @Nullable Object> figures = Ran.of("evaluate", "classify", NUMBERS, "--model", model, "--json")
                .good()
                .json();

        assertThat(figures).containsKeys("accuracy", "macro_f1", "nats", "examples", "confusion", "labels");
        assertThat(figures).containsEntry("examples", 495L);
        assertThat((Double) figures.get("accuracy")).isGreaterThan(0.6);
        Path picture = dir.resolve("confusion.png");
        Ran.of("evaluate", "classify", NUMBERS, "--model", model, "--plot", picture, "--theme", "dark")
                .good();
        assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
        Ran.of("evaluate", "classify", NUMBERS, "--model", model, "--theme", "dark")
                .wrongUsage("--theme: has no effect without --plot");
        Ran.of("evaluate", "tag", NUMBERS, "--model", model).failed("this is a classifier", "evaluate classify");
    }

    @Test
    void inspectKnowsThem() throws IOException {
        assertThat(Ran.of("inspect", model).good().out())
                .startsWith("classifier, ")
                .contains("both ends -> dense 5", "symbols: ");
        assertThat(Ran.of("inspect", model, "--json").good().json()).containsEntry("kind", "classifier");
    }

    @Test
    void aRunThatGoesOnEndsWithTheBytesOfOneNeverStopped() throws IOException {
        Path half = dir.resolve("half");
        List<Object> line = List.of(
                "train", "classify", NUMBERS, "--out", half, "--hidden", 16, "--threads", 1, "--checkpoint-every", 20);
        Ran.of(line, "--steps", 60).good();
        byte[] whole = Files.readAllBytes(half);
        Files.delete(half);
        Ran.of(line, "--steps", 60, "--resume").good();
        assertThat(Files.readAllBytes(half)).isEqualTo(whole);

        Ran.of(line, "--steps", 60, "--resume", "--balance", 1)
                .failed("balance 1.0, the checkpoint has 0.0", "resume with");
        Path other = Files.writeString(dir.resolve("other.tsv"), Files.readString(NUMBERS) + "zwo\tGerman\n");
        Ran.of(
                        "train",
                        "classify",
                        other,
                        "--out",
                        half,
                        "--hidden",
                        16,
                        "--threads",
                        1,
                        "--checkpoint-every",
                        20,
                        "--steps",
                        60,
                        "--resume")
                .failed("this run reads another data than the checkpoint's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classify", "tag", "transcribe", "translate"})
    void namesAFileItCannotUseOnce(String task) throws IOException {
        Path out = dir.resolve("none");
        Path absent = dir.resolve("absent.tsv");
        Ran.of("train", task, absent, "--out", out)
                .failed("error: " + absent + " does not exist; expected a text file");
        Ran.of("train", task, dir, "--out", out).failed("error: " + dir + ": expected a text file, found a folder");
        Path latin = Files.write(dir.resolve("latin.tsv"), "caf\u00e9\tF F F F\n".getBytes(ISO_8859_1));
        Ran.of("train", task, latin, "--out", out)
                .failed("error: " + latin + ": malformed UTF-8", "--encoding windows-1252 reads it so");
        assertThat(out).doesNotExist();
    }

    @Test
    void saysWhatItCannotDo() throws IOException {
        Path away = dir.resolve("away.csv");
        Ran.of("train", "classify", away, "--out", dir.resolve("none"), "--group", "g", "--label", "l")
                .failed("error: " + away + " does not exist");
        Path bad = Files.writeString(dir.resolve("bad.tsv"), "eins\tGerman\nzwei German\n");
        Ran.of("train", "classify", bad, "--out", dir.resolve("none"))
                .failed("bad.tsv, line 2: expected a text, one tab and a label, found no tab");
        assertThat(dir.resolve("none")).doesNotExist();
        Path unknown = Files.writeString(dir.resolve("unknown.tsv"), "eins\tGerman\nichi\tJapanese\n");
        Ran.of("evaluate", "classify", unknown, "--model", model)
                .failed("unknown.tsv: line 2: expected labels that the model knows", "\"Japanese\"");
        Path strange = Files.writeString(dir.resolve("strange.tsv"), "ichi\tJapanese\n");
        Ran.of("train", "classify", NUMBERS, "--validation", strange, "--out", dir.resolve("none"))
                .failed("expected examples to validate on with labels that are learned, found [Japanese] in all");
        assertThat(Ran.of(
                                "train",
                                "classify",
                                NUMBERS,
                                "--validation",
                                unknown,
                                "--out",
                                dir.resolve("some"),
                                "--hidden",
                                4,
                                "--steps",
                                2)
                        .good()
                        .err())
                .contains("left out of validation are 1 of 2 examples", "Japanese");
        Ran.of("predict", "--model", model).wrongUsage("INPUT: expected inputs");
        Ran.of("predict", "eins", "--beam", 3, "--model", model).wrongUsage("--beam: has no effect for a classifier");
        Ran.of("predict", "eins", "--top", 0, "--model", model).wrongUsage("--top: expected a whole number >= 1");
        Ran.of("train", "classify", NUMBERS, "--out", dir.resolve("none"), "--balance", 2)
                .wrongUsage("--balance: expected 0 <= number <= 1, found 2");
        Ran.of("train", "classify", NUMBERS, "--out", dir.resolve("none"), "--label", "x")
                .wrongUsage("--label: has no effect without --group");
    }

    @Test
    void tagsFromTheCommandLine() throws IOException {
        Path file = Files.writeString(dir.resolve("tags.tsv"), "go\tV\nhome\tN\n\nsee\tV\nme\tP\n\n".repeat(30));
        Path tagger = dir.resolve("tagger");
        Ran.of(
                        "train",
                        "tag",
                        file,
                        "--out",
                        tagger,
                        "--hidden",
                        16,
                        "--steps",
                        60,
                        "--lr",
                        0.02,
                        "--threads",
                        1,
                        "--val-fraction",
                        0)
                .good();

        assertThat(Ran.of("predict", "see home", "--model", tagger).good().out().strip())
                .isEqualTo("see/V home/N");
        assertThat(Ran.of("evaluate", "tag", file, "--model", tagger, "--json")
                        .good()
                        .json())
                .containsKeys("accuracy", "macro_f1")
                .containsEntry("tokens", 120L)
                .containsEntry("sequences", 60L);
        assertThat(TaskKind.ALL.all()).extracting(TaskKind::name).contains("classify", "tag");
    }
}
