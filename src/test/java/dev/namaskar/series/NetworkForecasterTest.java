package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.optim.Optimizers;
import dev.namaskar.train.StoppingRules;
import dev.namaskar.train.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkForecasterTest {
    private static final double[] LEVELS = {0.8, 0.95};

    static ForecastSpec spec(int horizon, int context, int patch, int season, String transform, List<String> known) {
        return new ForecastSpec(
                horizon,
                context,
                patch,
                season,
                new int[] {season},
                transform,
                ForecastSpec.PointLoss.MASE,
                LEVELS,
                "gru",
                16,
                1,
                0,
                known,
                List.of(),
                List.of());
    }

    static NetworkForecaster.Run run(int steps, int members) {
        return new NetworkForecaster.Run(
                StoppingRules.afterSteps(steps),
                16,
                Optimizers.adam(0.01).clipByGlobalNorm(1),
                3,
                members,
                1,
                -1,
                new TrainingListener() {},
                note -> {});
    }

    /** A season that grows by two percent of its level each time, with noise. */
    static Series growing(String id, int length, int season, Random random) {
        double[] values = new double[length];
        for (int t = 0; t < length; t++) {
            double level = 100 * Math.pow(1.02, t / (double) season * 3);
            values[t] = level * (1 + 0.3 * Math.sin(2 * Math.PI * t / season)) + random.nextGaussian();
        }
        return Series.of(id, values);
    }

    @Test
    void learnsTheGrowthThatSeasonalNaiveMisses() {
        Random random = new Random(1);
        List<Series> series = List.of(growing("a", 150, 6, random), growing("b", 120, 6, random));
        Table table = new Table(series, series.get(0).frequency(), false, List.of(), List.of(), List.of());
        ForecastSpec spec = spec(6, 12, 1, 6, "level", List.of());
        List<Forecaster> forecasters = new ArrayList<>(LocalForecaster.baselines(6));
        forecasters.add(0, new NetworkForecaster(spec, run(150, 1)));
        BacktestReport report = new Backtest(6, 5, 6, false, LEVELS, 6).run(table, forecasters, note -> {});

        double network = report.scores("namaskar").get("mase");
        assertThat(network).isLessThan(0.6 * report.scores("seasonal_naive").get("mase"));
        assertThat(report.scores("namaskar").get("coverage_80")).isBetween(0.6, 1.0);
        assertThat(report.verdict().sentence())
                .contains(report.verdict().baseline().replace('_', ' '));
    }

    @Test
    void usesWhatIsKnownAhead() {
        Random random = new Random(2);
        int length = 160;
        double[] promotion = new double[length];
        double[] values = new double[length - 4];
        for (int t = 0; t < length; t++) {
            promotion[t] = random.nextInt(2);
        }
        Arrays.setAll(values, t -> 10 + 5 * promotion[t] + 0.1 * random.nextGaussian());
        long[] times = new long[length];
        Arrays.setAll(times, t -> t);
        Series series =
                Series.copyOf("s", Frequency.parse("row"), times, values, new double[][] {promotion}, new double[0][]);
        ForecastSpec spec = spec(4, 8, 1, 1, "standard", List.of("promotion"));
        SeriesModel model = new NetworkForecaster(spec, run(400, 1)).fit(List.of(series));
        double[] point = model.forecast(series, 4, LEVELS).point();

        for (int h = 0; h < 4; h++) {
            assertThat(point[h]).isBetween(8.0 + 5 * promotion[length - 4 + h], 12.0 + 5 * promotion[length - 4 + h]);
        }
        Series cut = Series.copyOf(
                "s",
                Frequency.parse("row"),
                Arrays.copyOf(times, length - 2),
                values,
                new double[][] {Arrays.copyOf(promotion, length - 2)},
                new double[0][]);
        assertThatThrownBy(() -> model.forecast(cut, 4, LEVELS))
                .hasMessageContaining("must reach 4 rows past the last value, found 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void comesBackFromItsMapWithTheSameForecasts(int members) {
        Random random = new Random(3);
        List<Series> series = List.of(growing("a", 90, 4, random));
        SeriesModel model = new NetworkForecaster(spec(5, 8, 4, 4, "log", List.of()), run(5, members)).fit(series);
        SeriesModel again = SeriesModel.fromMap(model.toMap(), model.network(), model.members());
        Forecast expected = model.forecast(series.get(0), 5, LEVELS);
        Forecast found = again.forecast(series.get(0), 5, LEVELS);

        assertThat(found.point()).containsExactly(expected.point());
        assertThat(found.lower()).isDeepEqualTo(expected.lower());
        assertThat(found.upper()).isDeepEqualTo(expected.upper());
    }

    @Test
    void sameSeedSameForecast() {
        List<Series> series = List.of(growing("a", 90, 4, new Random(4)));
        NetworkForecaster forecaster = new NetworkForecaster(spec(5, 8, 1, 4, "level", List.of()), run(5, 2));

        assertThat(forecaster.fit(series).forecast(series.get(0), 5, LEVELS).point())
                .containsExactly(forecaster
                        .fit(series)
                        .forecast(series.get(0), 5, LEVELS)
                        .point());
    }

    @Test
    void saysWhyItCannot() {
        Series shortOne = growing("short", 15, 4, new Random(5));
        Series longOne = growing("long", 90, 4, new Random(5));
        NetworkForecaster forecaster = new NetworkForecaster(spec(5, 12, 4, 4, "level", List.of()), run(2, 1));
        SeriesModel model = forecaster.fit(List.of(longOne, shortOne));

        assertThatThrownBy(() -> forecaster.fit(List.of(shortOne)))
                .hasMessageContaining(
                        "no series is long enough to train on: a window takes 12 values of history and 5");
        assertThatThrownBy(() -> model.forecast(shortOne.upTo(11), 5, LEVELS))
                .hasMessageContaining("series \"short\": the model needs at least 12 values of history");
        assertThatThrownBy(() -> model.forecast(longOne, 6, LEVELS)).hasMessageContaining("1 to 5 steps, asked for 6");
        assertThatThrownBy(() -> model.forecast(longOne, 5, new double[] {0.5})).hasMessageContaining("80, 95");
        assertThatThrownBy(() -> spec(5, 10, 4, 4, "level", List.of())).hasMessageContaining("take 8");
        assertThatThrownBy(() -> new NetworkForecaster(spec(2, 4, 1, 1, "logreturn", List.of()), run(2, 1))
                        .fit(List.of(Series.of(
                                "oil", new Random(6).doubles(60, -1, 3).toArray()))))
                .hasMessageContaining("series \"oil\": transform logreturn needs positive values");
    }

    @Test
    void trainingTargetsEndBeforeTheFirstCalibrationWindow() {
        for (int length : new int[] {80, 200, 1000, 20_000}) {
            for (int series : new int[] {1, 400}) {
                Holdout holdout = Holdout.of(length, 24, 12, -1, series);
                int[] origins = holdout.origins(length, 12, holdout.lastTraining() + 12, -1, series);
                assertThat(origins).isNotEmpty();
                assertThat(Arrays.stream(origins).min().orElseThrow())
                        .isGreaterThanOrEqualTo(holdout.lastTraining() + 12);
                assertThat(origins[0]).isEqualTo(length - 12);
                assertThat(holdout.lastTraining()).isGreaterThan(length / 2);
            }
        }
    }
}
