package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.Json;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Safetensors;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportExportCommandsTest {
    @TempDir
    Path folder;

    private String vocabulary = "";
    private Path model = Path.of("");

    @BeforeEach
    void vocabularyOfSeven() throws IOException {
        Path file = folder.resolve("vocab.json");
        Files.writeString(file, "[\"a\", \"b\", \"न\", \"🙂\", \" \", \"\\n\", \"\\\"\"]");
        vocabulary = file.toString();
        model = folder.resolve("m.safetensors");
    }

    @Test
    void aPyTorchModelComesInAndGoesOutAgain() throws Exception {
        String state = peer("pytorch/lstm-1.safetensors");
        Ran imported = Ran.of("import", "pytorch", state, "--cell", "lstm", "--vocabulary", vocabulary, "--out", m())
                .good();
        assertThat(TextModelFile.read(model).vocabulary().size()).isEqualTo(7);
        assertThat(imported.err()).isEmpty();
        String exported = folder.resolve("state.safetensors").toString();
        Ran.of("export", "pytorch", m(), "--out", exported).good();
        try (Safetensors before = Safetensors.open(Path.of(state));
                Safetensors after = Safetensors.open(Path.of(exported))) {
            for (String name : before.tensors().keySet()) {
                assertThat(after.floats(after.tensor(name))).isEqualTo(before.floats(before.tensor(name)));
            }
        }
        // The vocabulary went along, so the way back needs none.
        Ran.of("import", "pytorch", exported, "--out", m()).good();
        assertThat(TextModelFile.read(model).vocabulary().size()).isEqualTo(7);
    }

    @Test
    void aNetworkThatReadsBothWaysIsEvaluatedOverTheWholeText() throws Exception {
        String state = peer("pytorch/gru-2-bidirectional.safetensors");
        Ran imported = Ran.of("import", "pytorch", state, "--vocabulary", vocabulary, "--out", m())
                .good();
        assertThat(imported.err()).contains("next and generate will refuse this model", "a bidirectional one");
        String text = "ab न\"a🙂\nbb a".repeat(500);
        Path corpus = Files.writeString(folder.resolve("text"), text);
        Ran score = Ran.of("evaluate", "text", corpus, "--model", m(), "--json").good();

        Model read = ModelFile.read(model);
        int[] tokens = TextModelFile.vocabulary("m", read).encode(text);
        int steps = tokens.length - 1;
        Frames out = read.network()
                .predictor(read.params())
                .predict(Sequences.ofTokens(steps, 1, tokens), read.network().zeroState(1));
        double nats = 0;
        for (int t = 0; t < steps; t++) {
            double sum = 0;
            for (int j = 0; j < 7; j++) {
                sum += Math.exp(out.values()[out.at() + 7 * t + j]);
            }
            nats += Math.log(sum) - out.values()[out.at() + 7 * t + tokens[t + 1]];
        }
        assertThat((Double) score.json().get("nats_per_char")).isCloseTo(nats / steps, within(1e-6));
        assertThat(score.err()).contains("reads both ways");
        Ran.of("next", "ab", "--model", m()).failed("a bidirectional one");
    }

    @Test
    void kerasAndDeeplearning4jComeIn() throws Exception {
        Ran.of("import", "keras", peer("keras/gru-1.keras"), "--vocabulary", vocabulary, "--out", m())
                .good();
        Ran dl4j = Ran.of("import", "dl4j", peer("dl4j/lstm-3.zip"), "--vocabulary", vocabulary, "--out", m(), "--json")
                .good();
        assertThat(dl4j.out()).contains("\"parameters\":1081,\"specification\":{\"input\":\"tokens\"");
        assertThat(TextModelFile.read(model).vocabulary().size()).isEqualTo(7);
    }

    @Test
    void aModelGoesOutAsOnnx() throws Exception {
        Ran.of("import", "pytorch", peer("pytorch/gru-1.safetensors"), "--vocabulary", vocabulary, "--out", m())
                .good();
        Path onnx = folder.resolve("m.onnx");
        Ran.of("export", "onnx", m(), "--out", onnx).good();
        assertThat(Files.readString(onnx, StandardCharsets.ISO_8859_1)).contains("linear_before_reset");
    }

    @Test
    void withoutAVocabularyAValuesNetworkIsAModelOfItsOwn() throws Exception {
        Ran.of("import", "pytorch", peer("pytorch/rnn-3-values.safetensors"), "--out", m())
                .good();
        assertThat(ModelFile.read(model).spec().tokens()).isFalse();
    }

    @Test
    void errorsAreOneLineAndKeepWhatWasThere() throws Exception {
        Files.writeString(model, "mine");
        Files.writeString(Path.of(vocabulary), "[\"a\"]");
        Ran refused = Ran.of(
                "import",
                "pytorch",
                peer("pytorch/gru-1.safetensors"),
                "--vocabulary",
                vocabulary,
                "--force",
                "--out",
                m());
        refused.failed("predicts 7, found 1");
        assertThat(refused.err().lines()).hasSize(1);
        Ran.of("import", "keras", vocabulary, "--force", "--out", m()).failed("expected a Keras model");
        Ran.of("import", "dl4j", folder.resolve("none"), "--force", "--out", m())
                .failed("no such file or folder");
        Ran.of("import", "pytorch", peer("pytorch/gru-1.safetensors"), "--cell", "cnn", "--out", m())
                .wrongUsage();
        Ran.of("export", "onnx", m()).wrongUsage();
        assertThat(model).hasContent("mine");
    }

    /** Keras's model gives the last step of a window of five; what numpy computes of it stands beside it. */
    @Test
    void aTextGeneratorOfKerasIsAskedAsIfItWereOurs() throws Exception {
        String keras = peer("keras2/generator.h5");
        Ran imported = Ran.of("import", "keras", keras, "--vocabulary", vocabulary, "--out", m())
                .good();
        assertThat(imported.err())
                .contains("note: of a text it reads the last 5 symbols for the next, from a zero state each time")
                .contains("note: the softmax at the end (layer d1) is left out");
        assertThat(imported.err().lines()).hasSize(2);
        assertThat(Ran.of("inspect", m()).good().out())
                .contains("memory: reads the last 5 symbols for the next, from a zero state");
        var record = Json.readObject("record", Files.readString(Path.of(keras.replace(".h5", ".json"))));
        List<?> tokens = (List<?>) ((List<?>) Objects.requireNonNull(record.get("x"))).get(0);
        double[] logits = ((List<?>) ((List<?>) Objects.requireNonNull(record.get("y"))).get(0))
                .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        List<String> symbols = TextModelFile.read(model).vocabulary().toList();
        StringBuilder window = new StringBuilder();
        tokens.forEach(token -> window.append(symbols.get(((Number) token).intValue())));
        for (String before : List.of("", "ab", "aaaaaaaaaaaaaaaa")) {
            List<?> next = (List<?>)
                    Objects.requireNonNull(Ran.of("next", "--model", m(), "--top", 7, "--json", "--", before + window)
                            .good()
                            .json()
                            .get("next"));
            assertThat(next).hasSize(7).allSatisfy(entry -> {
                Map<?, ?> candidate = (Map<?, ?>) entry;
                int index = symbols.indexOf(String.valueOf(candidate.get("symbol")));
                assertThat(((Number) Objects.requireNonNull(candidate.get("probability"))).doubleValue())
                        .isCloseTo(Math.exp(logits[index]) / sum, within(1e-6));
            });
        }
        String written = Ran.of("generate", "--model", m(), "--prime", "ab", "--length", 30, "--seed", 1)
                .good()
                .out();
        assertThat(written).startsWith("ab");
        assertThat(written.codePoints().count()).isGreaterThanOrEqualTo(32);
        Ran.of("evaluate", "text", vocabulary, "--model", m(), "--unknown", "skip")
                .failed("reads out the last step alone");
    }

    @Test
    void vocabulariesOfOthersComeIn() throws Exception {
        Path other = folder.resolve("char2idx.json");
        Files.writeString(other, "{\"b\":1,\"a\":0,\"न\":2,\"🙂\":3,\" \":4,\"<unk>\":6,\"c\":5}");
        Ran.of("import", "pytorch", peer("pytorch/gru-1.safetensors"), "--vocabulary", other, "--out", m())
                .good();
        assertThat(TextModelFile.read(model).vocabulary().toList())
                .containsExactly("a", "b", "न", "🙂", " ", "c", "<unk>");
        Ran.of("next", "axb", "--model", m()).good();
    }

    private String m() {
        return model.toString();
    }

    private static String peer(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ImportExportCommandsTest.class.getResource("/peers/" + name), name)
                        .toURI())
                .toString();
    }
}
