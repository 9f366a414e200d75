package dev.namaskar.exchange.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Safetensors;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.labelling.ReadOut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A classifier as a state dict: its read-out has no parameters, and its module says it. */
class PyTorchLabelsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void hasTheNamesOfTheGuidesModule(ReadOut readOut) throws IOException {
        Classifier model = Classifier.training()
                .readOut(readOut)
                .hidden(3)
                .embedding(2)
                .steps(2)
                .threads(1)
                .on(Path.of("corpora", "numbers.tsv"));
        Path file = folder.resolve("state.safetensors");
        PyTorch.write(file, model.stored());

        List<String> expected = new ArrayList<>(List.of("embedding.weight", "head.weight", "head.bias"));
        for (String name : List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh")) {
            expected.add("rnn." + name + "_l0");
            expected.add("rnn." + name + "_l0_reverse");
        }
        try (Safetensors state = Safetensors.open(file)) {
            assertThat(state.tensors().keySet()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(state.floats("head.bias", 5))
                    .isEqualTo(model.stored().params().get("head.bias"));
        }
    }
}
