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
        return Transforms.all().keySet();
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
        assertThatThrownBy(() -> Transforms.named("fourier")).hasMessageContaining("difference, level, log");
    }
}
