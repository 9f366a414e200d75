package dev.namaskar.series.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;

class MomentsTest {
    @Test
    void agreeWithALibraryToTheLastBit() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            double level = Math.pow(10, random.nextInt(16) - 4) * (random.nextBoolean() ? 1 : -1);
            double[] values = random.doubles(1 + random.nextInt(40))
                    .map(x -> level * (1 + 1e-3 * x))
                    .toArray();
            int from = random.nextInt(values.length);
            int to = from + 1 + random.nextInt(values.length - from);
            double mean = Moments.mean(values, from, to);
            assertThat(mean).isEqualTo(new Mean().evaluate(values, from, to - from));
            assertThat(Moments.deviation(values, mean, from, to))
                    .isEqualTo(new StandardDeviation(false).evaluate(values, mean, from, to - from));
        }
    }

    @Test
    void smallDeviationsOfLargeValuesKeepTheirDigits() {
        double[] values = {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4};
        double mean = Moments.mean(values, 0, 4);
        assertThat(mean).isEqualTo(1e9 + 2.5);
        assertThat(Moments.deviation(values, mean, 0, 4)).isEqualTo(Math.sqrt(1.25));
        double[] same = new double[9];
        Arrays.fill(same, 0.1);
        assertThat(Moments.deviation(same, Moments.mean(same, 0, 9), 0, 9)).isZero();
    }
}
