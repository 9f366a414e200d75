package dev.namaskar.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clipping, decay and freezing. */
class TransformsTest {
    @Test
    void clippingByNormKeepsTheDirection() {
        SplitMix64 random = new SplitMix64(4);
        for (int trial = 0; trial < 50; trial++) {
            float[] gradient = normal(1 + random.nextInt(9000), random, Math.exp(6 * random.nextDouble() - 3));
            double norm = norm(gradient);
            Optimizer clipped = Optimizers.sgd(1).clipByGlobalNorm(2);
            float[] step = gradient.clone();
            OptimizerState state = clipped.init(step.length);
            clipped.update(new float[step.length], step, state);
            assertThat(state.gradientNorm()).isCloseTo(norm, within(1e-5 * norm));
            double factor = norm <= 2 ? 1 : 2 / norm;
            for (int i = 0; i < step.length; i++) {
                assertThat(step[i]).isCloseTo((float) (factor * gradient[i]), within(1e-5f * Math.abs(gradient[i])));
            }
        }
    }

    @Test
    void aShortGradientIsNotTouchedByClipping() {
        float[] gradient = {0.3f, -0.4f};
        Optimizer sgd = Optimizers.sgd(1).clipByGlobalNorm(0.51).clipByValue(0.45);
        sgd.update(new float[2], gradient, sgd.init(2));
        assertThat(gradient).containsExactly(0.3f, -0.4f);
    }

    @Test
    void clippingByValueCutsEachEntry() {
        float[] gradient = {0.3f, -7, 7, 0};
        Optimizer sgd = Optimizers.sgd(1).clipByValue(0.5);
        sgd.update(new float[4], gradient, sgd.init(4));
        assertThat(gradient).containsExactly(0.3f, -0.5f, 0.5f, 0);
    }

    @Test
    void decayCanLeaveBiasesOut() {
        Params params = params();
        Arrays.fill(params.values(), 1);
        for (boolean decoupled : new boolean[] {false, true}) {
            for (boolean biasesToo : new boolean[] {false, true}) {
                Params w = params.copy();
                Optimizer sgd = decoupled
                        ? Optimizers.sgd(0.5).decoupledWeightDecay(0.1, biasesToo)
                        : Optimizers.sgd(0.5).weightDecay(0.1, biasesToo);
                sgd.update(w.values(), new float[w.values().length], sgd.init(w));
                assertThat(w.get("rnn.weight_hh_l0")).containsOnly(0.95f);
                assertThat(w.get("head.weight")).containsOnly(0.95f);
                assertThat(w.get("rnn.bias_hh_l0")).containsOnly(biasesToo ? 0.95f : 1f);
                assertThat(w.get("head.bias")).containsOnly(biasesToo ? 0.95f : 1f);
            }
        }
    }

    @Test
    void recurrentWeightsDecayAtARateOfTheirOwn() {
        Params params = params();
        Arrays.fill(params.values(), 1);
        for (boolean decoupled : new boolean[] {false, true}) {
            for (double factor : new double[] {0, 0.5, 2}) {
                Params w = params.copy();
                Optimizer sgd = Optimizers.named(
                        "sgd",
                        Map.of(
                                "lr",
                                0.5,
                                "weight_decay",
                                0.1,
                                "decoupled_weight_decay",
                                decoupled,
                                "decay_biases",
                                false,
                                "recurrent_decay",
                                factor));
                sgd.update(w.values(), new float[w.values().length], sgd.init(w));
                assertThat(w.get("rnn.weight_hh_l0")).containsOnly((float) (1 - 0.05 * factor));
                assertThat(w.get("rnn.weight_ih_l0")).containsOnly(0.95f);
                assertThat(w.get("head.weight")).containsOnly(0.95f);
                assertThat(w.get("rnn.bias_hh_l0")).containsOnly(1f);
                assertThat(Optimizers.named("sgd", sgd.settings()).settings()).isEqualTo(sgd.settings());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.optim.OptimizerReferenceTest#names")
    void frozenSlotsNeverMoveAndOthersMoveAsWithoutThem(String name) {
        Params params = params();
        fill(params.values(), 5);
        Params frozen = params.copy();
        Optimizer plain = Optimizers.named(name, Map.of("weight_decay", 0.01));
        Optimizer freezing = plain.freeze("rnn.*_ih_*", "head.bias");
        OptimizerState plainState = plain.init(params);
        OptimizerState state = freezing.init(frozen);
        for (int step = 0; step < 5; step++) {
            plain.project(params.values(), plainState);
            freezing.project(frozen.values(), state);
            float[] gradient = new float[params.values().length];
            fill(gradient, 50 + step);
            float[] withPoison = gradient.clone();
            Arrays.fill(withPoison, 0, frozen.layout().slot("rnn.weight_ih_l0").end(), Float.NaN);
            plain.update(params.values(), gradient, plainState);
            freezing.update(frozen.values(), withPoison, state);
        }
        Params start = params();
        fill(start.values(), 5);
        for (String slot : new String[] {"rnn.weight_ih_l0", "rnn.bias_ih_l0", "head.bias"}) {
            assertThat(frozen.get(slot)).as(slot).containsExactly(start.get(slot));
        }
        for (String slot : new String[] {"rnn.weight_hh_l0", "rnn.bias_hh_l0", "head.weight"}) {
            assertThat(frozen.get(slot))
                    .as(slot)
                    .containsExactly(params.get(slot))
                    .isNotEqualTo(start.get(slot));
        }
    }

    @Test
    void frozenSlotsDoNotCountInTheNorm() {
        Params params = params();
        Optimizer sgd = Optimizers.sgd(1).clipByGlobalNorm(1).freeze("*weight*");
        OptimizerState state = sgd.init(params);
        float[] gradient = new float[params.values().length];
        Arrays.fill(gradient, 100);
        for (String name : new String[] {"rnn.bias_ih_l0", "rnn.bias_hh_l0", "head.bias"}) {
            Arrays.fill(
                    gradient,
                    params.layout().slot(name).offset(),
                    params.layout().slot(name).end(),
                    0.25f);
        }
        sgd.update(params.values(), gradient, state);
        assertThat(state.gradientNorm()).isCloseTo(0.25 * Math.sqrt(6 + 6 + 2), within(1e-6));
    }

    @Test
    void aPatternThatFitsNoSlotIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizers.sgd(1).freeze("encoder.*").init(params()))
                .withMessageContaining("\"encoder.*\"")
                .withMessageContaining("rnn.weight_hh_l0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizers.sgd(1).freeze("rnn.*", "*").init(params()))
                .withMessage("the patterns [rnn.*, *] freeze every slot; nothing is left to learn");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizers.sgd(1).freeze("head.*").init(7))
                .withMessageContaining("init(Params)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizers.sgd(1).weightDecay(0.1, false).init(7))
                .withMessageContaining("init(Params)");
    }

    @Test
    void dotsInPatternsAreDots() {
        ParamLayout layout = new ParamLayout();
        layout.add("a.b", Role.DENSE, 1, 1, 1);
        layout.add("axb", Role.DENSE, 1, 1, 1);
        Params params = Params.zeros(layout);
        Optimizer sgd = Optimizers.sgd(1).freeze("a.?");
        sgd.update(params.values(), new float[] {1, 1}, sgd.init(params));
        assertThat(params.values()).containsExactly(0, -1);
    }

    @Test
    void aGradientThatIsNoNumberStopsAClippedUpdateBeforeItBegins() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            Params params = params();
            fill(params.values(), 5);
            Optimizer adam = Optimizers.adam(1e-3).clipByGlobalNorm(5);
            OptimizerState state = adam.init(params);
            float[] gradient = new float[params.values().length];
            adam.update(params.values(), gradient, state);
            float[] before = params.values().clone();
            gradient[params.layout().slot("head.bias").offset() + 1] = bad;
            assertThatExceptionOfType(NonFiniteGradientException.class)
                    .isThrownBy(() -> adam.update(params.values(), gradient, state))
                    .withMessageContaining("found " + bad + " at slot \"head.bias\"[1] in update 2")
                    .satisfies(e -> assertThat(e.index())
                            .isEqualTo(params.layout().slot("head.bias").offset() + 1));
            assertThat(params.values()).containsExactly(before);
            assertThat(state.step()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.optim.OptimizerReferenceTest#names")
    void withoutClippingNoNumberStaysWhereItIs(String name) {
        Optimizer optimizer = Optimizers.named(name);
        float[] w = {1, 1, 1};
        OptimizerState state = optimizer.init(3);
        optimizer.project(w, state);
        optimizer.update(w, new float[] {1, Float.NaN, 1}, state);
        assertThat(w[0]).isFinite().isLessThan(1);
        assertThat(w[1]).isNaN();
        assertThat(w[2]).isEqualTo(w[0]);
    }

    @Test
    void hugeAndTinyGradientsStillHaveANorm() {
        Optimizer sgd = Optimizers.sgd(1).clipByGlobalNorm(1);
        OptimizerState state = sgd.init(2);
        float[] w = new float[2];
        sgd.update(w, new float[] {3e30f, 4e30f}, state);
        assertThat(state.gradientNorm()).isCloseTo(5e30, within(1e24));
        assertThat(w[0]).isCloseTo(-0.6f, within(1e-6f));
        sgd.update(w, new float[] {3e-30f, 4e-30f}, state);
        assertThat(state.gradientNorm()).isCloseTo(5e-30, within(1e-36));
    }

    private static Params params() {
        ParamLayout layout = new ParamLayout();
        layout.add("rnn.weight_ih_l0", Role.INPUT, 2, 5, 3);
        layout.add("rnn.weight_hh_l0", Role.RECURRENT, 2, 3, 3);
        layout.add("rnn.bias_ih_l0", Role.BIAS, 2, 1, 3);
        layout.add("rnn.bias_hh_l0", Role.BIAS, 2, 1, 3);
        layout.add("head.weight", Role.DENSE, 1, 3, 2);
        layout.add("head.bias", Role.BIAS, 1, 1, 2);
        return Params.zeros(layout);
    }

    private static void fill(float[] values, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
    }

    private static float[] normal(int size, SplitMix64 random, double scale) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
