package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformalTest {
    private static final double[] LEVELS = {0.8, 0.95};

    private static Forecast raw(double point, double below, double above, int horizon) {
        double[] points = new double[horizon];
        Arrays.fill(points, point);
        double[][] lower = new double[2][horizon];
        double[][] upper = new double[2][horizon];
        for (int l = 0; l < 2; l++) {
            Arrays.fill(lower[l], point - below * (l + 1));
            Arrays.fill(upper[l], point + above * (l + 1));
        }
        return new Forecast("s", new long[horizon], points, LEVELS, lower, upper);
    }

    @Test
    void quantileIsTheFiniteSampleRank() {
        double[] scores = {5, 1, 3, 2, 4, 9, 8, 7, 6};
        assertThat(Conformal.quantile(scores, 0.8)).isEqualTo(8);
        assertThat(Conformal.quantile(scores, 0.9)).isEqualTo(9);
        assertThat(Conformal.quantile(scores, 0.95)).isEqualTo(9);
        assertThat(Conformal.quantile(scores, 0.05)).isEqualTo(1);
        assertThat(Conformal.quantile(new double[0], 0.5)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 400})
    void coversWhatItPromisesHoweverWrongTheRawIntervals(int windows) {
        Random random = new Random(5);
        int horizon = 4;
        int rounds = 300;
        double[] covered = new double[2];
        for (int round = 0; round < rounds; round++) {
            List<Forecast> forecasts = new ArrayList<>();
            List<double[]> actual = new ArrayList<>();
            for (int w = 0; w < windows; w++) {
                double size = Math.exp(random.nextGaussian());
                forecasts.add(raw(10, 0.1 * size, 0.5 * size, horizon));
                actual.add(random.doubles(horizon)
                        .map(u -> 10 + size * random.nextGaussian())
                        .toArray());
            }
            Conformal conformal = Conformal.fit(forecasts, actual, LEVELS, horizon);
            double size = Math.exp(random.nextGaussian());
            Forecast fresh = conformal.apply(raw(10, 0.1 * size, 0.5 * size, horizon));
            for (int h = 0; h < horizon; h++) {
                double y = 10 + size * random.nextGaussian();
                for (int l = 0; l < 2; l++) {
                    boolean in = fresh.lower()[l][h] <= y && y <= fresh.upper()[l][h];
                    covered[l] += in ? 1.0 / (rounds * horizon) : 0;
                }
            }
        }

        assertThat(covered[0]).isBetween(0.77, 0.84);
        assertThat(covered[1]).isBetween(0.93, 0.975);
    }

    @Test
    void intervalsStayNested() {
        Conformal upsideDown = new Conformal(LEVELS, new double[][] {{5}, {0.1}});
        Forecast forecast = upsideDown.apply(raw(0, 1, 2, 1));

        assertThat(forecast.lower()[1][0]).isLessThanOrEqualTo(forecast.lower()[0][0]);
        assertThat(forecast.upper()[1][0]).isGreaterThanOrEqualTo(forecast.upper()[0][0]);
    }

    @Test
    void withoutWindowsNothingIsStretched() {
        Forecast raw = raw(3, 1, 1, 2);
        Forecast same = Conformal.fit(List.of(), List.of(), LEVELS, 2).apply(raw);

        assertThat(same.lower()).isDeepEqualTo(raw.lower());
    }
}
