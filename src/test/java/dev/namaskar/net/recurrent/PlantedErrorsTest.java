package dev.namaskar.net.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.cells.Backflow;
import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.cells.Step;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Reduction;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SquaredError;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkInside;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.params.Slot;
import dev.namaskar.train.check.GradientCase;
import dev.namaskar.train.check.GradientCheck;
import dev.namaskar.train.check.GradientReport;
import dev.namaskar.train.check.Gradients;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes that people make in back-propagation, made on purpose: the gradient check finds every one. */
class PlantedErrorsTest {
    private static final int STEPS = 4;
    private static final int BATCH = 3;

    /** A cell, and what is done to its arrays after its right derivative. */
    static Stream<Arguments> wrongDerivatives() {
        return Stream.of(
                wrong("rnn", "missing factor 1 - h^2", (now, flow, was, j) -> now.gates[0][j] = flow.dh[j]),
                wrong("gru", "wrong sign in the reset gate", (now, flow, was, j) -> now.gates[0][j] *= -1),
                wrong("gru", "wrong sign in the update gate", (now, flow, was, j) -> now.gates[1][j] *= -1),
                wrong(
                        "gru",
                        "candidate's hidden gradient without reset",
                        (now, flow, was, j) -> now.candidate[j] = now.gates[2][j]),
                wrong("gru", "direct path dropped", (now, flow, was, j) -> flow.dCarry[j] = 0),
                wrong("lstm", "carry path dropped", (now, flow, was, j) -> flow.dCarry[j] = 0),
                wrong("lstm", "carry path without forget gate", (now, flow, was, j) -> flow.dCarry[j] /= was[1][j]),
                wrong(
                        "lstm",
                        "input gate's gradient for the forget gate's",
                        (now, flow, was, j) -> now.gates[1][j] = now.gates[0][j]),
                wrong("lstm", "wrong sign in the output gate", (now, flow, was, j) -> now.gates[3][j] *= -1),
                wrong("lstm", "output gate five percent short", (now, flow, was, j) -> now.gates[3][j] *= 0.95f));
    }

    private static Arguments wrong(String cell, String what, ChangeOne change) {
        return Arguments.of(cell, what, change);
    }

    /** Changes entry j of what a step's derivative wrote; {@code was} holds the gates' activations by gate. */
    interface ChangeOne {
        void apply(Step now, Backflow flow, float[][] was, int j);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrongDerivatives")
    void aWrongDerivativeOfACellIsFound(String name, String what, ChangeOne change) {
        Cell right = Cells.named(name);
        GradientCase clean = drawn(network(right));
        assertThat(new GradientCheck(clean, GemmLibrary.JAVA, 30).run().passed())
                .isTrue();
        GradientCase planted = drawn(network(new Spoiled(right, change)));

        assertFound(new GradientCheck(planted, GemmLibrary.JAVA, 30).run());
    }

    /** A cell with the right forward and a spoiled backward. */
    private record Spoiled(Cell right, ChangeOne change) implements Cell {
        @Override
        public String name() {
            return right.name();
        }

        @Override
        public int gates() {
            return right.gates();
        }

        @Override
        public int order() {
            return right.order();
        }

        @Override
        public List<String> carried() {
            return right.carried();
        }

        @Override
        public boolean candidateApart() {
            return right.candidateApart();
        }

        @Override
        public boolean carries() {
            return right.carries();
        }

        @Override
        public void forward(Step before, Step now, int size) {
            right.forward(before, now, size);
        }

        @Override
        public void backward(Step before, Step now, Backflow flow, int size) {
            float[][] was = Arrays.stream(now.gates).map(float[]::clone).toArray(float[][]::new);
            right.backward(before, now, flow, size);
            for (int j = 0; j < size; j++) {
                change.apply(now, flow, was, j);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn", "gru", "lstm"})
    void aRecurrentMatrixNotTransposedOnTheWayBackIsFound(String cell) {
        assertFound(spoiledWeights(cell, 1, (layer, values) -> {
            Slot slot = layer.recurrentWeights.get(0);
            for (int gate = 0; gate < slot.blocks(); gate++) {
                loaded(layer).recurrentTransposed[0][gate].load(values, slot.block(gate));
            }
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "lstm"})
    void oneGateTransposedIsFound(String cell) {
        assertFound(spoiledWeights(
                cell,
                1,
                (layer, values) -> loaded(layer)
                        .recurrentTransposed[0][1]
                        .load(values, layer.recurrentWeights.get(0).block(1))));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aLagForgottenOnTheWayBackIsFound(int order) {
        assertFound(spoiledWeights(
                "rnn",
                order,
                (layer, values) ->
                        loaded(layer).recurrentTransposed[order - 1][0].load(new float[values.length], 0)));
    }

    private static RecurrentWeights present;

    private static RecurrentWeights loaded(PlacedRecurrent layer) {
        assertThat(layer.recurrentWeights).hasSize(present.recurrent.length);
        return present;
    }

    /** Back-propagation over weights that somebody has laid a hand on after they were loaded. */
    private static GradientReport spoiledWeights(String cell, int order, BiConsumer<PlacedRecurrent, float[]> hand) {
        Network network = network(Cells.named(cell, order));
        GradientCase at = drawn(network);
        NetworkWeights weights = network.weights(GemmLibrary.JAVA);
        weights.load(at.params().values(), true);
        present = (RecurrentWeights) NetworkInside.weights(weights).get(0);
        hand.accept(
                (PlacedRecurrent) NetworkInside.layers(network).get(0),
                at.params().values());
        Pass pass = new Pass(network, weights, GemmLibrary.JAVA.open()).withInputGradients();
        Frames out =
                pass.forward(at.batch().sequences(), at.initial(), network.zeroState(BATCH), true, at.dropoutKey(), 0);
        new SequenceLoss(new SquaredError()).compute(out, at.batch().asTargets(), 1.0 / (STEPS * BATCH));
        float[] gradient = pass.backward().clone();
        Gradients analytic = new Gradients(
                gradient,
                pass.inputGradient().clone(),
                pass.initialStateGradient().copy());
        return new GradientCheck(at, GemmLibrary.JAVA, 30).compare(analytic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn", "gru", "lstm"})
    void aForgottenHiddenBiasIsFound(String cell) {
        Network network = network(Cells.named(cell));
        GradientCase at = drawn(network);
        GradientCheck check = new GradientCheck(at, GemmLibrary.JAVA, 30);
        Gradients wrong = check.backPropagated();
        Slot slot = network.params().slot("rnn.bias_hh_l0");
        Arrays.fill(wrong.params(), slot.offset(), slot.end(), 0);

        GradientReport report = check.compare(wrong);

        assertFound(report);
        assertThat(report.worstTensor().name()).isEqualTo("rnn.bias_hh_l0");
    }

    /** Each step's gradient taken for itself, the state carried over without it: what truncation does. */
    @ParameterizedTest
    @ValueSource(strings = {"rnn", "gru", "lstm"})
    void aGradientThatDoesNotFlowThroughTimeIsFound(String cell) {
        Network network = network(Cells.named(cell));
        GradientCase at = drawn(network);
        GradientCheck check = new GradientCheck(at, GemmLibrary.JAVA, 30);
        Gradients right = check.backPropagated();
        float[] summed = new float[right.params().length];
        float[] last = stepByStep(network, at, summed);

        assertFound(check.compare(new Gradients(summed, right.input(), right.initial())));
        assertFound(check.compare(new Gradients(last, right.input(), right.initial())));
    }

    /** Adds each step's gradient to {@code sum} and returns the last one. */
    private static float[] stepByStep(Network network, GradientCase at, float[] sum) {
        Pass pass = Pass.of(network, at.params().values(), GemmLibrary.JAVA, true);
        State state = at.initial().copy();
        float[] values = at.batch().sequences().values();
        float[] targets = at.batch().asTargets().values();
        int in = values.length / STEPS;
        int wanted = targets.length / STEPS;
        float[] gradient = sum;
        for (int t = 0; t < STEPS; t++) {
            Sequences step = Sequences.ofValues(1, BATCH, Arrays.copyOfRange(values, t * in, (t + 1) * in));
            Frames out = pass.forward(step, state, state, true, at.dropoutKey(), 0);
            Targets now = Targets.values(Arrays.copyOfRange(targets, t * wanted, (t + 1) * wanted));
            new SequenceLoss(new SquaredError()).compute(out, now, 1.0 / (STEPS * BATCH));
            gradient = pass.backward();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient[i];
            }
        }
        return gradient;
    }

    private static Network network(Cell cell) {
        return NetworkSpec.values(2).recurrent(cell, 3).dense(2).build();
    }

    private static GradientCase drawn(Network network) {
        return GradientCase.drawn(network, STEPS, BATCH, new SquaredError(), Reduction.MEAN, 11);
    }

    private static void assertFound(GradientReport report) {
        assertThat(report.worst()).as(() -> "worst: " + report.worstTensor()).isGreaterThan(1e-2);
        assertThat(report.passed()).isFalse();
    }
}
