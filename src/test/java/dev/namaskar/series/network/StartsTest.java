package dev.namaskar.series.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.ForecastSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StartsTest {
    private static Starts starts(int horizon, int season, String... methods) {
        return new Starts(ForecastSpec.of(horizon).season(season).lags(season).methods(List.of(methods)));
    }

    private static double[] random(long seed, int length) {
        Random random = new Random(seed);
        double[] values = new double[length];
        double level = 50;
        for (int t = 0; t < length; t++) {
            level += random.nextGaussian();
            values[t] = level + 3 * Math.sin(Math.PI * t / 2) + random.nextGaussian();
        }
        return values;
    }

    /** On a straight line the drift is always right, the last value never. */
    @Test
    void theCombinationTrustsWhatWasRightBefore() {
        double[] line = new double[60];
        Arrays.setAll(line, t -> 10 + 2.0 * t);

        double[][] said = starts(5, 1, "naive", "combined", "drift").of(line, 60);

        assertThat(said).hasDimensions(4, 5);
        for (int h = 0; h < 5; h++) {
            assertThat(said[1][h]).isEqualTo(line[59]);
            assertThat(said[3][h]).isCloseTo(10 + 2.0 * (60 + h), within(1e-9));
            // The drift has no error, 1 / 11 against 21 / 11 of the mean: (1 / 21)^4 is for the last value.
            double part = 1 / (1 + Math.pow(21, 4));
            assertThat(said[2][h]).isCloseTo(part * said[1][h] + (1 - part) * said[3][h], within(1e-9));
        }
    }

    /** The same errors, as those of one method twice over, make the same weights; so does a history of no errors. */
    @Test
    void methodsThatAreAlikeWeighTheSame() {
        double[] values = random(3, 40);
        double[][] said = starts(3, 1, "naive", "naive2", "combined").of(values, 40);
        assertThat(said[3]).containsExactly(values[39], values[39], values[39]);

        double[] still = new double[30];
        Arrays.fill(still, 7);
        assertThat(starts(2, 1, "naive", "drift", "theta", "combined").of(still, 30)[4])
                .containsExactly(new double[] {7, 7}, within(1e-9));
        assertThat(starts(4, 1, "naive", "drift", "combined").of(values, 5)[3][0])
                .isCloseTo((2 * values[4] + (values[4] - values[0]) / 4) / 2, within(1e-9));
    }

    /** It lies between what the methods say, and by no bit does it depend on what comes after the origin or who asked before. */
    @Test
    void theCombinationLiesBetweenAndSeesThePastAlone() {
        String[] methods = {"theta", "dotm", "damped", "ets", "seasonal_naive", "combined"};
        for (int seed = 0; seed < 12; seed++) {
            double[] values = random(seed, 90);
            double[] other = values.clone();
            int origin = 20 + 5 * seed;
            for (int t = origin; t < other.length; t++) {
                other[t] = -1e6 * t;
            }
            Starts starts = starts(6, 4, methods);
            starts.of(other, 90);
            double[][] said = starts.of(values, origin);

            assertThat(said).isDeepEqualTo(starts(6, 4, methods).of(other, origin));
            assertThat(said).isDeepEqualTo(starts(6, 4, methods).of(Arrays.copyOf(values, origin), origin));
            for (int h = 0; h < 6; h++) {
                int step = h;
                double[] each =
                        Arrays.stream(said, 1, 6).mapToDouble(s -> s[step]).toArray();
                assertThat(said[6][h])
                        .isBetween(
                                Arrays.stream(each).min().orElseThrow() - 1e-9,
                                Arrays.stream(each).max().orElseThrow() + 1e-9);
            }
        }
    }

    @Test
    void thereIsNothingToCombineInOne() {
        assertThatThrownBy(() -> starts(3, 1, "naive", "combined"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("combined")
                .hasMessageContaining("[naive]");
    }
}
