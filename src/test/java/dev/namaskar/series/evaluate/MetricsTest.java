package dev.namaskar.series.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.Backtest;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.baseline.LocalForecaster;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final double[] LEVELS = {0.8, 0.95};

    private static Outcome outcome(double[] actual, double[] point, double[] halfWidths, double scale) {
        double[][] lower = new double[2][point.length];
        double[][] upper = new double[2][point.length];
        for (int l = 0; l < 2; l++) {
            for (int h = 0; h < point.length; h++) {
                lower[l][h] = point[h] - halfWidths[l];
                upper[l][h] = point[h] + halfWidths[l];
            }
        }
        return new Outcome(new Forecast("s", new long[point.length], point, LEVELS, lower, upper), actual, scale);
    }

    @Test
    void agreesWithFiguresWorkedByHand() {
        Outcome o = outcome(new double[] {10, 20, 0}, new double[] {12, 16, 0}, new double[] {3, 5}, 2);
        List<Outcome> one = List.of(o);

        assertThat(Metrics.MAE.of(one)).isEqualTo(2);
        assertThat(Metrics.RMSE.of(one)).isCloseTo(Math.sqrt(20.0 / 3), within(1e-12));
        assertThat(Metrics.SMAPE.of(one)).isCloseTo((400.0 / 22 + 800.0 / 36) / 3, within(1e-12));
        assertThat(Metrics.MASE.of(one)).isEqualTo(1);
        // Only 20 lies outside [13, 19] at 80 %: width 6 and a miss of 1 at 2 / 0.2.
        assertThat(Metrics.msis(0.8).of(one)).isCloseTo((6 * 3 + 10) / 3.0 / 2, within(1e-9));
        assertThat(Metrics.coverage(0.8).of(one)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(Metrics.coverage(0.95).of(one)).isEqualTo(1);
        assertThat(Metrics.msis(0.95).of(one)).isEqualTo(5);
    }

    @Test
    void intervalScoreIsThePinballLossOfItsEnds() {
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            double y = random.nextGaussian() * 4;
            Outcome o = outcome(new double[] {y}, new double[] {0}, new double[] {1, 3}, 1);
            double pinball = 5 * Metrics.PINBALL.of(List.of(o))
                    - Math.abs(y) / 2
                    - Metrics.msis(0.8).of(List.of(o)) * 0.1;
            assertThat(Metrics.msis(0.95).of(List.of(o)) * 0.025).isCloseTo(pinball, within(1e-9));
        }
    }

    @Test
    void leavesOutWhatHasNoScale() {
        Outcome flat = outcome(new double[] {1}, new double[] {2}, new double[] {1, 1}, 0);
        Outcome good = outcome(new double[] {1}, new double[] {2}, new double[] {1, 1}, 4);

        assertThat(Metrics.MASE.of(List.of(flat, good))).isEqualTo(0.25);
        assertThat(Metrics.MASE.of(List.of(flat))).isNaN();
    }

    @Test
    void seasonalScaleIsTheMeanAbsoluteSeasonalDifference() {
        assertThat(Outcome.scale(Series.of("s", 1, 2, 5, 7), 2)).isEqualTo(4.5);
        assertThat(Outcome.scale(Series.of("s", 1, 2), 2)).isZero();
    }

    @Test
    void dieboldMarianoAgreesWithThePairedTTestWhenNothingOverlaps() {
        double[] a = {1.2, 0.8, 1.9, 0.4, 1.1, 1.3};
        double[] b = {1.0, 1.1, 1.2, 0.9, 1.0, 0.7};
        double mean = 0;
        for (int i = 0; i < a.length; i++) {
            mean += (a[i] - b[i]) / a.length;
        }
        double variance = 0;
        for (int i = 0; i < a.length; i++) {
            variance += Math.pow(a[i] - b[i] - mean, 2) / (a.length - 1);
        }
        double t = mean / Math.sqrt(variance / a.length);
        DieboldMariano test = DieboldMariano.test(a, b, 1);

        // Harvey's factor turns the population variance into the sample variance: the paired t test.
        assertThat(test.statistic()).isCloseTo(t, within(1e-12));
        assertThat(test.pValue())
                .isCloseTo(2 * (1 - new TDistribution(5).cumulativeProbability(Math.abs(t))), within(1e-12));
    }

    @Test
    void dieboldMarianoHoldsItsLevelUnderOverlap() {
        Random random = new Random(11);
        int rejected = 0;
        int rounds = 2000;
        for (int round = 0; round < rounds; round++) {
            double[] noise = random.doubles(63).map(u -> u - 0.5).toArray();
            double[] a = new double[60];
            double[] zero = new double[60];
            for (int i = 0; i < 60; i++) {
                a[i] = noise[i] + noise[i + 1] + noise[i + 2];
            }
            rejected += DieboldMariano.test(a, zero, 3).pValue() < 0.05 ? 1 : 0;
        }

        assertThat(rejected / (double) rounds).isBetween(0.02, 0.09);
    }

    @Test
    void equalForecastersAreEqual() {
        double[] same = {1, 2, 3};
        assertThat(DieboldMariano.test(same, same, 1).pValue()).isEqualTo(1);
        assertThat(DieboldMariano.test(new double[] {1}, new double[] {2}, 1).pValue())
                .isNaN();
    }

    /** A service: how far the sum of a forecast is from the sum of what was actual. */
    public static final class Balance implements NamedMetric {
        @Override
        public String name() {
            return "balance";
        }

        @Override
        public Metric metric() {
            return new Metric(
                    name(),
                    o -> Arrays.stream(o.forecast().point()).sum()
                            - Arrays.stream(o.actual()).sum());
        }
    }

    @Test
    void aMetricOfOnesOwnStandsInEveryReport(@TempDir Path folder) throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(NamedMetric.class.getName()), Balance.class.getName());
        double[] rising = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        try (URLClassLoader own = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(own);
            BacktestReport report = Backtest.of(2)
                    .folds(2)
                    .stride(2)
                    .season(1)
                    .run(Table.of(Series.of("s", rising)), List.copyOf(LocalForecaster.baselines(1)), fold -> {});

            // Naive says the last value twice, where one and two more came.
            assertThat(report.scores("naive")).containsEntry("balance", -3.0).containsKey("mase");
            assertThat(report.toString()).contains("balance");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        assertThat(Metrics.all(LEVELS)).extracting(Metric::name).doesNotContain("balance");
    }
}
