package dev.namaskar.net.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Energy;
import dev.namaskar.losses.Reduction;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Beside;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.batch.BatchSource;
import dev.namaskar.train.check.GradientCase;
import dev.namaskar.train.check.GradientCheck;
import dev.namaskar.train.check.GradientReport;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines so small that all their states can be gone through, one by one. */
class BoltzmannTest {
    private static final int V = 4;
    private static final int H = 3;
    private static final int STATES = 1 << V;

    private final Network network =
            NetworkSpec.values(V).then(new Boltzmann(V, H, 1, false)).build();
    private final Params params = drawn(network, 1);

    private static Params drawn(Network network, long seed) {
        Params params = Params.zeros(network.params());
        SplitMix64 random = new SplitMix64(seed);
        for (int i = 0; i < params.values().length; i++) {
            params.values()[i] = (float) random.nextGaussian();
        }
        return params;
    }

    private static int bit(int state, int unit) {
        return state >> unit & 1;
    }

    /** {@code -log sum_h e^(b'v + c'h + v'Wh)}, every h in turn. */
    private static double freeEnergy(Params params, double[] b, double[] c, int v) {
        float[] w = params.get("boltzmann0.weight");
        double sum = 0;
        for (int h = 0; h < 1 << H; h++) {
            double minusEnergy = 0;
            for (int i = 0; i < V; i++) {
                minusEnergy += b[i] * bit(v, i);
                for (int j = 0; j < H; j++) {
                    minusEnergy += bit(v, i) * w[i * H + j] * bit(h, j);
                }
            }
            for (int j = 0; j < H; j++) {
                minusEnergy += c[j] * bit(h, j);
            }
            sum += Math.exp(minusEnergy);
        }
        return -Math.log(sum);
    }

    private static double freeEnergy(Params params, int v) {
        return freeEnergy(
                params,
                doubles(params.get("boltzmann0.visible_bias")),
                doubles(params.get("boltzmann0.hidden_bias")),
                v);
    }

    private static double logPartition(Params params) {
        double sum = 0;
        for (int v = 0; v < STATES; v++) {
            sum += Math.exp(-freeEnergy(params, v));
        }
        return Math.log(sum);
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static float[] units(int... states) {
        float[] units = new float[states.length * V];
        for (int row = 0; row < states.length; row++) {
            for (int i = 0; i < V; i++) {
                units[row * V + i] = bit(states[row], i);
            }
        }
        return units;
    }

    private static int[] allStates() {
        int[] all = new int[STATES];
        Arrays.setAll(all, v -> v);
        return all;
    }

    @Test
    void putsOutTheFreeEnergy() {
        for (GemmLibrary library : GemmLibrary.available()) {
            Pass pass = Pass.of(network, params.values(), library, false);
            Frames out = pass.predict(Sequences.ofValues(1, STATES, units(allStates())), network.zeroState(STATES));
            for (int v = 0; v < STATES; v++) {
                assertThat((double) out.values()[v]).isCloseTo(freeEnergy(params, v), within(2e-6));
            }
        }
    }

    @Test
    void annealingFindsThePartitionFunction() {
        BoltzmannMachine machine = new BoltzmannMachine(params, GemmLibrary.JAVA);
        float[] conditions = new float[3 * (V + H)];
        SplitMix64 random = new SplitMix64(3);
        for (int i = V + H; i < conditions.length; i++) {
            conditions[i] = (float) random.nextGaussian();
        }
        double[] logs = machine.logPartition(conditions, 400, 200, 5);

        assertThat(logs[0]).isCloseTo(logPartition(params), within(0.005));
        for (int row = 0; row < 3; row++) {
            double[] b = doubles(params.get("boltzmann0.visible_bias"));
            double[] c = doubles(params.get("boltzmann0.hidden_bias"));
            for (int i = 0; i < V; i++) {
                b[i] += conditions[row * (V + H) + i];
            }
            for (int j = 0; j < H; j++) {
                c[j] += conditions[row * (V + H) + V + j];
            }
            double sum = 0;
            for (int v = 0; v < STATES; v++) {
                sum += Math.exp(-freeEnergy(params, b, c, v));
            }
            assertThat(logs[row]).isCloseTo(Math.log(sum), within(0.005));
        }
    }

    /** A long chain of every state: as often as it is probable. */
    @Test
    void samplesHaveTheProbabilitiesOfStates() {
        int rows = 40_000;
        float[] visible = new float[rows * V];
        new BoltzmannMachine(params, GemmLibrary.JAVA).sample(visible, new float[rows * (V + H)], 60, 9);
        double[] counted = new double[STATES];
        for (int row = 0; row < rows; row++) {
            int state = 0;
            for (int i = 0; i < V; i++) {
                state |= visible[row * V + i] > 0 ? 1 << i : 0;
            }
            counted[state] += 1.0 / rows;
        }
        double log = logPartition(params);
        for (int v = 0; v < STATES; v++) {
            double p = Math.exp(-freeEnergy(params, v) - log);
            assertThat(counted[v]).as("state " + v).isCloseTo(p, within(4 * Math.sqrt(p / rows) + 1e-4));
        }
    }

    /** With samples that have forgotten where they began, the gradient is that of -log p, which the states give. */
    @Test
    void theGradientOfManyStepsIsThatOfTheLikelihood() {
        int rows = 30_000;
        Network many =
                NetworkSpec.values(V).then(new Boltzmann(V, H, 40, false)).build();
        Pass pass = Pass.of(many, params.values(), GemmLibrary.JAVA, true);
        int[] states = new int[rows];
        Arrays.setAll(states, row -> row % 3 == 0 ? 5 : 10);
        Frames out = pass.forward(
                Sequences.ofValues(1, rows, units(states)), many.zeroState(rows), many.zeroState(rows), true, 7, 0);
        Arrays.fill(out.gradients(), 0, rows, 1f / rows);
        float[] gradient = pass.backward();

        for (int i = 0; i < gradient.length; i++) {
            double exact = (negativeLogLikelihood(i, 1e-3f) - negativeLogLikelihood(i, -1e-3f)) / 2e-3;
            assertThat((double) gradient[i]).as("parameter " + i).isCloseTo(exact, within(0.012));
        }
    }

    private double negativeLogLikelihood(int parameter, float change) {
        Params moved = params.copy();
        moved.values()[parameter] += change;
        return freeEnergy(moved, 5) / 3 + 2 * freeEnergy(moved, 10) / 3 + logPartition(moved);
    }

    @ParameterizedTest
    @CsvSource({"1,false", "3,false", "2,true"})
    void gradientsAgreeWithDifferences(int gibbs, boolean persistent) {
        NetworkSpec alone =
                NetworkSpec.values(3).dense(V, Activation.SIGMOID).then(new Boltzmann(V, H, gibbs, persistent));
        clean(GradientCase.drawn(alone.build(), 1, 5, new Energy(), Reduction.MEAN, 2));
        if (!persistent) {
            NetworkSpec conditional = NetworkSpec.values(2 + V)
                    .then(new Beside(2, new Recurrent("gru", 3), new Dense(V + H, Activation.IDENTITY)))
                    .then(new Boltzmann(V, H, gibbs, false));
            clean(GradientCase.drawn(conditional.build(), 4, 3, new Energy(), Reduction.MEAN, 3, 4, 0, 2));
        }
    }

    private static void clean(GradientCase at) {
        GradientReport report = new GradientCheck(at, GemmLibrary.JAVA, 30).run();
        assertThat(report.passed()).as(() -> "worst: " + report.worstTensor()).isTrue();
        assertThat(report.unresolved()).isLessThanOrEqualTo(report.checked() / 5);
    }

    /** A sample depends on the row's place in the whole batch alone, not on what it is computed with. */
    @Test
    void samplesAreTheSameInShards() {
        Sequences whole = Sequences.ofValues(1, 6, units(1, 2, 3, 4, 5, 6));
        Pass pass = Pass.of(network, params.values(), GemmLibrary.JAVA, true);
        float[] together = Arrays.copyOf(
                pass.forward(whole, network.zeroState(6), network.zeroState(6), true, 11, 0)
                        .values(),
                6);
        for (int from = 0; from < 6; from += 2) {
            Sequences part = Sequences.ofValues(1, 2, units(from + 1, from + 2));
            Frames out = pass.forward(part, network.zeroState(2), network.zeroState(2), true, 11, from);
            assertThat(out.values()[0]).isEqualTo(together[from]);
            assertThat(out.values()[1]).isEqualTo(together[from + 1]);
        }
        assertThat(pass.forward(whole, network.zeroState(6), network.zeroState(6), true, 12, 0)
                        .values())
                .isNotEqualTo(together);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void learnsADistribution(boolean persistent) {
        Network machine = NetworkSpec.values(V)
                .then(new Boltzmann(V, H, persistent ? 1 : 5, persistent))
                .build();
        int[] seen = {3, 12, 3, 12, 3, 12, 6, 9};
        BatchShape shape = BatchShape.values(BatchShape.Sequence.values(1, V), 1);
        BatchSource source = BatchSource.stream(
                shape,
                seen.length,
                (number, into) -> System.arraycopy(units(seen), 0, into.values, 0, seen.length * V));
        Params learnt = machine.initialize(1);
        double before = likelihood(learnt, seen);
        try (Trainer trainer = Trainer.of(machine, learnt, Optimizers.adam(0.02), source, Energy::new, 1)) {
            while (trainer.steps() < 1500) {
                trainer.step();
            }
        }
        // three eighths twice and an eighth twice have an entropy of 1.26
        assertThat(before).isCloseTo(-V * Math.log(2), within(0.01));
        assertThat(likelihood(learnt, seen)).isGreaterThan(-1.6);
    }

    private static double likelihood(Params params, int[] states) {
        return Arrays.stream(states)
                        .mapToDouble(v -> -freeEnergy(params, v))
                        .average()
                        .orElseThrow()
                - logPartition(params);
    }

    @Test
    void persistentSamplesAreStateAndGoOnInTrainingAlone() {
        Network machine =
                NetworkSpec.values(V).then(new Boltzmann(V, H, 2, true)).build();
        Pass pass = Pass.of(machine, params.values(), GemmLibrary.JAVA, true);
        State state = machine.zeroState(3);
        state.set("boltzmann0.sample", units(5, 6, 7));
        float[] before = state.values().clone();

        pass.predict(Sequences.ofValues(1, 3, units(1, 2, 3)), state);
        assertThat(state.values()).isEqualTo(before);
        State moved = machine.zeroState(3);
        pass.forward(Sequences.ofValues(1, 3, units(1, 2, 3)).withLengths(1, 0, 1), state, moved, true, 4, 0);
        assertThat(Arrays.copyOfRange(moved.values(), V, 2 * V)).isEqualTo(units(6));
        assertThat(moved.values()).isNotEqualTo(before).containsOnly(0f, 1f);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.forward(
                        Sequences.ofValues(2, 1, units(1, 2)), machine.zeroState(1), machine.zeroState(1), true, 4, 0))
                .withMessageContaining("expected rows of one step");
    }

    @Test
    void refusesWidthsThatMeanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSpec.values(V + 1)
                        .then(new Boltzmann(V, H, 1, false))
                        .build())
                .withMessageContaining("expected 4 visible units of a boltzmann layer, or 11 values")
                .withMessageContaining("found 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Boltzmann(V, H, 0, false))
                .withMessageContaining("gibbs");
    }
}
