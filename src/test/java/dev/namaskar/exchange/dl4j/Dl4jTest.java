package dev.namaskar.exchange.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.exchange.keras.KerasTest;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.Predictions;
import dev.namaskar.net.Sequences;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class Dl4jTest {
    @TempDir
    Path folder;

    public static Path resources() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(Dl4jTest.class.getResource("/peers/dl4j"))
                .toURI());
    }

    /** Reads a model from its two parts. */
    public static Model read(String json, byte[] coefficients) throws IOException {
        return Dl4j.read("d", json, coefficients, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple-rnn-1", "simple-rnn-2", "lstm-1", "lstm-3", "lstm-2-values", "lstm-1-double"})
    void computesWhatDeeplearning4jComputes(String name) throws Exception {
        boolean tokens = !name.contains("values");
        Model model = Dl4j.read(resources().resolve(name + ".zip"), tokens);
        var record = Json.readObject(name, Files.readString(resources().resolve(name + ".json")));
        KerasTest.Array x = KerasTest.Array.of(record.get(tokens ? "tokens" : "values"));
        int steps = x.shape().get(0);
        int batch = x.shape().get(1);
        int[] ids = new int[x.values().length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (int) x.values()[i];
        }
        Sequences input = tokens ? Sequences.ofTokens(steps, batch, ids) : Sequences.ofValues(steps, batch, x.values());
        float[] out = Predictions.predict(model, input, model.network().zeroState(batch));
        if (tokens) {
            out = Predictions.softmax(out, model.spec().outputWidth());
        }
        double[] expected = Predictions.doubles(KerasTest.Array.of(record.get(tokens ? "probabilities" : "output"))
                .values());
        assertThat(Predictions.distance(out, expected)).isLessThan(2e-6);
    }

    @ParameterizedTest
    @CsvSource({
        "graves-lstm-1, peephole connections",
        "lstm-1-relu, 'expected ActivationTanH as activationFn'",
    })
    void whatIsComputedOtherwiseIsRefusedWithTheReason(String name, String reason) {
        assertThatThrownBy(() -> Dl4j.read(resources().resolve(name + ".zip"), true))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aZipBombEndsInASentence() throws IOException {
        Path bomb = folder.resolve("bomb.zip");
        try (OutputStream out = Files.newOutputStream(bomb);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("configuration.json"));
            byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 200; i++) {
                zip.write(spaces);
            }
        }
        assertThat(Files.size(bomb)).isLessThan(300_000);
        assertThatThrownBy(() -> Dl4j.read(bomb, true)).hasMessageContaining("a zip bomb?");
    }

    @Test
    void entriesThatPointOutsideAreNeverUnpacked() throws IOException {
        Path zipFile = folder.resolve("in").resolve("slip.zip");
        Files.createDirectories(zipFile.getParent());
        try (OutputStream out = Files.newOutputStream(zipFile);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("../outside"));
            zip.write(1);
        }
        assertThatThrownBy(() -> Dl4j.read(zipFile, true)).hasMessageContaining("configuration.json");
        assertThat(folder.resolve("outside")).doesNotExist();
    }
}
