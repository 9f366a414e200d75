package dev.namaskar.series.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TsbTest {
    private static double next(LocalMethod method, double... values) {
        return method.forecast(values, values.length, 3)[2];
    }

    /** By hand: p and z begin at 2/5 and 4. */
    @Test
    void probabilityAndSizeAreSmoothedApart() {
        double p = 2 / 5.0;
        p *= 0.9;
        p += 0.1 * (1 - p);
        p *= 0.9;
        p *= 0.9;
        p += 0.1 * (1 - p);
        double z = 4 + 0.2 * (3 - 4.0);
        z += 0.2 * (5 - z);
        assertThat(next(new Tsb(0.1, 0.2), 0, 3, 0, 0, 5)).isCloseTo(p * z, within(1e-12));
    }

    @Test
    void itFallsWhileNothingComesAndIsNotBiased() {
        LocalMethod tsb = LocalMethod.named("tsb", 1);
        assertThat(next(tsb, 0, 0, 0, 0)).isZero();
        assertThat(next(tsb, 2, 2, 2, 2)).isCloseTo(2, within(1e-9));
        Random random = new Random(2);
        double[] values = new double[4000];
        Arrays.setAll(values, t -> random.nextInt(5) == 0 ? 1 + random.nextInt(9) : 0);
        assertThat(next(tsb, values)).isCloseTo(1, within(0.15));
        double[] ended = Arrays.copyOf(values, 4100);
        LocalMethod settled = tsb.settled(values, values.length);
        assertThat(next(settled, ended)).isLessThan(next(settled, values));
        assertThat(settled.forecast(ended, 4000, 3)).containsExactly(settled.forecast(values, 4000, 3));
    }
}
