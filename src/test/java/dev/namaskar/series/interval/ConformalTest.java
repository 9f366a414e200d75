package dev.namaskar.series.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Windows that do not overlap, of sizes far apart; the raw intervals know the sizes but are much too narrow. */
    @ParameterizedTest
    @CsvSource({"4, 0.93, 1", "12, 0.93, 1", "30, 0.93, 0.985", "400, 0.935, 0.965"})
    void coversWhatItPromisesHoweverWrongTheRawIntervals(int windows, double least, double most) {
        Random random = new Random(5);
        int horizon = 4;
        int rounds = 600;
        double[] covered = new double[2];
        for (int round = 0; round < rounds; round++) {
            List<Trial> scores = new ArrayList<>();
            for (int w = 0; w < windows; w++) {
                double size = Math.exp(random.nextGaussian());
                Series came = came(size, horizon, random);
                scores.add(trial(narrow(size, horizon), w * horizon, came, unitSpread(size)));
            }
            double size = Math.exp(random.nextGaussian());
            Forecast fresh = Conformal.fit(scores, horizon).apply(narrow(size, horizon), unitSpread(size), LEVELS);
            double[] actual = came(size, horizon, random).values();
            for (int l = 0; l < 2; l++) {
                covered[l] += covered(fresh, l, actual) / rounds;
            }
        }

        assertThat(covered[1]).isBetween(least, most);
        assertThat(covered[0]).isBetween(0.76, 0.97);
    }

    private static Forecast narrow(double size, int horizon) {
        return raw(10, 0.4 * size, 0.5 * size, horizon);
    }

    private static Series came(double size, int horizon, Random random) {
        return Series.of(
                "s",
                random.doubles(horizon)
                        .map(u -> 10 + size * random.nextGaussian())
                        .toArray());
    }

    private static Trial trial(Forecast forecast, int origin, Series came, Spread spread) {
        return new Trial(origin, forecast, came.values(), spread);
    }

    /** Of a history about 10 that moves by about so much a step and was anywhere before. */
    private static Spread unitSpread(double size) {
        return new Spread(size, 1, size, -1e6, 1e6, 10, 0);
    }

    private static double covered(Forecast forecast, int level, double[] actual) {
        double inside = 0;
        for (int h = 0; h < actual.length; h++) {
            boolean in = forecast.lower()[level][h] <= actual[h] && actual[h] <= forecast.upper()[level][h];
            inside += in ? 1.0 / actual.length : 0;
        }
        return inside;
    }

    /** A random walk judged at every step: windows that share nearly all of their values. */
    @Test
    void overlappingWindowsCountForLess() {
        Random random = new Random(6);
        int horizon = 12;
        double covered = 0;
        int rounds = 300;
        for (int round = 0; round < rounds; round++) {
            double[] walk = new double[24 + 2 * horizon];
            for (int t = 1; t < walk.length; t++) {
                walk[t] = walk[t - 1] + random.nextGaussian();
            }
            Series series = Series.of("walk", walk);
            List<Trial> scores = new ArrayList<>();
            for (int origin = 1; origin <= 24; origin++) {
                scores.add(Trial.of(tooNarrowWalk(walk[origin - 1], horizon), origin, series, unitSpread(1)));
            }
            Conformal conformal = Conformal.fit(scores, horizon);
            int origin = 24 + horizon;
            covered += covered(
                            conformal.apply(tooNarrowWalk(walk[origin - 1], horizon), unitSpread(1), LEVELS),
                            1,
                            series.values(origin, origin + horizon))
                    / rounds;
        }
        assertThat(covered).isBetween(0.93, 0.99);
    }

    private static Forecast tooNarrowWalk(double last, int horizon) {
        double[] point = new double[horizon];
        double[][] lower = new double[2][horizon];
        double[][] upper = new double[2][horizon];
        for (int h = 0; h < horizon; h++) {
            point[h] = last;
            for (int l = 0; l < 2; l++) {
                double width = 0.7 * Conformal.normal(LEVELS[l]) * Math.sqrt(h + 1);
                lower[l][h] = last - width;
                upper[l][h] = last + width;
            }
        }
        return new Forecast("walk", new long[horizon], point, LEVELS, lower, upper);
    }

    @Test
    void intervalsOfAnyLevelsNestAndMeetTheirNeighbours() {
        Random random = new Random(7);
        List<Trial> scores = new ArrayList<>();
        for (int w = 0; w < 50; w++) {
            scores.add(trial(narrow(1, 2), 2 * w, came(1, 2, random), unitSpread(1)));
        }
        Conformal conformal = Conformal.fit(scores, 2);
        double[] many = {0.01, 0.1, 0.33, 0.5, 0.8, 0.9, 0.95, 0.951, 0.99, 0.9999};
        Forecast all = conformal.apply(narrow(1, 2), unitSpread(1), many);
        Forecast usual = conformal.apply(narrow(1, 2), unitSpread(1), LEVELS);

        for (int l = 1; l < many.length; l++) {
            for (int h = 0; h < 2; h++) {
                assertThat(all.lower()[l][h]).isLessThan(all.lower()[l - 1][h]);
                assertThat(all.upper()[l][h]).isGreaterThan(all.upper()[l - 1][h]);
            }
        }
        assertThat(all.upper()[4]).containsExactly(usual.upper()[0]);
        assertThat(all.lower()[6]).containsExactly(usual.lower()[1]);
        assertThat(all.point()).containsExactly(usual.point());
    }

    @Test
    void withoutWindowsIntervalsAreWidenedByWhatIsUsual() {
        Forecast raw = raw(3, 1, 1, 2);
        assertThat(Conformal.none(2).apply(raw, unitSpread(1), LEVELS).lower()[0][0])
                .isCloseTo(2, within(1e-9));
        Forecast wider = Conformal.fit(List.of(), 2).apply(raw, unitSpread(1), LEVELS);

        // 1.25 times Student's t with four degrees of freedom, times the moves of one and of two steps.
        assertThat(wider.upper()[0][0] - 3).isCloseTo(1.25 * 1.5332, within(1e-3));
        assertThat(3 - wider.lower()[1][0]).isCloseTo(1.25 * 2.7764, within(1e-3));
        assertThat(wider.upper()[1][1] - 3).isCloseTo(1.25 * 2.7764 * Math.sqrt(2), within(1e-3));
    }

    /** One window of a hundred in which the forecaster was sure of the wrong thing changes little. */
    @Test
    void noWindowRules() {
        Random random = new Random(8);
        List<Trial> good = new ArrayList<>();
        for (int w = 0; w < 100; w++) {
            good.add(trial(narrow(1, 6), 6 * w, came(1, 6, random), unitSpread(1)));
        }
        List<Trial> one = new ArrayList<>(good);
        one.set(50, trial(raw(10, 1e-12, 1e-12, 6), 300, Series.of("s", 9e5, -9e5, 9e5, 10, 10, 10), unitSpread(1)));
        Forecast usual = Conformal.fit(good, 6).apply(narrow(1, 6), unitSpread(1), LEVELS);
        Forecast ruled = Conformal.fit(one, 6).apply(narrow(1, 6), unitSpread(1), LEVELS);

        for (int l = 0; l < 2; l++) {
            for (int h = 0; h < 6; h++) {
                double ratio = (ruled.upper()[l][h] - 10) / (usual.upper()[l][h] - 10);
                assertThat(ratio).isBetween(0.85, 1.25);
            }
        }
    }

    /** Steps borrow from their neighbours: widths change little from one to the next, whatever the windows were like. */
    @Test
    void neighbouringStepsAreAlike() {
        Random random = new Random(9);
        List<Trial> trials = new ArrayList<>();
        for (int w = 0; w < 6; w++) {
            Series came = Series.of(
                    "s",
                    random.doubles(24)
                            .map(u -> 10 + Math.pow(random.nextGaussian(), 5))
                            .toArray());
            trials.add(trial(narrow(1, 24), 24 * w, came, unitSpread(1)));
        }
        Forecast forecast = Conformal.fit(trials, 24).apply(narrow(1, 24), unitSpread(1), LEVELS);
        for (int h = 1; h < 24; h++) {
            double ratio = (forecast.upper()[1][h] - 10) / (forecast.upper()[1][h - 1] - 10);
            assertThat(ratio).isBetween(0.7, 1.6);
        }
    }

    /** Widths that say nothing are not trusted; widths that know which window is wild are. */
    @Test
    void trustsWidthsThatKnow() {
        Random random = new Random(10);
        List<Trial> knowing = new ArrayList<>();
        List<Trial> guessing = new ArrayList<>();
        for (int w = 0; w < 200; w++) {
            double size = Math.exp(1.5 * random.nextGaussian());
            double guess = Math.exp(1.5 * random.nextGaussian());
            Series came = came(size, 4, random);
            knowing.add(trial(narrow(size, 4), 4 * w, came, unitSpread(1)));
            guessing.add(trial(narrow(guess, 4), 4 * w, came, unitSpread(1)));
        }
        assertThat(Conformal.fit(knowing, 4).trust()).isEqualTo(0.5);
        assertThat(Conformal.fit(guessing, 4).trust()).isLessThan(0.5);
    }

    @Test
    void forecastsWithoutIntervalsGetSome() {
        double[] none = {};
        Forecast bare = new Forecast("s", new long[3], new double[] {1, 2, 3}, none, new double[0][], new double[0][]);
        double[][] nothing = {{Double.NaN, Double.NaN, Double.NaN}, {Double.NaN, Double.NaN, Double.NaN}};
        Forecast unsaid = new Forecast("s", new long[3], new double[] {1, 2, 3}, LEVELS, nothing, nothing);
        Conformal conformal = new Conformal(new double[] {1, 1, 1}, LEVELS, new double[] {1.2816, 1.96}, 0.5);
        for (Forecast raw : List.of(bare, unsaid)) {
            Forecast forecast = conformal.apply(raw, unitSpread(2), LEVELS);
            assertThat(forecast.upper()[1][0]).isCloseTo(1 + 1.96 * 2, within(1e-3));
            assertThat(forecast.lower()[0][1]).isCloseTo(2 - 1.2816 * 2 * Math.sqrt(2), within(1e-3));
        }
    }

    @Test
    void refusesACalibrationThatIsNone() {
        double[] one = {1};
        assertThatThrownBy(() -> new Conformal(one, LEVELS, new double[] {2, 1}, 1))
                .hasMessageContaining("ascending");
        assertThatThrownBy(() -> new Conformal(one, LEVELS, new double[] {Double.NaN, 1}, 1))
                .hasMessageContaining("ascending");
        assertThatThrownBy(() -> new Conformal(new double[] {-1}, LEVELS, new double[] {1, 2}, 1))
                .hasMessageContaining("at least 0");
        assertThatThrownBy(() -> new Conformal(one, LEVELS, new double[] {1, 2}, 1.5))
                .hasMessageContaining("trust between 0 and 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-40, -3, -1.5, -0.7, 0, 0.2, 1, 2.5, 60})
    void distanceUndoesValue(double place) {
        double[] z = {Conformal.normal(0.8), Conformal.normal(0.95)};
        QuantileLine line = new QuantileLine(5, new double[] {4, 1}, new double[] {5.5, 5.6}, z);

        assertThat(line.distance(line.value(place))).isCloseTo(Math.abs(place), within(1e-9));
        assertThat(line.value(z[1])).isCloseTo(5.6, within(1e-12));
        assertThat(line.value(-z[0])).isCloseTo(4, within(1e-12));
        QuantileLine flat = new QuantileLine(0, new double[2], new double[2], z);
        assertThat(flat.distance(1)).isEqualTo(1e6);
        assertThat(flat.distance(0)).isZero();
        assertThat(flat.value(place)).isCloseTo(0, within(1e-300));
    }
}
