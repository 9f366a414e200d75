package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.notation.Frequency;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
    private static final int LENGTH = 200;

    private static final int HORIZON = 4;

    /** Days that follow a column known ahead, and have nothing to do with one that is observed. */
    private static Series series(int seed) {
        Random random = new Random(seed);
        double[] known = random.doubles(LENGTH + HORIZON, -1, 1).toArray();
        double[] observed = random.doubles(LENGTH).toArray();
        double[] values = new double[LENGTH];
        Arrays.setAll(values, t -> 50 + 8 * known[t] + 3 * Math.sin(2 * Math.PI * t / 7) + random.nextGaussian());
        Frequency day = Frequency.parse("day");
        long[] times = IntStream.range(0, LENGTH + HORIZON)
                .mapToLong(t -> day.plus(0, t))
                .toArray();
        return new Series("s" + seed, day, times, values, new double[][] {known}, new double[][] {observed});
    }

    private static ForecastSpec spec() {
        return ForecastSpec.of(HORIZON)
                .season(7)
                .lags(7, 1)
                .context(14)
                .recurrent("gru", 24, 1, 0)
                .columns(List.of("price"), List.of("noise"), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "level", "logreturn", "minmax"})
    void startsAndResidualAddUpToTheForecast(String transform) {
        List<Series> series = List.of(series(1), series(2));
        boolean linear = !transform.equals("logreturn");
        ForecastSpec spec = spec().transform(transform).lags(linear ? new int[] {7, 1} : new int[] {7});
        SeriesModel model = new NetworkForecaster(
                        spec, Fitting.of(60, 1).members(2).threads(1).calibration(0, null))
                .fit(series);
        Explanation why = model.explain(series.get(0));
        double[] said = model.base()
                .forecast(series.get(0), HORIZON, new double[] {0.8, 0.95})
                .point();
        assertAddsUp(why, said);
        assertThat(why.starts())
                .extracting(Explanation.Start::name)
                .containsExactlyElementsOf(model.spec().starts());
        assertThat(why.toString()).contains("the value 7 steps back", "price changes");
    }

    /** Starts by their trust, which is one in all, and what networks add make the forecast. */
    static void assertAddsUp(Explanation why, double[] said) {
        for (int h = 0; h < said.length; h++) {
            double sum = why.residual()[h];
            double trust = 0;
            for (Explanation.Start start : why.starts()) {
                sum += start.weights()[h] * start.values()[h];
                trust += start.weights()[h];
            }
            assertThat(trust).isCloseTo(1, within(1e-9));
            assertThat(sum).isCloseTo(said[h], within(1e-4 * Math.abs(said[h])));
        }
    }

    @Test
    void theColumnThatMattersChangesMost() {
        List<Series> series = List.of(series(1), series(2), series(3));
        SeriesModel model =
                new NetworkForecaster(spec(), Fitting.of(1500, 1).threads(1).calibration(0, null)).fit(series);
        double products = 0;
        double squares = 0;
        for (Series one : series) {
            Explanation why = model.explain(one);
            double[] size =
                    why.inputs().stream().mapToDouble(Explanation.Input::size).toArray();
            assertThat(why.inputs())
                    .extracting(Explanation.Input::name)
                    .containsExactly("past values", "price", "noise");
            assertThat(size[1]).isGreaterThan(3 * size[2]);
            double[] change = why.inputs().get(1).change();
            for (int h = 0; h < HORIZON; h++) {
                products += change[h] * one.known(0, LENGTH + h);
                squares += 8 * one.known(0, LENGTH + h) * one.known(0, LENGTH + h);
            }
        }
        assertThat(products / squares).isBetween(0.6, 1.4);
    }

    /** A mix of starts stood beside the network, saw nothing of the column and halved what it changes. */
    @Test
    void whatIsKnownAheadCountsInFullBesideLocalMethods() {
        List<Series> series = List.of(series(1), series(2), series(3));
        SeriesModel model = new NetworkForecaster(
                        spec().methods(List.of("theta")),
                        Fitting.of(1500, 1).threads(1).calibration(0, null))
                .fit(series);
        double changed = 0;
        double expected = 0;
        for (Series one : series) {
            double[] change = model.explain(one).inputs().get(1).change();
            for (int h = 0; h < HORIZON; h++) {
                changed += Math.abs(change[h]);
                expected += 8 * Math.abs(one.known(0, LENGTH + h));
            }
        }
        assertThat(changed / expected).isBetween(0.65, 1.35);
    }

    @Test
    void aMixAloneHasStartsAndReadsNothing() {
        List<Series> series = List.of(series(1));
        ForecastSpec spec = ForecastSpec.of(HORIZON)
                .season(7)
                .lags(7)
                .methods(List.of("theta", "naive"))
                .context(14)
                .recurrent("gru", 1, 0, 0);
        Series plain = Series.of("plain", series.get(0).values());
        SeriesModel model =
                new NetworkForecaster(spec, Fitting.of(40, 1).threads(1).calibration(0, null)).fit(List.of(plain));
        Explanation why = model.explain(plain);
        assertThat(why.inputs()).allMatch(input -> input.size() == 0);
        assertThat(why.starts()).extracting(Explanation.Start::name).containsExactly("7", "theta", "naive");
        assertThat(why.starts().get(2).values()).containsOnly(plain.value(LENGTH - 1));
    }
}
