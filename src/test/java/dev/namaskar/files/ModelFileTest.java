package dev.namaskar.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFileTest {
    @TempDir
    Path folder;

    static Stream<NetworkSpec> networks() {
        return Stream.of(
                NetworkSpec.tokens(5).recurrent("rnn", 1).dense(5),
                NetworkSpec.tokens(5).then(new Recurrent("rnn", 4).withOrder(3)).dense(5),
                NetworkSpec.tokens(5)
                        .embedding(3)
                        .recurrent("gru", 4)
                        .dropout(0.25)
                        .recurrent("lstm", 2)
                        .dense(5),
                NetworkSpec.values(2)
                        .bidirectional("lstm", 3, Merge.CONCATENATE)
                        .bidirectional("gru", 3, Merge.AVERAGE)
                        .lastStep()
                        .dense(4, Activation.TANH)
                        .dense(1));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void whatIsWrittenIsRead(NetworkSpec spec) throws IOException {
        Model model = Predictions.random(spec, 3).withText("vocabulary", "[\"न\"]");
        Path file = folder.resolve("m");
        ModelFile.write(file, model);
        Model read = ModelFile.read(file);
        assertThat(read.spec()).isEqualTo(spec);
        assertThat(read.texts()).isEqualTo(model.texts());
        assertThat(read.params().values()).isEqualTo(model.params().values());
        byte[] bytes = Files.readAllBytes(file);
        ModelFile.write(file, read);
        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void tensorsStandAsPyTorchHasThem() throws IOException {
        Model model =
                Predictions.random(NetworkSpec.tokens(3).recurrent("gru", 2).dense(3), 3);
        Safetensors file = Safetensors.of("m", SafetensorsTest.bytes(ModelFile.writer(model)));
        float[] weights = file.floats("rnn.weight_ih_l0", 6, 3);
        float[] ours = model.params().get("rnn.weight_ih_l0");
        // unit 1 of the second gate (z), input 2: PyTorch's row 3, our block 1, row 2, column 1
        assertThat(weights[3 * 3 + 2]).isEqualTo(ours[6 + 2 * 2 + 1]);
        assertThat(file.floats("head.weight", 3, 2)[1]).isEqualTo(model.params().get("head.weight")[3]);
    }

    @Test
    void notANumberIsNeverWritten() throws IOException {
        Model model =
                Predictions.random(NetworkSpec.tokens(3).recurrent("rnn", 2).dense(3), 1);
        Path file = folder.resolve("m");
        ModelFile.write(file, model);
        byte[] good = Files.readAllBytes(file);
        model.params().values()[5] = Float.NaN;
        assertThatThrownBy(() -> ModelFile.write(file, model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN at index");
        assertThat(file).hasBinaryContent(good);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\":\"namaskar\"         | \"format\":\"pt\"           | expected a Namaskar model, found a"
                        + " safetensors file of format the string \"pt\"",
                "\"version\":\"1\"               | \"version\":\"9\"           | this is a file of format version 9,"
                        + " and this release reads up to 1; get the release that wrote it, or a newer one",
                "\"version\":\"1\"               | \"version\":\"0x\"          | expected a format version of 1 to 1,"
                        + " found the string \"0x\"",
                "\\\"hidden\\\":2                | \\\"hidden\\\":-2           | specification: expected at least 1"
                        + " hidden unit, found -2",
                "\\\"hidden\\\":2                | \\\"hidden\\\":2000000000   | specification: expected at most"
                        + " 2147483647 parameters",
                "\\\"hidden\\\":2                | \\\"hidden\\\":3            | expected [3,3], got [2,3] for tensor"
                        + " \"rnn.weight_ih_l0\"",
                "\\\"cell\\\":\\\"rnn\\\"        | \\\"cell\\\":\\\"elman\\\"  | no cell \"elman\"; there are rnn,",
                "\\\"layers\\\":[                | \\\"layers\\\":7,\\\"x\\\":[ | expected a list for \"layers\" in"
                        + " the network, found 7",
                "\"head.bias\"                   | \"head.boas\"               | expected a tensor \"head.bias\""
            })
    void otherFilesAreNamedErrors(String part, String instead, String message) throws IOException {
        Model model =
                Predictions.random(NetworkSpec.tokens(3).recurrent("rnn", 2).dense(3), 1);
        byte[] content = SafetensorsTest.bytes(ModelFile.writer(model));
        int header = (content[0] & 0xff) | ((content[1] & 0xff) << 8);
        String json = new String(content, 8, header, StandardCharsets.UTF_8);
        assertThat(json).contains(part);
        byte[] data = java.util.Arrays.copyOfRange(content, 8 + header, content.length);
        byte[] changed = SafetensorsTest.raw(json.replace(part, instead), data);
        assertThatThrownBy(() -> ModelFile.read("m", changed))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("m: ")
                .hasMessageContaining(message);
    }

    @Test
    void textsKeepOffTheFormatsOwnNames() {
        Model model =
                Predictions.random(NetworkSpec.tokens(3).recurrent("rnn", 2).dense(3), 1);
        assertThatThrownBy(() -> ModelFile.writer(model.withText("version", "7")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(model.withText("a", "1").withText("a", "2").texts()).isEqualTo(Map.of("a", "2"));
    }
}
