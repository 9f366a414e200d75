package dev.namaskar.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.namaskar.cells.Cells;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SquaredError;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.CausalConvolution;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Ensemble;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.GatedFeedForward;
import dev.namaskar.net.layers.Normalization;
import dev.namaskar.net.layers.Residual;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Params;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every network, whatever its numbers. */
class PropertiesTest {
    private static final int WIDTH = 3;
    private static final float SMALL = 2e-6f;

    /** Causal networks: what a state is carried through. */
    static Stream<NetworkSpec> causal() {
        return Stream.concat(
                Cells.all().stream()
                        .map(cell -> NetworkSpec.values(WIDTH)
                                .recurrent(cell.name(), 5)
                                .recurrent(cell.name(), 4)
                                .dense(2)),
                Stream.of(
                        NetworkSpec.values(WIDTH)
                                .then(new Recurrent("rnn", 4).withOrder(3))
                                .dense(2),
                        NetworkSpec.values(WIDTH)
                                .then(new CausalConvolution(4))
                                .dense(4)
                                .then(new Residual(
                                        Normalization.rms(), new Recurrent("sru", 4), new CausalConvolution(2)))
                                .then(new Residual(Normalization.layer(), new GatedFeedForward(6, Activation.SIGMOID)))
                                .dense(2),
                        NetworkSpec.values(WIDTH)
                                .dense(4, Activation.TANH)
                                .recurrent("gru", 3)
                                .dense(2),
                        NetworkSpec.values(WIDTH)
                                .then(new Ensemble(3, new Recurrent("lstm", 4), new Dense(3, Activation.IDENTITY)))
                                .recurrent("gru", 2)));
    }

    static Stream<NetworkSpec> all() {
        return Stream.concat(
                causal(),
                Stream.of(
                        NetworkSpec.values(WIDTH)
                                .bidirectional("lstm", 4, Merge.CONCATENATE)
                                .bidirectional("gru", 3, Merge.SUM)
                                .dense(2),
                        NetworkSpec.values(WIDTH)
                                .bidirectional("rnn", 4, Merge.MULTIPLY)
                                .lastStep()
                                .dense(2),
                        NetworkSpec.values(WIDTH)
                                .bidirectional("gru", 3, Merge.CONCATENATE)
                                .bothEnds()
                                .dense(2),
                        NetworkSpec.values(WIDTH)
                                .recurrent("rnn", 4)
                                .meanOverSteps()
                                .dense(2),
                        NetworkSpec.values(WIDTH)
                                .recurrent("lstm", 4)
                                .maximumOverSteps()
                                .dense(2)));
    }

    @ParameterizedTest
    @MethodSource("causal")
    void tenStepsAreFiveAndFiveAndTenTimesOne(NetworkSpec spec) {
        Network network = spec.build();
        Params params = network.initialize(1);
        float[] x = values(10 * 2, 1);
        State whole = state(network, 2, 3);
        State inFives = whole.copy();
        State inOnes = whole.copy();
        Pass pass = Pass.of(network, params.values(), GemmLibrary.JAVA, false);
        float[] expected = output(pass.predict(Sequences.ofValues(10, 2, x), whole));

        assertSame(expected, chunks(pass, x, inFives, 5));
        assertSame(expected, chunks(pass, x, inOnes, 1));
        assertSame(whole.values(), inFives.values());
        assertSame(whole.values(), inOnes.values());
    }

    private static float[] chunks(Pass pass, float[] x, State state, int steps) {
        float[] all = new float[0];
        int size = steps * 2 * WIDTH;
        for (int at = 0; at < x.length; at += size) {
            float[] next =
                    output(pass.predict(Sequences.ofValues(steps, 2, Arrays.copyOfRange(x, at, at + size)), state));
            float[] longer = Arrays.copyOf(all, all.length + next.length);
            System.arraycopy(next, 0, longer, all.length, next.length);
            all = longer;
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("all")
    void whateverStandsInThePaddingChangesNothing(NetworkSpec spec) {
        int[] lengths = {4, 0, 2, 1};
        for (GemmLibrary library : GemmLibrary.available()) {
            Run clean = new Run(spec, library, padded(lengths, 0f), lengths);
            for (float garbage : new float[] {1e30f, Float.POSITIVE_INFINITY, Float.NaN}) {
                Run dirty = new Run(spec, library, padded(lengths, garbage), lengths);
                assertThat(dirty.realOutput).isEqualTo(clean.realOutput);
                assertThat(dirty.end.values()).isEqualTo(clean.end.values());
                assertThat(dirty.gradient).isEqualTo(clean.gradient);
                assertThat(dirty.dInput).isEqualTo(clean.dInput);
                assertThat(dirty.dInitial).isEqualTo(clean.dInitial);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aShortRowIsWhatItIsAlone(NetworkSpec spec) {
        int[] lengths = {4, 0, 2, 1};
        Run together = new Run(spec, GemmLibrary.JAVA, padded(lengths, 9f), lengths);
        Network network = spec.build();
        Pass pass = Pass.of(network, network.initialize(1).values(), GemmLibrary.JAVA, false);
        State end = state(network, 4, 5).rows(2, 3);
        float[] x = new float[2 * WIDTH];
        for (int t = 0; t < 2; t++) {
            System.arraycopy(padded(lengths, 9f), (t * 4 + 2) * WIDTH, x, t * WIDTH, WIDTH);
        }

        float[] alone = output(pass.predict(Sequences.ofValues(2, 1, x), end));

        assertSame(end.values(), together.end.rows(2, 3).values());
        float[] row = together.row(2, together.lastStep ? 1 : 2);
        assertSame(alone, row);
    }

    @Test
    void paddedTokensNeedNotExist() {
        Network network =
                NetworkSpec.tokens(4).embedding(2).recurrent("gru", 3).dense(2).build();
        Pass pass = Pass.of(network, network.initialize(1).values(), GemmLibrary.JAVA, false);
        State a = network.zeroState(2);
        State b = network.zeroState(2);

        float[] clean = output(pass.predict(Sequences.ofTokens(2, 2, 1, 2, 3, 0).withLengths(2, 1), a));
        float[] dirty =
                output(pass.predict(Sequences.ofTokens(2, 2, 1, 2, 3, -1).withLengths(2, 1), b));

        assertThat(dirty).isEqualTo(clean);
        assertThat(a.values()).isEqualTo(b.values());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.predict(Sequences.ofTokens(2, 2, 1, 2, 3, 4), a))
                .withMessage("expected token ids of 0 to 3, found 4 at step 1, row 1");
    }

    @ParameterizedTest
    @MethodSource("all")
    void permutingTheBatchPermutesTheResult(NetworkSpec spec) {
        int[] order = {2, 0, 3, 1};
        int[] lengths = {4, 3, 2, 1};
        float[] x = padded(lengths, 0f);
        float[] permuted = new float[x.length];
        int[] permutedLengths = new int[4];
        for (int b = 0; b < 4; b++) {
            permutedLengths[b] = lengths[order[b]];
            for (int t = 0; t < 4; t++) {
                System.arraycopy(x, (t * 4 + order[b]) * WIDTH, permuted, (t * 4 + b) * WIDTH, WIDTH);
            }
        }
        Network network = spec.build();
        Pass pass = Pass.of(network, network.initialize(1).values(), GemmLibrary.JAVA, false);
        State state = state(network, 4, 5);
        State permutedState = network.zeroState(4);
        for (int b = 0; b < 4; b++) {
            state.copyRows(order[b], 1, permutedState, b);
        }

        Frames out = pass.predict(Sequences.ofValues(4, 4, x).withLengths(lengths), state);
        int steps = out.steps();
        float[] first = output(out);
        float[] second =
                output(pass.predict(Sequences.ofValues(4, 4, permuted).withLengths(permutedLengths), permutedState));

        for (int b = 0; b < 4; b++) {
            assertThat(permutedState.rows(b, b + 1).values())
                    .isEqualTo(state.rows(order[b], order[b] + 1).values());
            for (int t = 0; t < steps; t++) {
                int from = (t * 4 + order[b]) * 2;
                int to = (t * 4 + b) * 2;
                assertThat(Arrays.copyOfRange(second, to, to + 2)).isEqualTo(Arrays.copyOfRange(first, from, from + 2));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void buffersThatServedALargerBatchServeASmallerOne(NetworkSpec spec) {
        for (GemmLibrary library : GemmLibrary.available()) {
            Network network = spec.build();
            float[] params = network.initialize(1).values();
            Pass used = Pass.of(network, params, library, true).withInputGradients();
            step(used, network, 6, 5);
            step(used, network, 1, 7);
            Pass fresh = Pass.of(network, params, library, true).withInputGradients();

            assertThat(step(used, network, 3, 2)).isEqualTo(step(fresh, network, 3, 2));
            assertThat(used.inputGradient()).startsWith(Arrays.copyOf(fresh.inputGradient(), 3 * 2 * WIDTH));
            assertThat(used.initialStateGradient().values())
                    .isEqualTo(fresh.initialStateGradient().values());
        }
    }

    private static float[] step(Pass pass, Network network, int steps, int batch) {
        State state = state(network, batch, 8);
        Frames out = pass.forward(Sequences.ofValues(steps, batch, values(steps * batch, 4)), state, state, true, 1, 0);
        float[] targets = new float[out.size()];
        new SequenceLoss(new SquaredError()).compute(out, Targets.values(targets), 1);
        return pass.backward().clone();
    }

    @Test
    void passesShareWeightsAndLeaveThemAsTheyAre() {
        Network network =
                NetworkSpec.values(WIDTH).recurrent("lstm", 4).dense(2).build();
        Params params = network.initialize(1);
        float[] before = params.values().clone();
        NetworkWeights weights = network.weights(GemmLibrary.JAVA);
        weights.load(params.values(), false);
        Pass first = new Pass(network, weights, GemmLibrary.JAVA.open());
        Pass second = new Pass(network, weights, GemmLibrary.JAVA.open());
        State initial = state(network, 1, 2);
        float[] stateBefore = initial.values().clone();
        Sequences x = Sequences.ofValues(3, 1, values(3, 6));

        float[] expected = output(first.forward(x, initial, network.zeroState(1), false, 0, 0));
        second.predict(Sequences.ofValues(3, 1, values(3, 7)), network.zeroState(1));
        float[] again = output(second.forward(x, initial, network.zeroState(1), false, 0, 0));

        assertThat(again).isEqualTo(expected);
        assertThat(params.values()).isEqualTo(before);
        assertThat(initial.values())
                .as("forward changes only the state it is told to")
                .isEqualTo(stateBefore);
    }

    @Test
    void predictingAllocatesNextToNothing() {
        Network network = NetworkSpec.tokens(20)
                .embedding(8)
                .recurrent("gru", 16)
                .recurrent("lstm", 16)
                .dense(20)
                .build();
        Pass pass = network.predictor(network.initialize(1));
        State state = network.zeroState(1);
        Sequences x = Sequences.ofTokens(1, 1, 3);
        for (int i = 0; i < 2000; i++) {
            pass.predict(x, state);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        int calls = 2000;
        for (int i = 0; i < calls; i++) {
            pass.predict(x, state);
        }
        long perCall = (threads.getThreadAllocatedBytes(self) - before) / calls;

        // the record of the call itself, and iterators that the interpreter does not elide; no array
        assertThat(perCall).isLessThan(256);
    }

    @Test
    void statesOfAnotherShapeAreNamedWithTheirShapes() {
        Network network = NetworkSpec.values(WIDTH).recurrent("lstm", 4).build();
        Network other = NetworkSpec.values(WIDTH).recurrent("lstm", 5).build();
        Pass pass = network.predictor(network.initialize(1));
        Sequences x = Sequences.ofValues(1, 2, values(2, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.predict(x, network.zeroState(3)))
                .withMessage("expected a state of 2 rows, found one of 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.forward(x, network.zeroState(2), network.zeroState(1), false, 0, 0))
                .withMessage("expected a state of 2 rows, found one of 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.predict(x, other.zeroState(2)))
                .withMessageContaining(
                        "expected a state of h_l0 [2,4], c_l0 [2,4], found one of h_l0 [2,5], c_l0 [2,5]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.predict(Sequences.ofValues(2, 2, new float[6]), network.zeroState(2)))
                .withMessage("expected [T=2,B=2,F=3] = 12 values, found 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.predict(Sequences.ofTokens(1, 1, 0), network.zeroState(1)))
                .withMessage("expected values, found token ids");
        // the same network built twice has states that fit
        pass.predict(x, network.spec().build().zeroState(2));
    }

    @Test
    void sequencesCheckTheirShapes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sequences.ofTokens(-1, 2))
                .withMessageContaining("[T=-1,B=2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sequences.ofTokens(1 << 16, 1 << 16, 0))
                .withMessageContaining("token ids, found 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sequences.ofTokens(2, 2, 0, 0, 0, 0).withLengths(2, 3))
                .withMessage("expected lengths of 0 to 2, found 3 in row 1");
        int[] lengths = {1, 2};
        Sequences x = Sequences.ofTokens(2, 2, 0, 0, 0, 0).withLengths(lengths);
        lengths[0] = 5;
        Network network = NetworkSpec.tokens(2).recurrent("rnn", 2).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.predictor(network.initialize(1)).predict(x, network.zeroState(2)))
                .withMessage("expected lengths of 0 to 2, found 5 in row 0");
    }

    @Test
    void noStepsLeaveTheStateAsItIs() {
        for (GemmLibrary library : GemmLibrary.available()) {
            Network network = NetworkSpec.values(WIDTH)
                    .recurrent("gru", 3)
                    .recurrent("lstm", 2)
                    .build();
            Pass pass = Pass.of(network, network.initialize(1).values(), library, true);
            State initial = state(network, 2, 3);
            State end = network.zeroState(2);

            Frames out = pass.forward(Sequences.ofValues(0, 2), initial, end, true, 0, 0);

            assertThat(out.size()).isZero();
            assertThat(end.values()).isEqualTo(initial.values());
            assertThat(pass.backward()).containsOnly(0f);
        }
    }

    @Test
    void backwardWantsAForwardEachTime() {
        Network network = NetworkSpec.values(WIDTH).recurrent("rnn", 3).build();
        Pass pass = Pass.of(network, network.initialize(1).values(), GemmLibrary.JAVA, true);
        assertThatIllegalStateException().isThrownBy(pass::backward).withMessageContaining("forward before");
        step(pass, network, 2, 2);
        assertThatIllegalStateException().isThrownBy(pass::backward).withMessageContaining("forward before");
    }

    private static void assertSame(float[] expected, float[] found) {
        assertThat(found.length).isEqualTo(expected.length);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(SMALL));
        }
    }

    private static float[] output(Frames out) {
        return Arrays.copyOfRange(out.values(), out.at(), out.at() + out.size());
    }

    static float[] values(int rows, long seed) {
        Random random = new Random(seed);
        float[] x = new float[rows * WIDTH];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    static State state(Network network, int batch, long seed) {
        Random random = new Random(seed);
        State state = network.zeroState(batch);
        for (int i = 0; i < state.values().length; i++) {
            state.values()[i] = random.nextFloat() - 0.5f;
        }
        return state;
    }

    /** {@code [4,4,WIDTH]}, with the same number everywhere in the padding. */
    private static float[] padded(int[] lengths, float garbage) {
        float[] x = values(4 * 4, 2);
        for (int b = 0; b < 4; b++) {
            for (int t = lengths[b]; t < 4; t++) {
                Arrays.fill(x, (t * 4 + b) * WIDTH, (t * 4 + b + 1) * WIDTH, garbage);
            }
        }
        return x;
    }

    /** One forward and backward over a ragged batch of four steps and four rows. */
    private static final class Run {
        final float[] realOutput;
        final State end;
        final float[] gradient;
        final float[] dInput;
        final float[] dInitial;
        final boolean lastStep;
        private final int width;

        Run(NetworkSpec spec, GemmLibrary library, float[] x, int[] lengths) {
            Network network = spec.build();
            Pass pass = Pass.of(network, network.initialize(1).values(), library, true)
                    .withInputGradients();
            end = network.zeroState(4);
            Sequences sequences = Sequences.ofValues(4, 4, x).withLengths(lengths);
            Frames out = pass.forward(sequences, state(network, 4, 5), end, true, 1, 0);
            width = out.width();
            lastStep = out.steps() == 1;
            realOutput = output(out);
            for (int row = 0; row < out.steps() * 4; row++) {
                if (out.lengths() != null && row / 4 >= lengths[row % 4]) {
                    Arrays.fill(realOutput, row * width, (row + 1) * width, 0);
                }
            }
            float[] targets = new float[out.size()];
            new SequenceLoss(new SquaredError()).compute(out, Targets.values(targets), 0.1);
            gradient = pass.backward().clone();
            dInput = pass.inputGradient().clone();
            dInitial = pass.initialStateGradient().values().clone();
        }

        float[] row(int b, int steps) {
            float[] row = new float[steps * width];
            for (int t = 0; t < steps; t++) {
                System.arraycopy(realOutput, (t * 4 + b) * width, row, t * width, width);
            }
            return row;
        }
    }
}
