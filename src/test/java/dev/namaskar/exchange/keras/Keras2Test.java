package dev.namaskar.exchange.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.exchange.keras.KerasTest.Array;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.Predictions;
import dev.namaskar.net.Sequences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as Keras 2 laid them down, against what numpy computes of them; {@code src/test/peers/make_keras2.py}. */
class Keras2Test {
    private static final Path RESOURCES = Path.of("src/test/resources/peers/keras2");

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "lstm-hard-2,",
        "lstm-hard-3,",
        "gru-hard-2,",
        "gru-hard-3,",
        "rnn-relu,",
        "bidirectional,",
        "embedding,",
        "state-h,",
        "weights, weights.config.json",
        "weights-renamed, weights.config.json"
    })
    void computesWhatKerasComputes(String name, @Nullable String config) throws IOException {
        Model model = read(RESOURCES.resolve(name + ".h5"), config == null ? null : RESOURCES.resolve(config));
        String record = Files.readString(RESOURCES.resolve(name.replace("-renamed", "") + ".json"));
        var recorded = Json.readObject(name, record);
        Array x = Array.of(recorded.get("x"));
        int batch = x.shape().get(0);
        int steps = x.shape().get(1);
        Sequences input = model.spec().tokens()
                ? Sequences.ofTokens(steps, batch, KerasTest.ints(x.timeMajor()))
                : Sequences.ofValues(steps, batch, x.timeMajor());
        float[] out = Predictions.predict(model, input, model.network().zeroState(batch));
        Array y = Array.of(recorded.get("y"));
        double[] wanted = Predictions.doubles(y.shape().size() == 3 ? y.timeMajor() : y.values());
        assertThat(Predictions.distance(out, wanted)).isLessThan(2e-6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state-c | layer r1 (LSTM): expected its output or its last hidden state to be read on, found its"
                        + " tensor 2, the carry",
                "state-h-two | expected one output of the model, found [d1, r1]",
                "state-c-two | expected one output of the model, found [d1, r1]"
            })
    void whatReadsAnotherTensorOrGivesTwoIsRefused(String name, String reason) {
        assertThatThrownBy(() -> read(RESOURCES.resolve(name + ".h5"), null))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void theVersionDecidesWhatHardSigmoidIsAndItsAbsenceIsAnError() throws IOException {
        String json = Files.readString(RESOURCES.resolve("weights.config.json"));
        String gru = json.replace("\"SimpleRNN\"", "\"LSTM\"")
                .replace("\"tanh\"", "\"tanh\", \"recurrent_activation\": \"hard_sigmoid\"");
        assertThatThrownBy(() -> Keras.read("k", gru, null, none(), false, notes::add))
                .hasMessageContaining("hard_sigmoid is 0.2 x + 0.5 in Keras 2 and x / 6 + 0.5 in Keras 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"time_major\": true", "\"go_backwards\": true"})
    void settingsThatComputeSomethingElseAreRefused(String setting) throws IOException {
        String json =
                Files.readString(RESOURCES.resolve("weights.config.json")).replace("\"go_backwards\": false", setting);
        assertThatThrownBy(() -> Keras.read("k", json, "2.1.3", none(), false, notes::add))
                .hasMessageContaining("layer simple_rnn_1 (SimpleRNN)");
    }

    @Test
    void whatKeras1WroteIsRefusedAsSuch() throws IOException {
        String json = Files.readString(RESOURCES.resolve("weights.config.json")).replace("\"units\"", "\"output_dim\"");
        assertThatThrownBy(() -> Keras.read("k", json, null, none(), false, notes::add))
                .hasMessageContaining("is as Keras 1 wrote it; load it with Keras 2 and save it again");
    }

    @Test
    void weightsOfAnotherModelAreRefused() throws IOException {
        Path config = folder.resolve("config.json");
        String json = Files.readString(RESOURCES.resolve("weights.config.json"));
        Files.writeString(
                config,
                json.replaceFirst(", \\{\"class_name\": \"Dense\", \"config\": \\{\"name\": \"dense_2\"[^}]*}}", ""));
        assertThatThrownBy(() -> read(RESOURCES.resolve("weights.h5"), config))
                .hasMessageContaining("expected weights of the layers [simple_rnn_1, dense_1], found those of"
                        + " [simple_rnn_1, dense_1, dense_2]");
    }

    @Test
    void aSoftmaxThatIsLeftOutIsSaid() throws IOException {
        read(RESOURCES.resolve("embedding.h5"), null);
        assertThat(notes).hasSize(1).first().asString().contains("the softmax at the end (layer d1) is left out");
        notes.clear();
        read(RESOURCES.resolve("rnn-relu.h5"), null);
        assertThat(notes).isEmpty();
    }

    private Model read(Path file, @Nullable Path config) throws IOException {
        return Keras.read(file, config, false, notes::add);
    }

    private static KerasWeights none() throws IOException {
        return new KerasWeights(
                Hdf5.of("w", Files.readAllBytes(RESOURCES.resolve("weights.h5"))), KerasWeights.Layout.NAMED_AT_ROOT);
    }
}
