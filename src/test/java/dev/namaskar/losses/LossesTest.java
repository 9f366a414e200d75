package dev.namaskar.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and gradients of every loss against formulas in double, at everyday and at extreme outputs. */
class LossesTest {
    private static final MathContext DIGITS = new MathContext(60);

    static Stream<String> names() {
        return Losses.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void valuesAndGradientsAgreeWithFormulas(String name) {
        Loss loss = Losses.named(name);
        Random random = new Random(name.length());
        for (int width : new int[] {3, 6, 39, 300}) {
            int rows = 1 + random.nextInt(20);
            int at = random.nextInt(4);
            int firstRow = random.nextInt(3);
            float[] y = normal(at + rows * width, 3, random);
            float[] dy = new float[y.length];
            Targets targets = targets(loss, firstRow + rows, width, random);
            float[] weights = new float[firstRow + rows];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = i % 3 == 2 ? 0 : 0.25f + random.nextFloat();
            }
            double[] values = new double[weights.length];

            loss.compute(y, dy, at, rows, width, targets, firstRow, weights, values);

            double[] wide = new double[(firstRow + rows) * width];
            for (int i = 0; i < rows * width; i++) {
                wide[firstRow * width + i] = y[at + i];
            }
            for (int row = firstRow; row < firstRow + rows; row++) {
                double expected = weights[row] == 0 ? 0 : NaiveLosses.row(name, wide, row, width, targets);
                assertThat(values[row]).isCloseTo(expected, within(1e-6 * Math.max(1, expected)));
                for (int k = 0; k < 5; k++) {
                    int j = random.nextInt(width);
                    double slope = weights[row] * difference(name, wide, row, row * width + j, width, targets);
                    float found = dy[at + (row - firstRow) * width + j];
                    assertThat((double) found).isCloseTo(slope, within(2e-6));
                }
            }
        }
    }

    private static double difference(String name, double[] y, int row, int index, int width, Targets targets) {
        double h = 1e-6;
        double centre = y[index];
        y[index] = centre + h;
        double above = NaiveLosses.row(name, y, row, width, targets);
        y[index] = centre - h;
        double below = NaiveLosses.row(name, y, row, width, targets);
        y[index] = centre;
        return (above - below) / (2 * h);
    }

    @Test
    void softmaxCrossEntropyHoldsToSixtyDigits() {
        float[] y = {80, -80, 0, 79.5f};
        double found = one(new SoftmaxCrossEntropy(), y, Targets.classes(1));

        BigDecimal sum = BigDecimal.ZERO;
        for (float logit : y) {
            sum = sum.add(exp(new BigDecimal(logit)), DIGITS);
        }
        // log(sum) - (-80): 160 + log(sum e^-80)
        BigDecimal scaled = sum.divide(exp(new BigDecimal(80)), DIGITS);
        assertThat(found).isCloseTo(160 + StrictMath.log(scaled.doubleValue()), within(1e-6));
    }

    @Test
    void extremeLogitsGiveFiniteLossesAndGradients() {
        for (float extreme : new float[] {80, 1e4f, 1e30f, Float.MAX_VALUE}) {
            float[] y = {extreme, -extreme, 0};
            for (int target = 0; target < 3; target++) {
                float[] dy = new float[3];
                double[] value = new double[1];
                new SoftmaxCrossEntropy().compute(y, dy, 0, 1, 3, Targets.classes(target), 0, new float[] {1}, value);
                assertThat(value[0]).isCloseTo((double) extreme - y[target], within(1e-6 * extreme));
                for (int j = 0; j < 3; j++) {
                    float expected = (j == 0 ? 1 : 0) - (j == target ? 1 : 0);
                    assertThat(dy[j]).isCloseTo(expected, within(1e-6f));
                }
            }
            assertThat(one(new SigmoidCrossEntropy(), new float[] {extreme}, Targets.values(0)))
                    .isEqualTo(extreme);
            assertThat(one(new SigmoidCrossEntropy(), new float[] {-extreme}, Targets.values(0)))
                    .isCloseTo(0, within(1e-30));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void notANumberShowsInValueAndGradient(String name) {
        Loss loss = Losses.named(name);
        float[] y = {0.5f, Float.NaN, 1};
        float[] dy = new float[3];
        double[] value = new double[1];
        Targets targets = loss.wantsClasses() ? Targets.classes(0) : Targets.values(0.25f, 0.25f, 0.25f);

        loss.compute(y, dy, 0, 1, 3, targets, 0, new float[] {1}, value);

        assertThat(value[0]).isNaN();
        assertThat(dy[1]).isNaN();
    }

    @ParameterizedTest
    @MethodSource("names")
    void paddingIsNotLookedAt(String name) {
        Loss loss = Losses.named(name);
        float[] y = {0.5f, 0.25f, 1, Float.NaN, Float.POSITIVE_INFINITY, 1e30f};
        float[] dy = {9, 9, 9, 9, 9, 9};
        double[] value = {9, 9};
        Targets targets = loss.wantsClasses()
                ? Targets.classes(0, -100)
                : Targets.values(2, 2, 2, Float.NaN, Float.NaN, Float.NaN);

        loss.compute(y, dy, 0, 2, 3, targets, 0, new float[] {1, 0}, value);

        assertThat(value[0]).isNotZero();
        assertThat(value[1]).isZero();
        assertThat(Arrays.copyOfRange(dy, 3, 6)).containsOnly(0);
        assertThat(dy[0]).isNotZero();
    }

    @Test
    void slopesAtKinks() {
        assertThat(slope(new AbsoluteError(), 2, 2)).isZero();
        assertThat(slope(new Quantile(0.9f), 2, 2)).isZero();
        assertThat(slope(new Quantile(0.9f), 1, 2)).isEqualTo(-0.9f);
        assertThat(slope(new Quantile(0.9f), 3, 2)).isCloseTo(0.1f, within(1e-7f));
        assertThat(slope(new Huber(0.5f), 2.5f, 2)).isEqualTo(0.5f);
        assertThat(slope(new Huber(0.5f), 2.25f, 2)).isEqualTo(0.25f);
        assertThat(slope(new Huber(0.5f), -7, 2)).isEqualTo(-0.5f);
        assertThat(one(new Huber(0.5f), new float[] {2.5f}, Targets.values(2))).isEqualTo(0.125);
        assertThat(one(new Huber(0.5f), new float[] {4}, Targets.values(2))).isEqualTo(0.5 * (2 - 0.25));
        assertThat(one(new Quantile(0.9f), new float[] {1}, Targets.values(2))).isCloseTo(0.9, within(1e-7));
    }

    private static float slope(Loss loss, float y, float target) {
        float[] dy = new float[1];
        loss.compute(new float[] {y}, dy, 0, 1, 1, Targets.values(target), 0, new float[] {1}, new double[1]);
        return dy[0];
    }

    private static double one(Loss loss, float[] y, Targets targets) {
        double[] value = new double[1];
        loss.compute(y, new float[y.length], 0, 1, y.length, targets, 0, new float[] {1}, value);
        return value[0];
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
    void aClassThatDoesNotExistIsNamed(int target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one(new SoftmaxCrossEntropy(), new float[3], Targets.classes(target)))
                .withMessage("expected a target class of 0 to 2, found " + target + " in row 0");
    }

    @Test
    void targetsOfTheOtherKindOrTooFewAreRefused() {
        Frames out = frames(2, 3, 3);
        SequenceLoss classes = new SequenceLoss(new SoftmaxCrossEntropy());
        SequenceLoss values = new SequenceLoss(new SquaredError());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classes.compute(out, Targets.values(new float[18]), 1))
                .withMessageContaining("expected class ids");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.compute(out, Targets.classes(0, 0, 0, 0, 0, 0), 1))
                .withMessageContaining("expected values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classes.compute(out, Targets.classes(0, 0), 1))
                .withMessage("expected [T=2,B=3] target classes = 6, found 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.compute(out, Targets.values(0, 0), 1))
                .withMessage("expected [T=2,B=3,F=3] target values = 18, found 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.compute(out, Targets.values(new float[18]), 0))
                .withMessageContaining("weight other than 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SequenceLoss(new Quantile(0.5f, 0.9f)).compute(out, Targets.values(1), 1))
                .withMessageContaining("expected 2 outputs for each target, found 3");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Huber(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Huber(Float.NaN));
        assertThatIllegalArgumentException().isThrownBy(Quantile::new);
        assertThatIllegalArgumentException().isThrownBy(() -> new Quantile(0.5f, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Losses.named("hinge"))
                .withMessageContaining("softmax_cross_entropy")
                .withMessageContaining("hinge");
    }

    /** A weight of 2 is the same target twice; a target of weight 0 is not looked at, be it of no class at all. */
    @Test
    void weightsCountTargets() {
        Random random = new Random(4);
        for (String name : Losses.names()) {
            Loss loss = Losses.named(name);
            int width = name.equals("quantile") ? 3 : 4;
            Frames out = frames(2, 3, width);
            System.arraycopy(normal(6 * width, 1, random), 0, out.values(), out.at(), 6 * width);
            Targets targets = targets(loss, 6, width, random);
            float[] weights = {1, 2, 0, 0.25f, 1, 3};
            double sum = new SequenceLoss(loss).compute(out, targets.withWeights(weights), 0.5);
            float[] gradient = Arrays.copyOfRange(out.gradients(), out.at(), out.at() + out.size());

            double expected = 0;
            for (int row = 0; row < 6; row++) {
                float[] one = new float[6];
                one[row] = 1;
                double value = new SequenceLoss(loss).compute(out, targets.withWeights(one), 0.5);
                assertThat(value).isNotZero();
                expected += weights[row] * value;
                for (int j = row * width; j < (row + 1) * width; j++) {
                    assertThat(gradient[j]).isCloseTo(weights[row] * out.gradients()[out.at() + j], within(1e-6f));
                }
            }
            assertThat(sum).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
            new SequenceLoss(loss).compute(out, targets, 0.5);
            float[] unweighted = out.gradients().clone();
            new SequenceLoss(loss).compute(out, targets.withWeights(1, 1, 1, 1, 1, 1), 0.5);
            assertThat(out.gradients()).isEqualTo(unweighted);
        }
        Frames out = frames(1, 2, 3);
        SequenceLoss classes = new SequenceLoss(new SoftmaxCrossEntropy());
        assertThat(classes.compute(out, Targets.classes(-1, 2).withWeights(0, 1), 1))
                .isCloseTo(Math.log(3), within(1e-6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classes.compute(out, Targets.classes(1, 2).withWeights(1, -1), 1))
                .withMessageContaining("weight of 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classes.compute(out, Targets.classes(1, 2).withWeights(1, Float.NaN), 1))
                .withMessageContaining("in row 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classes.compute(out, Targets.classes(1, 2).withWeights(1), 1))
                .withMessageContaining("weights of targets, found 1");
    }

    @Test
    void aSequenceLossCountsRealStepsAlone() {
        NetworkSpec spec = NetworkSpec.values(1).dropout(0.5).then(new dev.namaskar.net.layers.Dropout(0.5, false));
        Pass pass = Pass.of(spec.build(), new float[0], GemmLibrary.JAVA, false);
        State none = spec.build().zeroState(3);
        float[] y = {1, 2, 3, 4, 5, 6};
        Frames out = pass.predict(Sequences.ofValues(2, 3, y).withLengths(2, 0, 1), none);

        assertThat(SequenceLoss.realSteps(out)).isEqualTo(3);
        assertThat(Reduction.MEAN.weight(3)).isEqualTo(1.0 / 3);
        assertThat(Reduction.SUM.weight(3)).isEqualTo(1);
        assertThat(Reduction.MEAN.weight(0)).isEqualTo(1);
    }

    private static Frames frames(int steps, int batch, int width) {
        NetworkSpec spec = NetworkSpec.values(1).dense(width);
        Pass pass = Pass.of(spec.build(), new float[2 * width], GemmLibrary.JAVA, true);
        return pass.predict(
                Sequences.ofValues(steps, batch, new float[steps * batch]),
                spec.build().zeroState(batch));
    }

    private static Targets targets(Loss loss, int rows, int width, Random random) {
        if (loss.wantsClasses()) {
            return Targets.classes(random.ints(rows, 0, width).toArray());
        }
        float[] values = normal(rows * loss.targetWidth(width), 3, random);
        return Targets.values(values);
    }

    private static float[] normal(int size, float scale, Random random) {
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = scale * (float) random.nextGaussian();
        }
        return x;
    }

    /** The exponential series, after halving the argument often enough. */
    private static BigDecimal exp(BigDecimal x) {
        int halvings = 12;
        BigDecimal small = x.divide(BigDecimal.valueOf(1L << halvings), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int k = 1; k < 60; k++) {
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int k = 0; k < halvings; k++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }
}
