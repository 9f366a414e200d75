package dev.namaskar.series.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collection;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformTest {
    static Collection<String> names() {
        return Transforms.all().stream().map(Transform::name).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isInvertedExactlyAndIncreases(String name) {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            double size = Math.pow(10, random.nextInt(13) - 6);
            double[] values = random.doubles(60, 0.1 * size, size).toArray();
            int to = 20 + random.nextInt(30);
            Transform.Fitted fitted =
                    Transforms.named(name).fit(values, 1 + random.nextInt(to - 2), to, 1 + random.nextInt(12));
            for (int i = to; i < values.length; i++) {
                double z = fitted.target(values[i]);
                assertThat(fitted.invert(z)).isCloseTo(values[i], within(1e-12 * size));
                assertThat(fitted.target(values[i] * 1.01)).isGreaterThan(z);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void seesNothingOutsideItsWindow(String name) {
        Random random = new Random(8);
        double[] values = random.doubles(50, 1, 2).toArray();
        double[] other = values.clone();
        Transform transform = Transforms.named(name);
        int from = 10;
        int to = 30;
        for (int i = 0; i < other.length; i++) {
            if (i < from - transform.lead() || i >= to) {
                other[i] = Double.NaN;
            }
        }
        Transform.Fitted a = transform.fit(values, from, to, 7);
        Transform.Fitted b = transform.fit(other, from, to, 7);

        for (int i = from; i < to; i++) {
            assertThat(b.input(i)).isEqualTo(a.input(i));
        }
        assertThat(b.target(1.5)).isEqualTo(a.target(1.5));
        assertThat(b.invert(0.5)).isEqualTo(a.invert(0.5));
    }

    @Test
    void accumulatedDifferencesAreTheSumOfInputs() {
        double[] values = {3, 5, 4, 8, 9, 11, 10};
        for (String name : new String[] {"difference", "logreturn"}) {
            Transform.Fitted short4 = Transforms.named(name).fit(values, 1, 4, 1);
            double sum = 0;
            Transform.Fitted all = Transforms.named(name).fit(values, 1, 7, 1);
            double unit = short4.input(1) / all.input(1);
            for (int i = 4; i < 7; i++) {
                sum += all.input(i) * unit;
            }
            assertThat(short4.target(values[6])).as(name).isCloseTo(sum, within(1e-12));
        }
    }

    @Test
    void constantWindowsHaveAUnitScale() {
        double[] same = new double[20];
        Arrays.fill(same, 5);
        for (String name : names()) {
            Transform.Fitted fitted = Transforms.named(name).fit(same, 1, 15, 4);
            assertThat(fitted.input(3)).isFinite();
            assertThat(fitted.invert(fitted.target(6))).isCloseTo(6, within(1e-12));
        }
    }

    @Test
    void saysWhichTransformNeedsPositiveValues() {
        double[] values = {1, 2, -36.98, 4, 5};
        assertThatThrownBy(() -> Transforms.named("logreturn").fit(values, 1, 5, 1))
                .hasMessageContaining("transform logreturn needs positive values, found -36.98 at value 3");
        assertThatThrownBy(() -> Transforms.named("log").fit(values, 1, 5, 1))
                .hasMessageContaining("transform log needs positive values");
        assertThatThrownBy(() -> Transforms.named("level").fit(values, 0, 5, 3))
                .hasMessageContaining("transform level needs a positive mean");
        assertThatThrownBy(() -> Transforms.named("levle"))
                .hasMessageContaining("there are level")
                .hasMessageContaining("logreturn")
                .hasMessageContaining(Transform.class.getName());
    }

    /** One dip among smooth steps multiplies the root mean square and leaves the bounded one nearly where it was. */
    @Test
    void aFewStepsDoNotRuleABoundedScale() {
        Random random = new Random(9);
        double[] smooth = new double[40];
        smooth[0] = 1000;
        for (int t = 1; t < smooth.length; t++) {
            smooth[t] = smooth[t - 1] * Math.exp(0.02 * random.nextGaussian());
        }
        double[] dipped = smooth.clone();
        dipped[20] /= 20;
        for (String[] names : new String[][] {{"logreturn", "returns"}, {"difference", "changes"}}) {
            assertThat(ratio(names[0], smooth, dipped)).as(names[0]).isGreaterThan(8);
            assertThat(ratio(names[1], smooth, dipped)).as(names[1]).isBetween(1.0, 1.8);
        }
    }

    private static double ratio(String name, double[] smooth, double[] dipped) {
        Transform transform = Transforms.named(name);
        double y = smooth[39] * 1.3;
        return transform.fit(smooth, 1, 40, 1).target(y)
                / transform.fit(dipped, 1, 40, 1).target(y);
    }

    /** Steps that are mostly zero have a median of zero, and yet a scale. */
    @Test
    void seriesThatMostlyStandStillHaveABoundedScale() {
        double[] values = new double[30];
        Arrays.fill(values, 5);
        for (int t = 20; t < 30; t++) {
            values[t] = 7;
        }
        Transform.Fitted fitted = Transforms.named("changes").fit(values, 1, 30, 1);
        assertThat(fitted.target(9)).isBetween(5.0, 200.0);
        assertThat(fitted.input(20)).isGreaterThan(5);
    }

    /** Windows with holes have the scale of what is there, and holes in the input where holes are. */
    @ParameterizedTest
    @MethodSource("names")
    void missingValuesAreLeftOut(String name) {
        Random random = new Random(10);
        double[] values = random.doubles(40, 1, 2).toArray();
        double[] holes = values.clone();
        holes[15] = Double.NaN;
        holes[29] = Double.NaN;
        Transform.Fitted fitted = Transforms.named(name).fit(holes, 10, 30, 7);
        assertThat(fitted.input(15)).isNaN();
        assertThat(fitted.input(20)).isFinite();
        assertThat(fitted.target(1.5)).isFinite();
        assertThat(fitted.target(1.6)).isGreaterThan(fitted.target(1.5));
    }

    @Test
    void numericStatisticsAreWhatTheirNamesSay() {
        double[] values = {4, 1, 7, Double.NaN, 2};
        NumericStatistics window = NumericStatistics.of(values, 1, 3);
        assertThat(window.values()).containsExactly(1, 7, Double.NaN, 2);
        assertThat(window.steps()).containsExactly(-3, 6, Double.NaN, Double.NaN);
        assertThat(window.lastSeason()).containsExactly(7, Double.NaN, 2);
        assertThat(window.last()).containsExactly(2);
        assertThat(window.median(window.values())).containsExactly(2);
        assertThat(window.median(window.steps())).containsExactly(1.5);
        assertThat(window.mean(window.values())).containsExactly(10 / 3.0);
        assertThat(window.deviation(window.steps())).containsExactly(4.5);
        assertThat(window.rootMeanSquare(window.steps())[0]).isCloseTo(Math.sqrt(22.5), within(1e-12));
        assertThat(window.least(window.values())).containsExactly(1);
        assertThat(window.largest(window.values())).containsExactly(7);
        double[] two = window.constant(2);
        assertThat(window.times(window.absolute(window.steps()), two)).startsWith(6, 12);
        assertThat(window.plus(two, window.values())).startsWith(3, 9);
        assertThat(window.minus(two, window.values())).startsWith(1, -5);
        assertThat(window.smaller(two, window.values())).startsWith(1, 2);
        assertThat(window.larger(two, window.values())).startsWith(2, 7);
        assertThat(window.positiveOr(window.steps(), two)).startsWith(2, 6);
    }

    /** Whether any window is without a level is found out as if every one were fitted. */
    @Test
    void levelsAreCheckedAsTheyAreFitted() {
        Random random = new Random(5);
        Transform level = Transforms.named("level");
        int refused = 0;
        for (int trial = 0; trial < 300; trial++) {
            int season = 1 + random.nextInt(6);
            double[] values = random.doubles(season + random.nextInt(12))
                    .map(v -> v < 0.3 ? 0 : v < 0.4 ? -v : v)
                    .toArray();
            boolean fits = true;
            for (int end = season; end <= values.length; end++) {
                double sum = 0;
                for (int i = end - season; i < end; i++) {
                    sum += values[i];
                }
                fits &= sum > 0;
            }
            boolean checked = true;
            try {
                level.check(values, 0, values.length, season);
            } catch (IllegalArgumentException e) {
                checked = false;
            }
            assertThat(checked).isEqualTo(fits);
            refused += fits ? 0 : 1;
        }
        assertThat(refused).isBetween(50, 250);
    }
}
