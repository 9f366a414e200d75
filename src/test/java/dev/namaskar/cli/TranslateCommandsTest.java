package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import dev.namaskar.translation.TranslationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training, asking, measuring and exporting models that translate and describe, from the command line. */
class TranslateCommandsTest {
    @TempDir
    static Path dir;

    private static Path pairs;
    private static Path model;
    private static Map<String, @Nullable Object> trained = Map.of();
    private static final List<Object> SMALL =
            List.of("--hidden", 24, "--embedding", 8, "--dropout", 0, "--batch", 32, "--lr", 0.01, "--threads", 1);

    private static Ran train(String task, Path file, Path out, Object... more) {
        List<Object> line = new ArrayList<>(List.of("train", task, file, "--out", out));
        line.addAll(SMALL);
        return Ran.of(line, more);
    }

    @BeforeAll
    static void train() throws IOException {
        pairs = dir.resolve("pairs.tsv");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            lines.add(i + "\t" + String.join(" ", Integer.toString(i).split("")));
        }
        Files.write(pairs, lines);
        model = dir.resolve("m");
        trained = train("translate", pairs, model, "--layers", 1, "--steps", 200, "--json")
                .good()
                .json();
    }

    @Test
    void commandAndJavaMakeTheSameBits() throws IOException {
        Path same = dir.resolve("java");
        TranslationModel.training()
                .layers(l -> l.withLayers(1).withHidden(24).withDropout(0))
                .embedding(8)
                .batch(32)
                .learningRate(0.01)
                .threads(1)
                .steps(200)
                .on(pairs)
                .write(same);
        assertThat(same).hasSameBinaryContentAs(model);
        assertThat(trained)
                .containsEntry("cell", "lstm")
                .containsEntry("smoothing", 0.1)
                .containsEntry("attention", "general")
                .containsKeys("train_nats", "val_nats", "ms_per_step", "model");
    }

    @Test
    void predictsAndEvaluates() throws IOException {
        Ran ran = Ran.of("predict", "217", "--model", model, "--nbest", 2, "--beam", 4, "--json")
                .good();
        Map<String, @Nullable Object> first = ran.json();
        assertThat(first).containsEntry("input", "217").containsEntry("text", "2 1 7");
        assertThat(first).containsKeys("probability", "log_probability", "symbols", "symbol_log_probabilities");
        assertThat((List<?>) first.get("translations")).hasSize(2);
        assertThat(Ran.of("predict", "217", "--model", model).good().out().strip())
                .isEqualTo("217\t2 1 7");

        Map<String, @Nullable Object> figures = Ran.of("evaluate", "translate", pairs, "--model", model, "--json")
                .good()
                .json();
        assertThat(figures)
                .containsKeys("sequence_error_rate", "symbol_error_rate", "nats_per_symbol")
                .containsEntry("examples", 300L);
        assertThat((Double) figures.get("sequence_error_rate")).isLessThan(0.2);
        Ran.of("evaluate", "describe", pairs, "--model", model)
                .failed("this is a translation model", "evaluate translate");
        Ran.of("predict", "1", "--model", model, "--top", 2).wrongUsage("--top: has no effect for a translation model");
        assertThat(Ran.of("inspect", model).good().out())
                .startsWith("translation model, ")
                .contains("encoder: tokens", "decoder: tokens");
    }

    @Test
    void severalNetworksAreOneModel() throws IOException {
        Path two = dir.resolve("two");
        assertThat(train("translate", pairs, two, "--layers", 1, "--steps", 40, "--ensemble", 2, "--json")
                        .good()
                        .json())
                .containsEntry("ensemble", 2L);
        TranslationModel model = TranslationModel.read(two);
        String best = model.translate("217", 1).get(0).text();
        assertThat(Ran.of("predict", "217", "--model", two).good().out().strip())
                .isEqualTo("217\t" + best);
        Ran.of("export", "onnx", two, "--part", "encoder", "--out", dir.resolve("two.onnx"))
                .failed("is an ensemble of 2 networks", "--member 1 to 2");
        Ran.of("export", "onnx", two, "--part", "encoder", "--member", 2, "--out", dir.resolve("two.onnx"))
                .good();
        assertThat(Ran.of("inspect", two).good().out()).contains("in each of 2 networks");
    }

    @Test
    void drawsWhatIsAttendedTo() throws IOException {
        Path picture = dir.resolve("a.png");
        Ran.of("predict", "217", "--model", model, "--plot", picture, "--theme", "dark")
                .good();
        assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
        Ran.of("predict", "1", "2", "--model", model, "--plot", picture).wrongUsage("--plot: expected one input");
        Ran.of("predict", "1", "--model", model, "--plot", "a.gif").wrongUsage("--plot", "png");
        Ran.of("predict", "1", "--model", model, "--theme", "dark").wrongUsage("--theme: has no effect without --plot");
    }

    @Test
    void exportsBothParts() throws IOException {
        Path encoder = dir.resolve("encoder.onnx");
        Ran.of("export", "onnx", model, "--part", "encoder", "--out", encoder).good();
        Ran.of("export", "onnx", model, "--part", "decoder", "--out", dir.resolve("decoder.onnx"))
                .good();
        assertThat(Files.size(encoder)).isPositive();
        Ran.of("export", "onnx", model, "--out", dir.resolve("whole.onnx"))
                .failed("--part: expected encoder or decoder for a model of both");
        Ran.of("export", "onnx", model, "--part", "bridge", "--out", dir.resolve("whole.onnx"))
                .wrongUsage("--part: expected a part encoder or decoder, found bridge");
        assertThat(dir.resolve("whole.onnx")).doesNotExist();
        Path state = dir.resolve("state.safetensors");
        Ran.of("export", "pytorch", model, "--out", state).good();
        assertThat(Files.readString(state, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("decoder.attention0.key.weight", "bridge.head.bias", "encoder.rnn.weight_hh_l0_reverse");
    }

    @Test
    void aRunThatGoesOnEndsWithTheBytesOfOneNeverStopped() throws IOException {
        Path half = dir.resolve("half");
        Object[] asked = {"--layers", 1, "--steps", 20, "--checkpoint-every", 8};
        train("translate", pairs, half, asked).good();
        byte[] whole = Files.readAllBytes(half);
        Files.delete(half);
        train("translate", pairs, half, "--layers", 1, "--steps", 20, "--checkpoint-every", 8, "--resume")
                .good();
        assertThat(Files.readAllBytes(half)).isEqualTo(whole);
        train(
                        "translate",
                        pairs,
                        half,
                        "--layers",
                        1,
                        "--steps",
                        20,
                        "--checkpoint-every",
                        8,
                        "--resume",
                        "--smoothing",
                        0)
                .failed("smoothing 0.0, the checkpoint has 0.1", "resume with");
    }

    @Test
    void describesFromTheCommandLine() throws IOException {
        Path file = dir.resolve("colours.csv");
        List<String> rows = new ArrayList<>(List.of("name,hex"));
        for (int i = 0; i < 60; i++) {
            rows.add("red,#f000" + (10 + i % 80) + "\nblue,#0010f" + i % 10);
        }
        Files.write(file, rows);
        Path colours = dir.resolve("colours");
        train("describe", file, colours, "--text", "name", "--columns", "hex", "--steps", 60)
                .good();
        assertThat(Ran.of("predict", "#0010f3", "--model", colours).good().out().strip())
                .isEqualTo("#0010f3\tblue");
        assertThat(Ran.of("evaluate", "describe", file, "--model", colours, "--json")
                        .good()
                        .json())
                .containsEntry("sequence_error_rate", 0.0);
        Ran.of("predict", "blue", "--model", colours).failed("expected a finite number or a colour", "\"blue\"");
        Ran.of("predict", "#0010f3", "--model", colours, "--plot", dir.resolve("b.png"))
                .wrongUsage("--plot: expected none for a description model");
        train("describe", file, dir.resolve("none"), "--text", "title")
                .failed("colours.csv: expected a column \"title\"");
    }

    @Test
    void saysWhatItCannotDo() throws IOException {
        Path none = dir.resolve("none");
        Path bad = Files.writeString(dir.resolve("bad.tsv"), "a\tb\nc d\n");
        train("translate", bad, none).failed("bad.tsv, line 2: expected a source, one tab and a target, found no tab");
        train("translate", pairs, none, "--longest", 2)
                .failed("line 101: expected a target of at most 2 symbols (--longest), found one of 3");
        train("translate", pairs, none, "--source-unit", "byte").wrongUsage("--source-unit: expected a unit codepoint");
        train("translate", pairs, none, "--attention", "cosine")
                .wrongUsage("--attention: expected general, dot or additive, found cosine");
        train("translate", pairs, none, "--smoothing", 1).wrongUsage("--smoothing: expected 0 <= number < 1, found 1");
        assertThat(none).doesNotExist();
    }

    @Test
    void searchesTheLikeliestText() throws IOException {
        Path text = dir.resolve("text");
        Ran.of("train", "text", "corpora/greetings.txt", "--out", text, "--steps", 30, "--hidden", 16, "--threads", 1)
                .good();
        Ran ran = Ran.of("generate", "--model", text, "--prime", "nam", "--length", 5, "--beam", 4, "--json")
                .good();
        assertThat(ran.json())
                .containsEntry("prime", "nam")
                .containsEntry("chars", 5L)
                .containsKey("log_probability");
        double four = (Double) ran.json().get("log_probability");
        double one =
                (Double) Ran.of("generate", "--model", text, "--prime", "nam", "--length", 5, "--beam", 1, "--json")
                        .good()
                        .json()
                        .get("log_probability");
        assertThat(four).isGreaterThanOrEqualTo(one);
        Ran.of("generate", "--model", text, "--prime", "nam", "--beam", 4, "--top-k", 3)
                .wrongUsage("--top-k: has no effect with --beam");
        Ran.of("generate", "--model", text, "--prime", "nam", "--beam", 0)
                .wrongUsage("--beam: expected a whole number >= 1");
    }

    @Test
    void gradientsOfAnEncoderAndADecoderAreChecked() throws IOException {
        Map<String, @Nullable Object> found = Ran.of(
                        "check",
                        "gradients",
                        "--cell",
                        "gru",
                        "--attention",
                        "additive",
                        "--hidden",
                        3,
                        "--layers",
                        1,
                        "--embedding",
                        2,
                        "--entries",
                        10,
                        "--library",
                        "java",
                        "--json")
                .good()
                .json();
        assertThat(found).containsEntry("passed", true);
        assertThat((Double) found.get("worst")).isLessThan(1e-3);
        assertThat(Json.write(found)).contains("decoder.attention0.score.weight", "bridge.head.weight");
        Ran.of("check", "gradients", "--attention", "x").wrongUsage("attention", "expected general, dot or additive");
    }
}
