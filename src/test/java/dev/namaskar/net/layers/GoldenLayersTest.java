package dev.namaskar.net.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.namaskar.files.PyTorchLayout;
import dev.namaskar.files.Safetensors;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.testing.Golden;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers without recurrence against PyTorch in float64, with each library's products; and where they refuse. */
class GoldenLayersTest {
    private static final double TOLERANCE = 1e-5;
    private static final int WIDTH = 5;

    private static final Map<String, Layer> LAYERS = Map.of(
            "layer_norm", Normalization.layer(),
            "rms_norm", Normalization.rms(),
            "causal_convolution", new CausalConvolution(3),
            "gated_feed_forward", new GatedFeedForward(4, Activation.SIGMOID),
            "residual", new Residual(Normalization.layer(), new GatedFeedForward(4, Activation.SIGMOID)));

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (GemmLibrary library : GemmLibrary.available()) {
            LAYERS.forEach((name, layer) -> cases.add(Arguments.of(name, layer, library)));
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("cases")
    void agreesWithPyTorch(String name, Layer layer, GemmLibrary library) throws IOException {
        try (Safetensors golden = Safetensors.open(
                Golden.files("layer-" + name + "[.]safetensors").get(0))) {
            List<Integer> shape = golden.tensors().get("x").shape();
            Network network = NetworkSpec.values(WIDTH).then(layer).build();
            Params params = Params.zeros(network.params());
            for (Slot slot : network.params().slots()) {
                PyTorchLayout.set(params, slot, floats(golden, slot.name()));
            }
            Pass pass = Pass.of(network, params.values(), library, true).withInputGradients();
            State none = network.zeroState(shape.get(1));
            Sequences x = Sequences.ofValues(shape.get(0), shape.get(1), floats(golden, "x"));
            Frames y = pass.forward(x, none, network.zeroState(shape.get(1)), true, 0, 0);
            float[] found = new float[y.size()];
            System.arraycopy(y.values(), y.at(), found, 0, found.length);
            close("y", golden.doubles(golden.tensor("y")), found);

            System.arraycopy(floats(golden, "dy"), 0, y.gradients(), y.at(), y.size());
            Params gradient = new Params(network.params(), pass.backward().clone());
            for (Slot slot : network.params().slots()) {
                double[] expected = golden.doubles(golden.tensor("grad." + slot.name()));
                close(slot.name(), expected, PyTorchLayout.get(gradient, slot));
            }
            close("grad.x", golden.doubles(golden.tensor("grad.x")), pass.inputGradient());
        }
    }

    private static float[] floats(Safetensors file, String tensor) throws IOException {
        double[] wide = file.doubles(file.tensor(tensor));
        float[] narrow = new float[wide.length];
        for (int i = 0; i < wide.length; i++) {
            narrow[i] = (float) wide[i];
        }
        return narrow;
    }

    private static void close(String what, double[] expected, float[] found) {
        double largest = 1e-3;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            double scale = Math.max(Math.abs(expected[i]), 0.1 * largest);
            assertThat(Math.abs(found[i] - expected[i]) / scale)
                    .as(what + " " + i)
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSpec.values(3)
                        .then(new Residual(new Dense(2, Activation.TANH)))
                        .build())
                .withMessageContaining("as many values as they read, 3")
                .withMessageContaining("found 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Residual(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new CausalConvolution(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Normalization(true, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new GatedFeedForward(0, Activation.TANH));
        Network readsOut =
                NetworkSpec.values(2).then(new Residual(new LastStep())).build();
        Pass pass = Pass.of(readsOut, new float[0], GemmLibrary.JAVA, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.predict(Sequences.ofValues(3, 1, new float[6]), readsOut.zeroState(1)))
                .withMessageContaining("reads out once");
    }

    /** Dropout beside a way straight through is nothing in prediction, and what is left is the input twice. */
    @Test
    void aResidualOfNothingDoubles() {
        Network network = NetworkSpec.values(2)
                .then(new Residual(new Dropout(0.5, false)))
                .build();
        Pass pass = Pass.of(network, new float[0], GemmLibrary.JAVA, true).withInputGradients();
        State none = network.zeroState(1);
        Frames y = pass.forward(Sequences.ofValues(2, 1, 1, 2, 3, 4), none, none, false, 0, 0);
        assertThat(y.values()).startsWith(2, 4, 6, 8);
        System.arraycopy(new float[] {1, 10, 100, 1000}, 0, y.gradients(), y.at(), 4);
        pass.backward();
        assertThat(pass.inputGradient()).startsWith(2, 20, 200, 2000);
    }
}
