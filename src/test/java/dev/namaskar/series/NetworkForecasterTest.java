package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.series.baseline.LocalForecaster;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.interval.CalibrationPlan;
import dev.namaskar.series.interval.Conformal;
import dev.namaskar.series.interval.Trial;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.train.run.Standing;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.EarlyStop;
import dev.namaskar.train.settings.RunSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkForecasterTest {
    private static final double[] LEVELS = {0.8, 0.95};

    static ForecastSpec spec(int horizon, int context, int patch, int season, String transform, List<String> known) {
        return ForecastSpec.of(horizon)
                .patch(patch)
                .context(context)
                .season(season)
                .lags(season)
                .transform(transform)
                .recurrent("gru", 16, 1, 0)
                .columns(known, List.of(), List.of());
    }

    static Fitting fitting(int steps, int members) {
        return Fitting.of(RunSettings.NONE
                        .withSteps(steps)
                        .withOptimizer(OptimizerSpec.parse("adam:lr=0.01,schedule=constant"))
                        .withSeed(3))
                .batch(16)
                .members(members)
                .threads(1);
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
        Table table = new Table(series, series.get(0).frequency(), false, false, List.of(), List.of(), List.of());
        ForecastSpec spec = spec(6, 12, 1, 6, "level", List.of());
        List<Forecaster> forecasters = new ArrayList<>(LocalForecaster.baselines(6));
        forecasters.add(0, new NetworkForecaster(spec, fitting(150, 1)));
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
        SeriesModel model = new NetworkForecaster(spec, fitting(400, 1)).fit(List.of(series));
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
        SeriesModel model = new NetworkForecaster(spec(5, 8, 4, 4, "log", List.of()), fitting(5, members)).fit(series);
        SeriesModel again =
                SeriesFile.model(SeriesFile.settings(model), model.network(), model.members(), model.source());
        Forecast expected = model.forecast(series.get(0), 5, LEVELS);
        Forecast found = again.forecast(series.get(0), 5, LEVELS);

        assertThat(found.point()).containsExactly(expected.point());
        assertThat(found.lower()).isDeepEqualTo(expected.lower());
        assertThat(found.upper()).isDeepEqualTo(expected.upper());
    }

    @Test
    void sameSeedSameForecast() {
        List<Series> series = List.of(growing("a", 90, 4, new Random(4)));
        NetworkForecaster forecaster = new NetworkForecaster(spec(5, 8, 1, 4, "level", List.of()), fitting(5, 2));

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
        NetworkForecaster forecaster = new NetworkForecaster(spec(5, 12, 4, 4, "level", List.of()), fitting(2, 1));
        SeriesModel model = forecaster.fit(List.of(longOne, shortOne));

        assertThatThrownBy(() -> forecaster.fit(List.of(shortOne)))
                .hasMessageContaining(
                        "no series is long enough to train on: a window takes 12 values of history and 5");
        assertThatThrownBy(() -> model.forecast(shortOne.upTo(11), 5, LEVELS))
                .hasMessageContaining("series \"short\": the model needs at least 12 values of history");
        assertThatThrownBy(() -> model.forecast(longOne, 6, LEVELS)).hasMessageContaining("1 to 5 steps, asked for 6");
        assertThatThrownBy(() -> spec(5, 10, 4, 4, "level", List.of())).hasMessageContaining("take 8");
        assertThatThrownBy(() -> new NetworkForecaster(spec(2, 4, 1, 1, "logreturn", List.of()), fitting(2, 1))
                        .fit(List.of(Series.of(
                                "oil", new Random(6).doubles(60, -1, 3).toArray()))))
                .hasMessageContaining("series \"oil\": transform logreturn needs positive values");
        assertThatThrownBy(() -> model.forecast(longOne.upTo(0), 5, LEVELS)).hasMessageContaining("found 0");
    }

    @Test
    void refusesAValueOutsideTheDomainWhereverItStands() {
        double[] values = new Random(8).doubles(400, 1, 3).toArray();
        values[20] = -36.98;
        List<Series> series =
                List.of(Series.of("fine", new Random(9).doubles(90, 1, 3).toArray()), Series.of("oil", values));
        // One step of a few windows would hardly ever meet it.
        for (String transform : List.of("log", "logreturn")) {
            NetworkForecaster forecaster = new NetworkForecaster(spec(2, 4, 1, 1, transform, List.of()), fitting(1, 1));
            assertThatThrownBy(() -> forecaster.fit(series))
                    .hasMessage("series \"oil\": transform " + transform
                            + " needs positive values, found -36.98 at 21; use transform difference or standard");
            assertThat(forecaster.otherwise("difference").fit(series).spec().transform())
                    .isEqualTo("difference");
        }
        Arrays.fill(values, 30, 40, 0);
        assertThatThrownBy(() -> new NetworkForecaster(spec(2, 4, 1, 4, "level", List.of()), fitting(1, 1))
                        .fit(List.of(Series.of("oil", values))))
                .hasMessageContaining("transform level needs a positive mean of the last season");
    }

    @Test
    void readsHistoriesShorterThanTheContext() {
        Random random = new Random(10);
        List<Series> series = new ArrayList<>(List.of(growing("long", 120, 4, random)));
        for (int i = 0; i < 5; i++) {
            series.add(growing("short" + i, 14, 4, random));
        }
        ForecastSpec strict = spec(3, 24, 4, 4, "level", List.of());
        ForecastSpec lenient = strict.context(24, 8);
        SeriesModel without = new NetworkForecaster(strict, fitting(30, 1)).fit(series);
        SeriesModel with = new NetworkForecaster(lenient, fitting(30, 1)).fit(series);

        assertThatThrownBy(() -> without.forecast(series.get(1), 3, LEVELS)).hasMessageContaining("at least 24 values");
        assertThatThrownBy(() -> with.forecast(series.get(1).upTo(7), 3, LEVELS))
                .hasMessageContaining("at least 8 values");
        assertThat(with.forecast(series.get(1), 3, LEVELS).point()).doesNotContain(Double.NaN);
        // Whole patches are read, from the end: what lies before them changes nothing.
        double[] values = series.get(1).values();
        Forecast expected = with.forecast(Series.of("s", values), 3, LEVELS);
        values[0] = 1e6;
        values[1] = -1e6;
        assertThat(with.forecast(Series.of("s", values), 3, LEVELS).point()).containsExactly(expected.point());
        values[2] = 1e6;
        assertThat(with.forecast(Series.of("s", values), 3, LEVELS).point()).isNotEqualTo(expected.point());
        assertThat(with.forecast(series.get(0), 3, LEVELS).point()).hasSize(3);
    }

    @Test
    void aSeriesIsForecastTheSameAloneAndAmongOthers() {
        Random random = new Random(11);
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            series.add(growing("s" + i, 30 + random.nextInt(60), 4, random));
        }
        SeriesModel model = new NetworkForecaster(
                        spec(5, 12, 4, 4, "standard", List.of()).context(12, 4), fitting(5, 2))
                .fit(series);
        List<Forecast> together = model.forecast(series, 5, LEVELS);

        for (int i = 0; i < series.size(); i++) {
            Forecast alone = model.forecast(series.get(i), 5, LEVELS);
            assertThat(together.get(i).point()).containsExactly(alone.point());
            assertThat(together.get(i).upper()).isDeepEqualTo(alone.upper());
        }
    }

    @Test
    void learnsLittleFromWhatItIsJudgedBy() {
        Random random = new Random(12);
        List<Series> series = List.of(growing("a", 90, 4, random), growing("b", 70, 4, random));
        for (int length : new int[] {80, 200, 1000, 20_000}) {
            for (int count : new int[] {1, 400}) {
                List<Series> histories = Collections.nCopies(count, Series.of("s", new double[length]));
                CalibrationPlan plan = CalibrationPlan.of(
                        histories, spec(12, 24, 1, 12, "level", List.of()).shape(), -1, -1);
                assertThat(plan.stretches()).isPositive();
                assertThat(plan.begin(length, plan.stretches())).isEqualTo(length - 12 + 1);
                for (int stretch = 0; stretch < plan.stretches(); stretch++) {
                    assertThat(plan.begin(length, stretch + 1)).isGreaterThan(plan.begin(length, stretch));
                    assertThat(plan.begin(length, stretch)).isGreaterThan(length / 2 - 12);
                }
            }
        }
        SeriesModel model = new NetworkForecaster(spec(5, 8, 1, 4, "level", List.of()), fitting(5, 1)).fit(series);
        assertThat(model.record().all()).hasSizeGreaterThan(20);
        assertThat(model.record().all()).extracting(Trial::origin).allMatch(origin -> origin <= 90 - 5 && origin > 20);
    }

    @Test
    void aForecastWaitsForWhatCame() {
        Series series = growing("a", 100, 4, new Random(13));
        NetworkForecaster forecaster = new NetworkForecaster(spec(6, 8, 1, 4, "level", List.of()), fitting(5, 1));
        SeriesModel first = forecaster.fit(List.of(series.upTo(80)));
        int before = first.record().all().size();

        SeriesModel later = (SeriesModel) forecaster.next(first, List.of(series.upTo(84)), true);
        assertThat(later.record().all()).hasSize(before);
        SeriesModel last = (SeriesModel) forecaster.next(later, List.of(series.upTo(88)), true);
        // Origins 80 to 82 were foretold by the first model, and their six steps have come.
        assertThat(last.record().all()).hasSize(before + 3);
        assertThat(first.recalibrate(List.of(series.upTo(88))).record().all()).hasSize(before + 3);
    }

    @Test
    void withoutCalibrationIntervalsStayTheNetworksOwn() {
        Series series = growing("a", 100, 4, new Random(15));
        NetworkForecaster forecaster = new NetworkForecaster(
                spec(6, 8, 1, 4, "level", List.of()), fitting(5, 1).calibration(0, null));
        SeriesModel first = forecaster.fit(List.of(series.upTo(80)));

        assertThat(first.recalibrate(List.of(series))).isSameAs(first);
        assertThat(first.conformal()).usingRecursiveComparison().isEqualTo(Conformal.none(6));
        SeriesModel anew = (SeriesModel) forecaster.next(first, List.of(series), true);
        assertThat(anew.conformal()).usingRecursiveComparison().isEqualTo(Conformal.none(6));
    }

    @Test
    void stopsByValidation() {
        Series series = growing("a", 200, 4, new Random(14));
        List<Double> losses = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        Fitting fitting = Fitting.of(RunSettings.NONE
                        .withSteps(2000)
                        .withStop(new EarlyStop(null, 3, 10L))
                        .withOptimizer(OptimizerSpec.parse("adam:lr=0.02,clip=0,schedule=constant"))
                        .withData(new RunSettings.Data(null, 0.2)))
                .threads(1)
                .calibration(0, null)
                .listen(new TrainingListener() {
                    @Override
                    public void onValidation(long step, double loss, boolean best) {
                        losses.add(loss);
                    }

                    @Override
                    public void onEnd(Training.Result result, Standing standing) {
                        ended.add(result.reason());
                        assertThat(standing.bestLoss())
                                .isEqualTo(losses.stream().min(Double::compare).orElseThrow());
                    }
                });
        new NetworkForecaster(spec(4, 8, 1, 4, "level", List.of()), fitting).fit(List.of(series));

        assertThat(ended).containsExactly("no better validation loss 3 times in a row");
        assertThat(losses.get(0))
                .isGreaterThan(losses.stream().min(Double::compare).orElseThrow());
        assertThatThrownBy(() -> new NetworkForecaster(spec(4, 8, 1, 4, "level", List.of()), fitting)
                        .fit(List.of(series.upTo(13))))
                .hasMessageContaining("no series is long enough");
    }

    /** What stands in a missing place changes nothing: it is read as missing, and counts nowhere. */
    @Test
    void missingValuesAreReadAsMissing() {
        Random random = new Random(21);
        double[] values = growing("a", 120, 4, random).values();
        double[] holes = values.clone();
        for (int t = 5; t < 120; t += 7) {
            holes[t] = Double.NaN;
        }
        ForecastSpec spec = spec(5, 12, 2, 4, "level", List.of())
                .methods(List.of("theta", "ets"))
                .missing(true);
        Series series = Series.of("a", holes);
        SeriesModel model = new NetworkForecaster(spec, fitting(60, 1)).fit(List.of(series));
        Forecast forecast = model.forecast(series, 5, LEVELS);
        SeriesModel again =
                SeriesFile.model(SeriesFile.settings(model), model.network(), model.members(), model.source());

        assertThat(forecast.point()).doesNotContain(Double.NaN);
        assertThat(forecast.lower()[1]).doesNotContain(Double.NaN);
        assertThat(again.forecast(series, 5, LEVELS).upper()).isDeepEqualTo(forecast.upper());
        for (int h = 0; h < 5; h++) {
            assertThat(forecast.point()[h]).isBetween(0.5 * values[119], 2 * values[119]);
        }
        assertThat(model.record().all()).isNotEmpty();
        SeriesModel whole =
                new NetworkForecaster(spec.missing(false), fitting(2, 1)).fit(List.of(Series.of("a", values)));
        assertThatThrownBy(() -> whole.forecast(series, 5, LEVELS)).hasMessageContaining("values are missing");
        assertThatThrownBy(() -> new NetworkForecaster(spec.missing(false), fitting(2, 1)).fit(List.of(series)))
                .hasMessageContaining("values are missing");
    }

    @Test
    void fillsFromBeforeAlone() {
        double nan = Double.NaN;
        double[] values = {nan, 1, 2, 3, nan, nan, 6, nan, 8};

        assertThat(Series.filled(values, 3)).containsExactly(0, 1, 2, 3, 1, 2, 6, 1, 8);
        assertThat(Series.filled(values, 1)).containsExactly(0, 1, 2, 3, 3, 3, 6, 6, 8);
        for (int length = 1; length < values.length; length++) {
            assertThat(Arrays.copyOf(Series.filled(values, 3), length))
                    .containsExactly(Series.filled(Arrays.copyOf(values, length), 3));
        }
        Series series = Series.of("s", values);
        assertThat(series.hasMissing()).isTrue();
        assertThat(series.filled(1)).isNotEqualTo(series.filled(3));
    }
}
