package dev.namaskar.exchange.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.exchange.keras.KerasWeights.Layout;
import dev.namaskar.files.Archive;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.Predictions;
import dev.namaskar.net.Sequences;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class KerasTest {
    public static Path resources() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(KerasTest.class.getResource("/peers/keras"))
                .toURI());
    }

    /** Reads a model from its two parts. */
    public static Model read(String json, byte[] weights) throws IOException {
        try (Hdf5 file = Hdf5.of("k", weights)) {
            return Keras.read("k", json, null, new KerasWeights(file, Layout.COUNTED), false, note -> {});
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rnn-1.keras",
                "gru-1.keras",
                "lstm-1.keras",
                "rnn-2-last.keras",
                "gru-2-last.keras",
                "lstm-2-last.keras",
                "rnn-bidirectional.keras",
                "gru-bidirectional.keras",
                "lstm-bidirectional.keras",
                "mixed.keras",
                "mixed.h5",
                "summed.keras",
                "functional.keras",
                "bidirectional.h5",
                "activations.keras",
                "activations.h5",
                "weights.weights.h5"
            })
    void computesWhatKerasComputes(String name) throws Exception {
        Path config = name.endsWith(".weights.h5") ? resources().resolve("weights.config.json") : null;
        Model model = Keras.read(resources().resolve(name), config, false, note -> {});
        var record =
                Json.readObject(name, Files.readString(resources().resolve(name.replaceAll("\\..*", "") + ".json")));
        Array x = Array.of(record.containsKey("tokens") ? record.get("tokens") : record.get("values"));
        int batch = x.shape.get(0);
        int steps = x.shape.get(1);
        Sequences input = record.containsKey("tokens")
                ? Sequences.ofTokens(steps, batch, ints(x.timeMajor()))
                : Sequences.ofValues(steps, batch, x.timeMajor());
        float[] out = Predictions.predict(model, input, model.network().zeroState(batch));
        Array expected = Array.of(record.get("output"));
        if (config == null && json(name).toLowerCase(Locale.ROOT).contains("\"softmax\"")) {
            out = Predictions.softmax(out, model.spec().outputWidth());
        }
        double[] wanted = Predictions.doubles(expected.shape.size() == 3 ? expected.timeMajor() : expected.values());
        assertThat(Predictions.distance(out, wanted)).isLessThan(2e-6);
    }

    @ParameterizedTest
    @CsvSource({
        "gru-reset-before.keras, expected reset_after true",
        "lstm-relu.keras, expected activation tanh",
        "backwards.keras, expected go_backwards false"
    })
    void whatIsComputedOtherwiseIsRefusedWithTheReason(String name, String reason) {
        assertThatThrownBy(() -> Keras.read(resources().resolve(name), false))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(reason);
    }

    /** As older Keras wrote it, and as Keras 3 still loads it. */
    @Test
    void functionalModelsOfKeras2NameTheirInputsInLists() throws Exception {
        Model expected = Keras.read(resources().resolve("functional.keras"), false);
        String json = json("functional.keras");
        Matcher histories = Pattern.compile("\"keras_history\": ?\\[(\"[a-z_0-9]+\"), 0, 0\\]")
                .matcher(json);
        String old = histories.replaceAll("\"was\": [$1, 0, 0, {}]");
        assertThat(old).isNotEqualTo(json);
        try (Archive zip = Archive.open(resources().resolve("functional.keras"), "a Keras model");
                Hdf5 weights = Hdf5.of("w", zip.read("model.weights.h5", 1 << 20))) {
            Model model = Keras.read("f", old, null, new KerasWeights(weights, Layout.COUNTED), false, note -> {});
            assertThat(model.params().values()).isEqualTo(expected.params().values());
            String skipping = old.replaceFirst("\\[\"lstm[_0-9]*\", 0, 0, \\{\\}\\]", "[\"other\", 0, 0, {}]");
            assertThatThrownBy(() -> Keras.read(
                            "f", skipping, null, new KerasWeights(weights, Layout.COUNTED), false, note -> {}))
                    .hasMessageContaining("expected a layer of its own as \"other\", found none");
        }
    }

    @Test
    void whereTheArchitectureIsIsSaid() throws Exception {
        Path weights = resources().resolve("weights.weights.h5");
        Path config = resources().resolve("weights.config.json");
        assertThatThrownBy(() -> Keras.read(weights, false))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("found weights alone; save the whole model, or give `config`, a file");
        assertThatThrownBy(() -> Keras.read(resources().resolve("mixed.h5"), config, false, note -> {}))
                .hasMessageContaining("says itself what its layers are");
        assertThatThrownBy(() -> Keras.read(resources().resolve("mixed.keras"), config, false, note -> {}))
                .hasMessageContaining("says itself what its layers are");
    }

    private static String json(String name) throws IOException, URISyntaxException {
        if (name.endsWith(".h5")) {
            return json(name.replace(".h5", ".keras"));
        }
        try (Archive zip = Archive.open(resources().resolve(name), "a Keras model")) {
            return new String(zip.read("config.json", 1 << 20), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    static int[] ints(float... values) {
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }

    /** A nested JSON array as numbers and a shape. */
    public record Array(List<Integer> shape, float[] values) {
        public static Array of(@Nullable Object nested) {
            List<Integer> shape = new ArrayList<>();
            Object at = nested;
            while (at instanceof List<?> list) {
                shape.add(list.size());
                at = list.get(0);
            }
            List<Float> flat = new ArrayList<>();
            flatten(nested, flat);
            float[] values = new float[flat.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = flat.get(i);
            }
            return new Array(shape, values);
        }

        private static void flatten(@Nullable Object nested, List<Float> to) {
            if (nested instanceof List<?> list) {
                list.forEach(each -> flatten(each, to));
            } else if (nested instanceof Number number) {
                to.add(number.floatValue());
            }
        }

        /** {@code [B,T,...]} with the first two axes swapped. */
        float[] timeMajor() {
            int batch = shape.get(0);
            int steps = shape.get(1);
            int width = values.length / batch / steps;
            float[] swapped = new float[values.length];
            for (int b = 0; b < batch; b++) {
                for (int t = 0; t < steps; t++) {
                    System.arraycopy(values, (b * steps + t) * width, swapped, (t * batch + b) * width, width);
                }
            }
            return swapped;
        }
    }
}
