package dev.namaskar.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.PyTorchLayout;
import dev.namaskar.files.Safetensors;
import dev.namaskar.files.Tensor;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs, states, loss and every gradient against PyTorch in float64, with each library's products. */
class GoldenNetworkTest {
    private static final double TOLERANCE = 1e-5;

    static Stream<Arguments> files() {
        List<Arguments> cases = new ArrayList<>();
        for (Path file : Golden.files("(cell|masked)-.*[.]safetensors")) {
            for (GemmLibrary library : GemmLibrary.available()) {
                cases.add(Arguments.of(file.getFileName().toString(), library, file));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("files")
    void agreesWithPyTorch(String name, GemmLibrary library, Path file) throws IOException {
        try (Safetensors golden = Safetensors.open(file)) {
            Reference reference = new Reference(golden);
            Params params = reference.params();
            NetworkWeights weights = reference.network.weights(library);
            weights.load(params.values(), true);
            Pass pass = new Pass(reference.network, weights, library.open()).withInputGradients();
            State end = reference.network.zeroState(reference.batch);
            Frames logits = pass.forward(reference.sequences(), reference.state("h0", "c0"), end, true, 0, 0);
            reference.compare("logits", cut(logits.values(), logits.at(), logits.size()));
            reference.compareState("hn", "cn", end);

            SequenceLoss loss = new SequenceLoss(new SoftmaxCrossEntropy());
            long realSteps = SequenceLoss.realSteps(logits);
            double sum = loss.compute(logits, Targets.classes(reference.targets()), 1.0 / realSteps);
            assertThat(sum / realSteps)
                    .isCloseTo(reference.doubles("loss")[0], org.assertj.core.data.Offset.offset(1e-6));

            float[] gradient = pass.backward();
            for (Slot slot : reference.network.params().slots()) {
                reference.compareGradient(slot, gradient);
            }
            reference.compare("grad.x", cut(pass.inputGradient(), 0, reference.doubles("grad.x").length));
            reference.compareState("grad.h0", "grad.c0", pass.initialStateGradient());
        }
    }

    private static float[] cut(float[] from, int at, int size) {
        return Arrays.copyOfRange(from, at, at + size);
    }

    /** One file of vectors and the network that it describes. */
    private static final class Reference {
        private final Safetensors file;
        final Network network;
        final int steps;
        final int batch;

        Reference(Safetensors file) {
            this.file = file;
            Map<String, String> meta = file.metadata();
            int layers = Integer.parseInt(meta.get("layers"));
            boolean both = Boolean.parseBoolean(meta.get("bidirectional").toLowerCase(java.util.Locale.ROOT));
            NetworkSpec spec = NetworkSpec.values(Integer.parseInt(meta.get("input")));
            for (int layer = 0; layer < layers; layer++) {
                spec = spec.then(new Recurrent(meta.get("kind"), Integer.parseInt(meta.get("hidden")))
                        .withMerge(both ? Merge.CONCATENATE : Merge.FORWARD));
            }
            network = spec.dense(Integer.parseInt(meta.get("classes"))).build();
            List<Integer> shape = file.tensors().get("x").shape();
            steps = shape.get(0);
            batch = shape.get(1);
        }

        double[] doubles(String tensor) throws IOException {
            return file.doubles(file.tensor(tensor));
        }

        float[] floats(String tensor) throws IOException {
            double[] wide = doubles(tensor);
            float[] narrow = new float[wide.length];
            for (int i = 0; i < wide.length; i++) {
                narrow[i] = (float) wide[i];
            }
            return narrow;
        }

        Sequences sequences() throws IOException {
            Sequences x = Sequences.ofValues(steps, batch, floats("x"));
            return file.tensors().containsKey("lengths") ? x.withLengths(ints("lengths")) : x;
        }

        int[] targets() throws IOException {
            return ints("y");
        }

        private int[] ints(String tensor) throws IOException {
            return Arrays.stream(file.longs(file.tensor(tensor)))
                    .mapToInt(Math::toIntExact)
                    .toArray();
        }

        State state(String hidden, String carry) throws IOException {
            State state = network.zeroState(batch);
            copyParts("h_", floats(hidden), state);
            if (file.tensors().containsKey(carry)) {
                copyParts("c_", floats(carry), state);
            }
            copyMore(carry, state);
            return state;
        }

        private void copyParts(String prefix, float[] values, State state) {
            int at = 0;
            for (StateLayout.Part part : state.layout().parts()) {
                if (part.name().startsWith(prefix)) {
                    int size = part.width() * batch;
                    state.set(part.name(), Arrays.copyOfRange(values, at, at + size));
                    at += size;
                }
            }
        }

        /** What a cell carries beside c, an sLSTM its normalizer and its stabilizer. */
        private void copyMore(String carry, State state) throws IOException {
            for (String part : List.of("n", "m")) {
                String name = carry.replaceFirst("c(?=.$)", part);
                if (file.tensors().containsKey(name)) {
                    copyParts(part + "_", floats(name), state);
                }
            }
        }

        void compareState(String hidden, String carry, State found) throws IOException {
            State expected = network.zeroState(batch);
            copyParts("h_", floats(hidden), expected);
            if (file.tensors().containsKey(carry)) {
                copyParts("c_", floats(carry), expected);
            }
            copyMore(carry, expected);
            close(hidden, toDoubles(expected.values()), found.values());
        }

        Params params() throws IOException {
            Params params = Params.zeros(network.params());
            for (Slot slot : network.params().slots()) {
                PyTorchLayout.set(params, slot, floats(torchName(slot)));
            }
            return params;
        }

        private static String torchName(Slot slot) {
            return slot.name().replaceFirst("^rnn[.]", "");
        }

        void compareGradient(Slot slot, float[] gradient) throws IOException {
            float[] found = PyTorchLayout.get(new Params(network.params(), gradient), slot);
            close(slot.name(), toDoubles(floats("grad." + torchName(slot))), found);
        }

        void compare(String tensor, float[] found) throws IOException {
            Tensor there = file.tensor(tensor);
            close(tensor, file.doubles(there), found);
        }

        private static double[] toDoubles(float[] values) {
            double[] wide = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                wide[i] = values[i];
            }
            return wide;
        }

        /** Relative error, the denominator floored at a tenth of the tensor's largest entry. */
        private static void close(String what, double[] expected, float[] found) {
            assertThat(found.length).as(what).isEqualTo(expected.length);
            double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
            double worst = 0;
            for (int i = 0; i < found.length; i++) {
                double scale = Math.max(Math.abs(expected[i]), Math.max(0.1 * largest, 1e-3));
                worst = Math.max(worst, Math.abs(found[i] - expected[i]) / scale);
            }
            assertThat(worst).as("worst relative error of " + what).isLessThan(TOLERANCE);
        }
    }
}
