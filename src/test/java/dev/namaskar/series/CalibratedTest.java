package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.series.baseline.LocalForecaster;
import dev.namaskar.series.baseline.LocalMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CalibratedTest {
    private static final double[] LEVELS = {0.8, 0.95};

    private static Forecaster local(String method, int horizon, int season) {
        return Calibrated.of(new LocalForecaster(LocalMethod.named(method, season), 0), horizon, season);
    }

    private static Series walk(int length, Random random) {
        double[] walk = new double[length];
        walk[0] = 100;
        for (int t = 1; t < length; t++) {
            walk[t] = walk[t - 1] + random.nextGaussian();
        }
        return Series.of("walk", walk);
    }

    /** Wide, not narrow, where there are few windows or none; right where there are many. */
    @ParameterizedTest
    @CsvSource({"5, 0.93, 1", "8, 0.94, 1", "12, 0.94, 1", "20, 0.94, 1", "60, 0.93, 0.995", "300, 0.93, 0.985"})
    void coversRandomWalks(int length, double least, double most) {
        Random random = new Random(length);
        int horizon = 3;
        int rounds = length > 100 ? 150 : 500;
        double covered = 0;
        for (int round = 0; round < rounds; round++) {
            Series all = walk(length + horizon, random);
            Series history = all.upTo(length);
            Forecast forecast = local("naive", horizon, 1).fit(List.of(history)).forecast(history, horizon, LEVELS);
            for (int h = 0; h < horizon; h++) {
                double y = all.value(length + h);
                boolean in = forecast.lower()[1][h] <= y && y <= forecast.upper()[1][h];
                covered += in ? 1.0 / (rounds * horizon) : 0;
            }
        }
        assertThat(covered).isBetween(least, most);
    }

    /** Somebody's forecaster that says points alone: what it is off by is found out. */
    @Test
    void aForecasterOfOnesOwnGetsIntervals() {
        Forecaster own = new Forecaster() {
            @Override
            public String name() {
                return "hundred";
            }

            @Override
            public int shortest() {
                return 1;
            }

            @Override
            public Fitted fit(List<Series> histories) {
                return (history, horizon, levels) -> {
                    double[] point = new double[horizon];
                    Arrays.fill(point, 100);
                    double[] none = {};
                    return new Forecast(history.id(), new long[horizon], point, none, new double[0][], new double[0][]);
                };
            }
        };
        Random random = new Random(3);
        Series noise = Series.of(
                "noise",
                random.doubles(400).map(u -> 100 + 7 * random.nextGaussian()).toArray());
        Forecast forecast = Calibrated.of(own, 4, 1).fit(List.of(noise)).forecast(noise, 4, LEVELS);
        for (int h = 0; h < 4; h++) {
            assertThat(forecast.upper()[1][h] - 100).isBetween(0.8 * 1.96 * 7, 1.35 * 1.96 * 7);
            assertThat(100 - forecast.lower()[0][h]).isBetween(0.8 * 1.28 * 7, 1.35 * 1.28 * 7);
        }
        assertThat(forecast.point()).containsOnly(100);
        assertThatThrownBy(() -> Calibrated.of(own, 0, 1)).hasMessageContaining("horizon");
    }

    /** In a back-test its intervals take in what came since, and nothing of what comes. */
    @Test
    void theFutureChangesNothing() {
        Random random = new Random(4);
        Series series = walk(120, random);
        double[] other = series.values();
        Arrays.fill(other, 100, 120, 1e6);
        Series changed = Series.of("walk", other);
        Forecaster theta = local("theta", 5, 1);
        for (Series one : List.of(series, changed)) {
            Forecaster.Fitted first = theta.fit(List.of(one.upTo(90)));
            Forecaster.Fitted later = theta.next(first, List.of(one.upTo(100)), false);
            Forecaster.Fitted same = theta.next(theta.fit(List.of(series.upTo(90))), List.of(series.upTo(100)), false);
            Forecast ours = later.forecast(one.upTo(100), 5, LEVELS);
            assertThat(ours.upper())
                    .isDeepEqualTo(same.forecast(series.upTo(100), 5, LEVELS).upper());
            assertThat(ours.upper())
                    .isNotEqualTo(first.forecast(one.upTo(100), 5, LEVELS).upper());
        }
    }

    /** Kinds of series on which bands went wrong, or might. */
    enum Hard {
        DIPS,
        STEPS,
        BURSTS,
        MOSTLY_ZERO,
        ALL_ZERO,
        CONSTANT,
        TREND,
        TINY,
        HUGE,
        EXPONENTIAL,
        ALTERNATING,
        LATE_START;

        Series of(int length, Random random) {
            double[] noise =
                    random.doubles(length).map(u -> random.nextGaussian()).toArray();
            double level = Math.exp(6 * random.nextDouble());
            int at = random.nextInt(length);
            IntToDoubleFunction smooth = t -> level * (1 + 0.02 * noise[t]);
            IntToDoubleFunction value = switch (this) {
                case DIPS -> t -> smooth.applyAsDouble(t) / (t == at || t == length - 2 ? 50 : 1);
                case STEPS -> t -> smooth.applyAsDouble(t) * (t < at ? 1 : 30);
                case BURSTS -> t -> smooth.applyAsDouble(t) * (Math.abs(noise[t]) > 2 ? 40 : 1);
                case MOSTLY_ZERO -> t -> noise[t] > 1 ? Math.rint(5 * noise[t]) : 0;
                case ALL_ZERO -> t -> 0;
                case CONSTANT -> t -> level;
                case TREND -> t -> -level * t + noise[t];
                case TINY -> t -> 1e-9 * smooth.applyAsDouble(t);
                case HUGE -> t -> 1e12 * (smooth.applyAsDouble(t) - 0.9 * level);
                case EXPONENTIAL -> t -> Math.exp(0.3 * t + 0.05 * noise[t]);
                case ALTERNATING -> t -> (t % 2 == 0 ? 1 : -1) * level;
                case LATE_START -> t -> t < length - 3 ? 0 : smooth.applyAsDouble(t);
            };
            double[] values = new double[length];
            Arrays.setAll(values, value);
            return Series.of(name().toLowerCase(java.util.Locale.ROOT), values);
        }
    }

    /** No bound is not finite, leaves the history's range by far, crosses another or loses the series' sign. */
    static void check(Series history, Forecast forecast) {
        double[] values = history.values();
        double least = Arrays.stream(values).min().orElseThrow();
        double most = Arrays.stream(values).max().orElseThrow();
        double range = most - least;
        double growth = least > 0 ? Math.log(values[values.length - 1] / values[values.length / 2]) : 0;
        for (int h = 0; h < forecast.horizon(); h++) {
            double room = 5 * range * (1 + 1e-12) + 1e-12 * Math.abs(most);
            double rate = Math.max(0, growth) / (values.length - values.length / 2 - 1);
            double grown = least > 0 ? most * Math.exp(3 * rate * (h + 1)) : most;
            double before = forecast.point()[h];
            double above = before;
            for (int l = 0; l < 2; l++) {
                assertThat(forecast.lower()[l][h]).as(history.id()).isFinite().isLessThanOrEqualTo(before);
                assertThat(forecast.upper()[l][h]).as(history.id()).isFinite().isGreaterThanOrEqualTo(above);
                before = forecast.lower()[l][h];
                above = forecast.upper()[l][h];
            }
            assertThat(above).as(history.id()).isLessThanOrEqualTo(Math.max(most + room, grown));
            assertThat(before).as(history.id()).isGreaterThanOrEqualTo(least - room);
            if (least > 0) {
                assertThat(before).as(history.id()).isPositive();
            } else if (least == 0) {
                assertThat(before).as(history.id()).isNotNegative();
            }
        }
    }

    /** 1,080 series of twelve kinds, with three cheap forecasters. */
    @ParameterizedTest
    @EnumSource(Hard.class)
    void bandsOfHardSeriesStaySane(Hard kind) {
        Random random = new Random(kind.name().hashCode());
        for (String method : List.of("naive", "theta", "drift")) {
            for (int round = 0; round < 30; round++) {
                int length = 5 + random.nextInt(60);
                int season = random.nextInt(3) == 0 ? 4 : 1;
                Series history = kind.of(length, random);
                int horizon = 1 + random.nextInt(8);
                Forecaster.Fitted fitted = local(method, horizon, season).fit(List.of(history));
                check(history, fitted.forecast(history, horizon, LEVELS));
            }
        }
    }

    /** All kinds in one table through the whole of a network, on every transform that takes them. */
    @ParameterizedTest
    @CsvSource({"none, false", "returns, true", "logreturn, true", "level, true", "standard, false", "changes, false"})
    void bandsOfANetworkStaySane(String transform, boolean positive) {
        Random random = new Random(7);
        List<Series> table = new ArrayList<>();
        for (Hard kind : Hard.values()) {
            for (int i = 0; i < 3; i++) {
                Series one = kind.of(24 + random.nextInt(20), random);
                if (!positive || Arrays.stream(one.values()).allMatch(v -> v > 0)) {
                    double[] values = one.values();
                    table.add(Series.of(one.id() + i, values));
                }
            }
        }
        ForecastSpec spec = ForecastSpec.of(5).context(8).transform(transform).recurrent("gru", 8, 1, 0);
        SeriesModel model = new NetworkForecaster(spec, Fitting.of(30, 1).threads(1)).fit(table);
        List<Forecast> forecasts = model.forecast(table, 5, LEVELS);
        for (int i = 0; i < table.size(); i++) {
            check(table.get(i), forecasts.get(i));
        }
    }
}
