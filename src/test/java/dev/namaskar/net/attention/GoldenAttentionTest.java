package dev.namaskar.net.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.PyTorchLayout;
import dev.namaskar.files.Safetensors;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.EncoderDecoderPass;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Memory;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.testing.Golden;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention, bridge and encoder-decoder against PyTorch in float64, with each library's products. */
class GoldenAttentionTest {
    private static final double TOLERANCE = 1e-5;

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (GemmLibrary library : GemmLibrary.available()) {
            for (AttentionScore score : AttentionScore.values()) {
                cases.add(Arguments.of(score, library));
            }
        }
        return cases.stream();
    }

    private static Safetensors open(String name) throws IOException {
        return Safetensors.open(Golden.files(name + "[.]safetensors").get(0));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void theLayerAgreesWithPyTorch(AttentionScore score, GemmLibrary library) throws IOException {
        try (Safetensors golden = open("attention-" + score.name().toLowerCase(java.util.Locale.ROOT))) {
            List<Integer> shape = golden.tensors().get("x").shape();
            List<Integer> read = golden.tensors().get("memory").shape();
            int width = golden.tensors().get("attention0.key.weight").shape().get(0);
            Network network = NetworkSpec.values(shape.get(2))
                    .then(new Attention(score, width, read.get(2)))
                    .build();
            Params params = params(golden, network.params());
            Pass pass = Pass.of(network, params.values(), library, true).withInputGradients();
            Frames frames = frames(golden, library);
            Memory memory = new Memory(frames);
            Sequences x = Sequences.ofValues(shape.get(0), shape.get(1), floats(golden, "x"))
                    .withLengths(ints(golden, "steps"));
            State none = network.zeroState(shape.get(1));
            Frames y = pass.forward(x, memory, none, none, true, 0, 0);
            close("y", golden.doubles(golden.tensor("y")), y.values(), y.at());
            close("weights", golden.doubles(golden.tensor("weights")), memory.weights(), 0);

            System.arraycopy(floats(golden, "dy"), 0, y.gradients(), y.at(), y.size());
            gradients(golden, network.params(), pass.backward());
            close("grad.x", golden.doubles(golden.tensor("grad.x")), pass.inputGradient(), 0);
            frames.grad().pull(0, frames.size());
            close("grad.memory", golden.doubles(golden.tensor("grad.memory")), frames.gradients(), 0);
        }
    }

    private static Frames frames(Safetensors golden, GemmLibrary library) throws IOException {
        List<Integer> shape = golden.tensors().get("memory").shape();
        Frames frames = new Frames(shape.get(2)).shape(shape.get(0), shape.get(1), ints(golden, "lengths"));
        Gemm gemm = library.open();
        frames.reserve(gemm).reserveGradient(gemm).wantGradient(true);
        System.arraycopy(floats(golden, "memory"), 0, frames.values(), 0, frames.size());
        frames.pushValue();
        frames.pushGrad();
        return frames;
    }

    static Stream<Arguments> models() {
        List<Arguments> cases = new ArrayList<>();
        for (GemmLibrary library : GemmLibrary.available()) {
            cases.add(Arguments.of("lstm", AttentionScore.DOT, library));
            cases.add(Arguments.of("gru", AttentionScore.ADDITIVE, library));
            cases.add(Arguments.of("lstm", AttentionScore.GENERAL, library));
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("models")
    void theWholeModelAgreesWithPyTorch(String cell, AttentionScore score, GemmLibrary library) throws IOException {
        try (Safetensors golden =
                open("encoder-decoder-" + cell + "-" + score.name().toLowerCase(java.util.Locale.ROOT))) {
            EncoderDecoder model = model(golden, cell, score);
            Params params = params(golden, model.params());
            Gemm gemm = library.open();
            SharedWeights weights = model.weights(gemm);
            weights.load(params.values(), true);
            EncoderDecoderPass pass = model.pass(weights, gemm);
            Sequences source = tokens(golden, "source").withLengths(ints(golden, "lengths"));
            Sequences target = tokens(golden, "inputs").withLengths(ints(golden, "steps"));

            EncoderDecoderPass.Encoded encoded = pass.encode(source);
            Frames memory = encoded.memory().frames();
            close("memory", golden.doubles(golden.tensor("memory")), memory.values(), memory.at());
            close("state", golden.doubles(golden.tensor("state")), rows(encoded.initial()), 0);

            Frames out = pass.forward(source, target, true, 0, 0);
            realClose("logits", golden.doubles(golden.tensor("logits")), out);
            Targets targets = Targets.classes(ints(golden, "targets"));
            double count = SequenceLoss.realSteps(out);
            double plain = new SequenceLoss(new SoftmaxCrossEntropy()).compute(out, targets, 1) / count;
            assertThat(plain).isCloseTo(golden.doubles(golden.tensor("loss"))[0], within(TOLERANCE));
            double smoothed = new SequenceLoss(new SoftmaxCrossEntropy(0.1)).compute(out, targets, 1 / count) / count;
            assertThat(smoothed).isCloseTo(golden.doubles(golden.tensor("loss_smoothed"))[0], within(TOLERANCE));
            gradients(golden, model.params(), pass.backward());
        }
    }

    private static EncoderDecoder model(Safetensors golden, String cell, AttentionScore score) {
        List<Integer> symbols = golden.tensors().get("encoder.embedding.weight").shape();
        List<Integer> targets = golden.tensors().get("decoder.embedding.weight").shape();
        List<Integer> key =
                golden.tensors().get("decoder.attention0.key.weight").shape();
        int hidden = key.get(1) / 2;
        Recurrent both = new Recurrent(cell, hidden).withMerge(Merge.CONCATENATE);
        return new EncoderDecoder(
                NetworkSpec.tokens(symbols.get(0))
                        .embedding(symbols.get(1))
                        .then(both)
                        .then(both),
                NetworkSpec.tokens(targets.get(0))
                        .embedding(targets.get(1))
                        .recurrent(cell, hidden)
                        .then(new Attention(score, key.get(0), key.get(1)))
                        .dense(hidden, Activation.TANH)
                        .dense(targets.get(0)));
    }

    /** A state row by row, as the bridge makes it. */
    private static float[] rows(State state) {
        int width = state.layout().width();
        float[] all = new float[state.values().length];
        for (var part : state.layout().parts()) {
            for (int b = 0; b < state.batch(); b++) {
                System.arraycopy(
                        state.values(),
                        state.at(part) + b * part.width(),
                        all,
                        b * width + part.offset(),
                        part.width());
            }
        }
        return all;
    }

    private static void realClose(String what, double[] expected, Frames out) {
        double[] kept = expected.clone();
        for (int t = 0; t < out.steps(); t++) {
            for (int b = 0; b < out.batch(); b++) {
                for (int f = 0; t >= out.length(b) && f < out.width(); f++) {
                    kept[(t * out.batch() + b) * out.width() + f] = out.values()[out.at(t, b) + f];
                }
            }
        }
        close(what, kept, out.values(), out.at());
    }

    private static Params params(Safetensors golden, ParamLayout layout) throws IOException {
        Params params = Params.zeros(layout);
        for (Slot slot : layout.slots()) {
            PyTorchLayout.set(params, slot, floats(golden, slot.name()));
        }
        return params;
    }

    private static void gradients(Safetensors golden, ParamLayout layout, float[] found) throws IOException {
        Params gradient = new Params(layout, Arrays.copyOf(found, layout.size()));
        for (Slot slot : layout.slots()) {
            double[] expected = golden.doubles(golden.tensor("grad." + slot.name()));
            close(slot.name(), expected, PyTorchLayout.get(gradient, slot), 0);
        }
    }

    private static Sequences tokens(Safetensors golden, String name) throws IOException {
        List<Integer> shape = golden.tensors().get(name).shape();
        return Sequences.ofTokens(shape.get(0), shape.get(1), ints(golden, name));
    }

    private static int[] ints(Safetensors file, String tensor) throws IOException {
        return Arrays.stream(file.longs(file.tensor(tensor)))
                .mapToInt(v -> (int) v)
                .toArray();
    }

    private static float[] floats(Safetensors file, String tensor) throws IOException {
        double[] wide = file.doubles(file.tensor(tensor));
        float[] narrow = new float[wide.length];
        for (int i = 0; i < wide.length; i++) {
            narrow[i] = (float) wide[i];
        }
        return narrow;
    }

    private static void close(String what, double[] expected, float[] found, int at) {
        double largest = 1e-3;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            double scale = Math.max(Math.abs(expected[i]), 0.1 * largest);
            assertThat(Math.abs(found[at + i] - expected[i]) / scale)
                    .as(what + " " + i)
                    .isLessThan(TOLERANCE);
        }
    }
}
