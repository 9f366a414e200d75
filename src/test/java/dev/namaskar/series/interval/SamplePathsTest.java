package dev.namaskar.series.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.Fitting;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplePathsTest {
    private static final int SERIES = 4;
    private static final int HORIZON = 4;

    /** Series under noise that is their own, or one and the same for all; as walks or not. */
    private static List<Series> series(boolean common, boolean walk, int length) {
        Random random = new Random(3);
        double[][] values = new double[SERIES][length];
        for (int t = 0; t < length; t++) {
            double shared = random.nextGaussian();
            for (int s = 0; s < SERIES; s++) {
                double noise = common ? shared : random.nextGaussian();
                values[s][t] = 100 + noise + (walk && t > 0 ? values[s][t - 1] - 100 : 0);
            }
        }
        List<Series> all = new ArrayList<>();
        for (int s = 0; s < SERIES; s++) {
            all.add(Series.of("s" + s, values[s]).labelled(Map.of("kind", s == 0 ? "a" : "b")));
        }
        return all;
    }

    private static SeriesModel model(List<Series> series, boolean walk) {
        ForecastSpec spec = ForecastSpec.of(HORIZON)
                .context(8)
                .lags(walk ? new int[] {1} : new int[0])
                .transform(walk ? "difference" : "standard")
                .recurrent("gru", 4, 1, 0);
        return new NetworkForecaster(spec, Fitting.of(150, 1).threads(1)).fit(series);
    }

    private static double width(Forecast forecast, int h) {
        return forecast.upper()[0][h] - forecast.lower()[0][h];
    }

    /** Noise that all share adds up; noise of each series' own does so by the root of their number. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sumsKnowHowSeriesHangTogether(boolean common) {
        List<Series> series = series(common, false, 300);
        SeriesModel model = model(series, false);
        SamplePaths paths = SamplePaths.of(model, series, HORIZON, 1000, 1);
        Forecast sum = paths.sums(series, List.of(), 0.8).get(0);
        assertThat(sum.series()).isEqualTo("all");
        List<Forecast> single = model.forecast(series, HORIZON, new double[] {0.8});
        for (int h = 0; h < HORIZON; h++) {
            double mean = 0;
            for (Forecast one : single) {
                mean += width(one, h) / SERIES;
            }
            double expected = common ? SERIES : Math.sqrt(SERIES);
            assertThat(width(sum, h) / mean).isCloseTo(expected, within(0.2 * expected));
        }
        List<Forecast> byKind = paths.sums(series, List.of("kind"), 0.8);
        assertThat(byKind).extracting(Forecast::series).containsExactly("kind=a", "kind=b");
        assertThat(width(byKind.get(0), 0)).isCloseTo(width(single.get(0), 0), within(0.05 * width(single.get(0), 0)));
    }

    /** The steps of a walk differ from one to the next by a step, not by what is unknown of each. */
    @Test
    void stepsHangTogether() {
        List<Series> series = series(false, true, 300);
        SamplePaths paths = SamplePaths.of(model(series, true), series, HORIZON, 1000, 1);
        for (double[][] one : paths.values()) {
            double[] steps = Arrays.stream(one)
                    .mapToDouble(path -> path[HORIZON - 1] - path[HORIZON - 2])
                    .toArray();
            double[] last =
                    Arrays.stream(one).mapToDouble(path -> path[HORIZON - 1]).toArray();
            assertThat(deviation(steps)).isLessThan(0.8 * deviation(last));
        }
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    /** What stands at one step of one series is the forecast's own quantiles, whatever hangs together. */
    @ParameterizedTest
    @ValueSource(ints = {2, 7, 40, 101})
    void everyStepHasTheForecastsQuantiles(int count) {
        List<Series> series = series(true, false, 120);
        SeriesModel model = model(series, false);
        SamplePaths paths = SamplePaths.of(model, series, 3, count, 5);
        for (int s = 0; s < SERIES; s++) {
            for (int h = 0; h < 3; h++) {
                int step = h;
                double[] sorted = Arrays.stream(paths.values()[s])
                        .mapToDouble(path -> path[step])
                        .sorted()
                        .toArray();
                for (int i = 0; i < count; i++) {
                    double p = (i + 0.5) / count;
                    Forecast at = Math.abs(p - 0.5) < 1e-9
                            ? model.forecast(series.get(s), 3, new double[] {0.5})
                            : model.forecast(series.get(s), 3, new double[] {Math.abs(2 * p - 1)});
                    double expected =
                            Math.abs(p - 0.5) < 1e-9 ? at.point()[h] : p < 0.5 ? at.lower()[0][h] : at.upper()[0][h];
                    assertThat(sorted[i]).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
                }
            }
        }
        assertThat(SamplePaths.of(model, series, 3, count, 5).values()).isDeepEqualTo(paths.values());
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        List<Series> series = series(false, false, 120);
        SeriesModel model = model(series, false);
        assertThatThrownBy(() -> SamplePaths.of(model, series, 3, 1, 1)).hasMessageContaining("2 to 100000 paths");
        assertThatThrownBy(() -> SamplePaths.of(model, series, 5, 10, 1))
                .hasMessageContaining("forecasts 1 to 4 steps");
        List<Series> brief = List.of(Series.of("s", Arrays.copyOf(series.get(0).values(), 15)));
        assertThatThrownBy(() -> SamplePaths.of(model, brief, 4, 10, 1)).hasMessageContaining("at least 10 windows");
        List<Series> uneven = List.of(series.get(0), series.get(1).upTo(100));
        assertThatThrownBy(() -> SamplePaths.of(model, uneven, 3, 10, 1).sums(uneven, List.of(), 0.8))
                .hasMessageContaining("series that end together");
        assertThatThrownBy(() -> SamplePaths.of(model, series, 3, 10, 1).sums(series, List.of("shop"), 0.8))
                .hasMessageContaining("expected a column \"shop\"");
    }
}
