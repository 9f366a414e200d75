package dev.namaskar.exchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Gate;
import dev.namaskar.cells.Gru;
import dev.namaskar.cells.Lstm;
import dev.namaskar.cells.Relu;
import dev.namaskar.files.Model;
import dev.namaskar.files.Predictions;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** ONNX Runtime on the exported file against the network here, two calls in a row with the state carried over. */
public class OnnxModelTest {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

    static Stream<Arguments> networks() {
        Stream.Builder<Arguments> all = Stream.builder();
        for (String cell : List.of("rnn", "gru", "lstm")) {
            for (int layers = 1; layers <= 3; layers++) {
                for (Merge merge : Merge.values()) {
                    NetworkSpec tokens = layers == 2 ? NetworkSpec.tokens(9).embedding(4) : NetworkSpec.tokens(9);
                    all.add(Arguments.of(stack(tokens, cell, layers, merge).dense(9)));
                    all.add(Arguments.of(
                            stack(NetworkSpec.values(3), cell, layers, merge).dense(2)));
                }
            }
            all.add(Arguments.of(NetworkSpec.values(2)
                    .recurrent(cell, 5)
                    .dropout(0.5)
                    .recurrent("gru", 4)
                    .lastStep()
                    .dense(6, Activation.RELU)
                    .dense(3, Activation.SIGMOID)));
        }
        all.add(Arguments.of(NetworkSpec.values(2)
                .recurrent("gru", 4)
                .dense(5, Activation.TANH)
                .dense(1)));
        for (Cell cell : List.of(
                new Relu(1),
                new Lstm(Gate.HARD_SIGMOID),
                new Lstm(Gate.HARD_SIGMOID_SIXTH),
                new Gru(Gate.HARD_SIGMOID),
                new Gru(Gate.HARD_SIGMOID_SIXTH))) {
            for (Merge merge : List.of(Merge.FORWARD, Merge.CONCATENATE)) {
                all.add(Arguments.of(NetworkSpec.values(3)
                        .then(new Recurrent(cell, 5).withMerge(merge))
                        .dense(2)));
            }
        }
        return all.build();
    }

    /** 1e-5 of the largest value, where that is above 1: nothing bounds what rectifiers say. */
    private static double tolerance(float... values) {
        double largest = 1;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return 1e-5 * largest;
    }

    private static NetworkSpec stack(NetworkSpec spec, String cell, int layers, Merge merge) {
        NetworkSpec stack = spec;
        for (int l = 0; l < layers; l++) {
            stack = stack.then(new Recurrent(cell, 5 + l).withMerge(merge)).dropout(l == 0 ? 0.1 : 0);
        }
        return stack;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void onnxRuntimeAgrees(NetworkSpec spec) throws OrtException {
        Model model = Predictions.random(spec, 17).withText("vocabulary", "[\"é\"]");
        Random random = new Random(23);
        byte[] graph = OnnxModel.toBytes(model);
        assertClean(graph);
        try (OrtSession session = RUNTIME.createSession(graph)) {
            assertThat(session.getMetadata().getCustomMetadata()).containsEntry("vocabulary", "[\"é\"]");
            for (int[] shape : new int[][] {{7, 3}, {1, 1}, {1, 4}, {33, 1}}) {
                int batch = shape[1];
                State state = model.network().zeroState(batch);
                Random values = new Random(5);
                Arrays.setAll(new Object[state.values().length], i -> {
                    state.values()[i] = (float) values.nextGaussian() / 2;
                    return i;
                });
                Map<String, float[]> theirs = states(state);
                for (int call = 0; call < 2; call++) {
                    Sequences x = Predictions.randomInput(spec, shape[0], batch, random);
                    float[] ours = Predictions.predict(model, x, state);
                    Map<String, float[]> outputs = run(session, model, x, theirs);
                    float[] output = Objects.requireNonNull(outputs.remove("output"));
                    assertThat(Predictions.distance(ours, Predictions.doubles(output)))
                            .isLessThan(tolerance(output));
                    Map<String, float[]> expected = states(state);
                    theirs = outputs;
                    assertThat(outputs.keySet()).isEqualTo(expected.keySet());
                    outputs.forEach((name, their) -> assertThat(Predictions.distance(
                                    Objects.requireNonNull(expected.get(name)), Predictions.doubles(their)))
                            .as(name)
                            .isLessThan(tolerance(their)));
                }
            }
        }
    }

    /** Every constant and something of every node is used, nothing is used before it is there, and no name stands for two things. */
    static void assertClean(byte[] bytes) {
        GraphProto graph;
        try {
            graph = ModelProto.parseFrom(bytes).getGraph();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        List<String> known = new ArrayList<>();
        graph.getInputList().forEach(input -> known.add(input.getName()));
        graph.getInitializerList().forEach(constant -> known.add(constant.getName()));
        Set<String> used = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            List<String> inputs =
                    node.getInputList().stream().filter(name -> !name.isEmpty()).toList();
            assertThat(known).as("inputs of " + node.getName()).containsAll(inputs);
            used.addAll(inputs);
            known.addAll(node.getOutputList());
        }
        graph.getOutputList().forEach(output -> used.add(output.getName()));
        assertThat(known).doesNotHaveDuplicates();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOutputList().stream().anyMatch(used::contains)) {
                used.addAll(node.getOutputList());
            }
        }
        known.removeAll(used);
        assertThat(known).as("what nothing uses").isEmpty();
    }

    /** Our parts {@code [B,H]} by direction as ONNX's {@code [directions,B,H]}. */
    private static Map<String, float[]> states(State state) {
        Map<String, float[]> byName = new LinkedHashMap<>();
        state.layout().parts().forEach(part -> {
            float[] own = state.get(part.name());
            byName.merge(part.name().replace("_reverse", ""), own, (forward, reverse) -> {
                float[] both = Arrays.copyOf(forward, 2 * forward.length);
                System.arraycopy(reverse, 0, both, forward.length, reverse.length);
                return both;
            });
        });
        return byName;
    }

    /** What ONNX Runtime puts out for a graph, from zero states. */
    public static float[] output(byte[] graph, Model model, Sequences x) throws OrtException {
        try (OrtSession session = RUNTIME.createSession(graph)) {
            return Objects.requireNonNull(
                    run(session, model, x, states(model.network().zeroState(x.batch())))
                            .get("output"));
        }
    }

    private static Map<String, float[]> run(OrtSession session, Model model, Sequences x, Map<String, float[]> states)
            throws OrtException {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        int[] tokens = x.tokens();
        if (tokens != null) {
            long[] ids = Arrays.stream(tokens).asLongStream().toArray();
            inputs.put("tokens", OnnxTensor.createTensor(RUNTIME, LongBuffer.wrap(ids), new long[] {x.steps(), x.batch()
            }));
        } else {
            long[] shape = {x.steps(), x.batch(), model.spec().inputWidth()};
            inputs.put(
                    "values",
                    OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(Objects.requireNonNull(x.values())), shape));
        }
        for (Map.Entry<String, float[]> state : states.entrySet()) {
            long width = model.network().state().part(state.getKey()).width();
            long directions = state.getValue().length / width / x.batch();
            inputs.put(state.getKey(), OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(state.getValue()), new long[] {
                directions, x.batch(), width
            }));
        }
        Map<String, float[]> outputs = new LinkedHashMap<>();
        try (OrtSession.Result result = session.run(inputs)) {
            for (Map.Entry<String, ai.onnxruntime.OnnxValue> entry : result) {
                FloatBuffer buffer = ((OnnxTensor) entry.getValue()).getFloatBuffer();
                float[] values = new float[buffer.remaining()];
                buffer.get(values);
                outputs.put(entry.getKey().replace("_next", ""), values);
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
        return outputs;
    }

    @Test
    void anOrderAboveOneIsRefusedWithTheReason() {
        Model model = Predictions.random(
                NetworkSpec.tokens(3).then(new Recurrent("rnn", 2).withOrder(3)).dense(3), 1);
        assertThatThrownBy(() -> OnnxModel.toBytes(model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order 3, which no standard operator computes");
    }

    @Test
    void sameModelGivesTheSameBytes() {
        Model model = Predictions.random(
                        NetworkSpec.tokens(3).recurrent("gru", 2).dense(3), 1)
                .withText("a", "1")
                .withText("b", "2");
        assertThat(OnnxModel.toBytes(model)).isEqualTo(OnnxModel.toBytes(model));
    }
}
