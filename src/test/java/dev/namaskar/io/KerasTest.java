package dev.namaskar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.net.Sequences;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasTest {
    static Path resources() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(KerasTest.class.getResource("/peers/keras"))
                .toURI());
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
                "bidirectional.h5"
            })
    void computesWhatKerasComputes(String name) throws Exception {
        Model model = Keras.read(resources().resolve(name), false);
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
        if (json(name).contains("\"softmax\"")) {
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

    private static String json(String name) throws IOException, URISyntaxException {
        if (name.endsWith(".h5")) {
            return json(name.replace(".h5", ".keras"));
        }
        try (Archive zip = Archive.open(resources().resolve(name), "a Keras model")) {
            return new String(zip.read("config.json", 1 << 20), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static int[] ints(float... values) {
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }

    /** A nested JSON array as numbers and a shape. */
    record Array(List<Integer> shape, float[] values) {
        static Array of(@Nullable Object nested) {
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
