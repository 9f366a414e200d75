package dev.namaskar.series.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.params.Params;
import dev.namaskar.series.Fitting;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearMapTest {
    private static final double[] LEVELS = {0.8, 0.95};
    private static final int CONTEXT = 6;
    private static final int HORIZON = 3;

    private static ForecastSpec spec(int... lags) {
        return ForecastSpec.of(HORIZON)
                .season(2)
                .patch(CONTEXT)
                .context(CONTEXT)
                .lags(lags)
                .transform("standard")
                .recurrent("gru", 1, 0, 0);
    }

    private static SeriesModel fit(ForecastSpec spec, List<Series> histories) {
        return new NetworkForecaster(
                        spec, Fitting.of(1, 1).threads(1).calibration(0, null).members(1))
                .fit(histories);
    }

    /** Each value is made of the two before it: what starts repeat is wrong, the map is right. */
    private static Series oscillation(Random random, int length, double noise) {
        double size = 1 + 10 * random.nextDouble();
        double phase = 6 * random.nextDouble();
        double[] values = new double[length];
        Arrays.setAll(values, t -> 100 + size * (Math.cos(0.8 * t + phase) + noise * random.nextGaussian()));
        return Series.of("s" + size, values);
    }

    private static double off(SeriesModel model, Series whole) {
        Series past = whole.upTo(whole.length() - HORIZON);
        double[] point = model.forecast(past, HORIZON, LEVELS).point();
        double sum = 0;
        for (int h = 0; h < HORIZON; h++) {
            sum += Math.abs(point[h] - whole.value(past.length() + h));
        }
        return sum;
    }

    @Test
    void whatIsLinearIsForecast() {
        Random random = new Random(4);
        List<Series> whole = new ArrayList<>();
        for (int s = 0; s < 12; s++) {
            whole.add(oscillation(random, 60, 0));
        }
        List<Series> past =
                whole.stream().map(s -> s.upTo(s.length() - HORIZON)).toList();
        SeriesModel linear = fit(spec(2), past);
        SeriesModel mix = fit(spec(2).patch(1), past);

        for (Series series : whole) {
            assertThat(off(linear, series)).isLessThan(0.2 * off(mix, series));
        }
    }

    /** The equation of the documentation, in doubles, without blocks, products or Cholesky's method. */
    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void theMapIsTheEquationsSolution(int count) {
        Random random = new Random(count);
        List<Series> histories = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            histories.add(oscillation(random, 24 + s % 3, 0.3));
        }
        Params found = fit(spec(2), histories).members().get(0);
        double[][] expected = naive(histories);

        int columns = found.layout().slot("head.weight").columns();
        for (int h = 0; h < HORIZON; h++) {
            for (int i = 0; i < CONTEXT + 1; i++) {
                assertThat((double) found.get("head.weight")[i * columns + h]).isCloseTo(expected[i][h], within(2e-3));
            }
        }
    }

    private static double[][] naive(List<Series> histories) {
        List<double[]> inputs = new ArrayList<>();
        List<double[]> residuals = new ArrayList<>();
        List<Double> units = new ArrayList<>();
        for (Series series : histories) {
            // The order in which windows are looked at has no part in their sums.
            for (int origin = CONTEXT; origin + HORIZON <= series.length(); origin++) {
                double[] window = series.values(origin - CONTEXT, origin);
                double mean = Arrays.stream(window).average().orElseThrow();
                double deviation = Math.sqrt(Arrays.stream(window)
                        .map(v -> (v - mean) * (v - mean))
                        .average()
                        .orElseThrow());
                double[] x = new double[CONTEXT + 2];
                double sum = 0;
                for (int i = 0; i < CONTEXT; i++) {
                    x[i] = (window[i] - mean) / deviation;
                    sum += x[i];
                }
                x[CONTEXT] = sum / CONTEXT;
                x[CONTEXT + 1] = 1;
                double unit = 0;
                for (int i = 2; i < CONTEXT; i++) {
                    unit += Math.abs(x[i] - x[i - 2]) / (CONTEXT - 2);
                }
                double[] r = new double[HORIZON];
                for (int h = 0; h < HORIZON; h++) {
                    r[h] = (series.value(origin + h) - mean) / deviation - x[CONTEXT - 2 + h % 2];
                }
                inputs.add(x);
                residuals.add(r);
                units.add(unit + Window.LEAST_UNIT);
            }
        }
        double[][] map = new double[CONTEXT + 2][HORIZON];
        double before = 0;
        for (int round = 0; round < 3; round++) {
            double[] errors = new double[inputs.size()];
            for (int n = 0; n < errors.length; n++) {
                double squares = 0;
                for (int h = 0; h < HORIZON; h++) {
                    double said = 0;
                    for (int i = 0; i < CONTEXT + 2; i++) {
                        said += map[i][h] * inputs.get(n)[i];
                    }
                    squares += Math.pow(residuals.get(n)[h] - said, 2) / HORIZON;
                }
                errors[n] = Math.sqrt(squares) / units.get(n);
            }
            double mean = Arrays.stream(errors).average().orElseThrow();
            double[] weights = new double[errors.length];
            for (int n = 0; n < errors.length; n++) {
                weights[n] = 1 / Math.pow(units.get(n), 2) / (round == 0 ? 1 : errors[n] + 0.1 * before);
            }
            before = mean;
            map = ridge(inputs, residuals, weights);
        }
        return map;
    }

    /** As a least squares problem with a row for each penalty. */
    private static double[][] ridge(List<double[]> inputs, List<double[]> residuals, double[] weights) {
        int width = CONTEXT + 2;
        double trace = 0;
        RealMatrix a = new Array2DRowRealMatrix(weights.length + width, width);
        RealMatrix b = new Array2DRowRealMatrix(weights.length + width, HORIZON);
        for (int n = 0; n < weights.length; n++) {
            double root = Math.sqrt(weights[n]);
            for (int i = 0; i < width; i++) {
                a.setEntry(n, i, root * inputs.get(n)[i]);
                trace += weights[n] * inputs.get(n)[i] * inputs.get(n)[i];
            }
            for (int h = 0; h < HORIZON; h++) {
                b.setEntry(n, h, root * residuals.get(n)[h]);
            }
        }
        for (int i = 0; i < width; i++) {
            a.setEntry(weights.length + i, i, Math.sqrt(0.01 * trace / width));
        }
        return new QRDecomposition(a).getSolver().solve(b).getData();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void whatRepeatsItselfExactlyIsForecastExactly(int period) {
        double[] values = new double[40];
        Arrays.setAll(values, t -> 5 + t % period);
        Series series = Series.of("s", values);
        double[] point =
                fit(spec(2), List.of(series)).forecast(series, HORIZON, LEVELS).point();
        for (int h = 0; h < HORIZON; h++) {
            assertThat(point[h]).isCloseTo(5 + (40 + h) % period, within(0.3));
        }
    }

    /** What is missing is told by the map itself: whatever a season before stands in for it changes nothing much. */
    @Test
    void missingValuesDoNotSpoilTheMap() {
        Random random = new Random(9);
        List<Series> whole = new ArrayList<>();
        List<Series> gaps = new ArrayList<>();
        for (int s = 0; s < 30; s++) {
            Series series = oscillation(random, 80, 0.05);
            whole.add(series);
            double[] values = series.values(0, 77);
            for (int t = 10; t < 70; t += 7 + random.nextInt(5)) {
                values[t] = Double.NaN;
            }
            gaps.add(Series.of(series.id(), values));
        }
        SeriesModel model = fit(spec(2).missing(true), gaps);
        SeriesModel mix = fit(spec(2).missing(true).patch(1), gaps);
        double linear = 0;
        double plain = 0;
        for (Series series : whole) {
            linear += off(model, series);
            plain += off(mix, series);
        }
        assertThat(linear).isFinite().isLessThan(0.5 * plain);
    }

    /** Two gates begin equal, so that the map is fitted to what their mean leaves. */
    @Test
    void fitsWhatTheStartsLeave() {
        Random random = new Random(2);
        List<Series> histories = List.of(oscillation(random, 40, 0.1), oscillation(random, 40, 0.1));
        Series series = histories.get(0);

        Forecast one = fit(spec(1), histories).forecast(series, HORIZON, LEVELS);
        Forecast two = fit(spec(1, 2, 3), histories).forecast(series, HORIZON, LEVELS);

        for (int h = 0; h < HORIZON; h++) {
            assertThat(two.point()[h]).isCloseTo(one.point()[h], within(1.0));
        }
    }

    @Test
    void onlyAWholeContextInOneStepWithNothingAheadIsLinear() {
        assertThat(spec(2).isLinear()).isTrue();
        assertThat(spec(2).context(2 * CONTEXT).isLinear()).isFalse();
        assertThat(spec(2).patch(1).isLinear()).isFalse();
        assertThat(spec(2).recurrent("gru", 4, 1, 0).isLinear()).isFalse();
        assertThat(spec(2).columns(List.of("price"), List.of(), List.of()).isLinear())
                .isFalse();
        assertThat(spec(2).columns(List.of(), List.of("sold"), List.of()).isLinear())
                .isTrue();
    }
}
