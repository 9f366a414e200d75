package dev.namaskar.series.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.Fitting;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnomaliesTest {
    private static final int LENGTH = 220;

    private static SeriesModel model;

    /** Seasons of seven under noise, of different size in each series. */
    private static double[][] values(long seed, int series) {
        Random random = new Random(seed);
        double[][] values = new double[series][LENGTH];
        for (int s = 0; s < series; s++) {
            double size = Math.pow(10, s % 3);
            for (int t = 0; t < LENGTH; t++) {
                values[s][t] = size * (20 + 5 * Math.sin(2 * Math.PI * t / 7) + random.nextGaussian());
            }
        }
        return values;
    }

    private static Table table(double[][] values) {
        List<Series> series = new ArrayList<>();
        for (int s = 0; s < values.length; s++) {
            series.add(Series.of("s" + s, values[s]));
        }
        return Table.of(series.toArray(Series[]::new));
    }

    @BeforeAll
    static void train() {
        ForecastSpec spec = ForecastSpec.of(3)
                .season(7)
                .lags(7, 14)
                .context(21)
                .transform("level")
                .recurrent("gru", 8, 1, 0)
                .missing(true);
        Fitting fitting = Fitting.of(300, 2).threads(1);
        model = new NetworkForecaster(spec, fitting).fit(table(values(1, 4)).series());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatWasPlantedIsFoundAndLittleElse(int step) {
        double[][] values = values(7, 3);
        int[][] planted = {{0, 60}, {0, 130}, {1, 90}, {1, 91}, {2, 200}};
        for (int[] place : planted) {
            double size = Math.pow(10, place[0]);
            values[place[0]][place[1]] += place[1] % 2 == 0 ? 12 * size : -12 * size;
        }
        Anomalies anomalies = Anomalies.of(model, table(values), step, 0.05);
        List<String> found = anomalies.found().stream()
                .map(v -> v.series() + ":" + v.index())
                .toList();
        for (int[] place : planted) {
            assertThat(found).contains("s" + place[0] + ":" + place[1]);
        }
        assertThat(found).hasSizeLessThanOrEqualTo(planted.length + 1);
        for (ScoredValue value : anomalies.found()) {
            assertThat(value.actual()).isEqualTo(values[value.series().charAt(1) - '0'][value.index()]);
            assertThat(Math.signum(value.score())).isEqualTo(value.index() % 2 == 0 ? 1 : -1);
        }
    }

    /** Of thirty tables with nothing strange in them, those where something is found are a share of the rate, about. */
    @Test
    void nothingIsFoundWhereNothingIs() {
        int tables = 0;
        int values = 0;
        for (int seed = 100; seed < 130; seed++) {
            int found =
                    Anomalies.of(model, table(values(seed, 2)), 1, 0.05).found().size();
            tables += found > 0 ? 1 : 0;
            values += found;
        }
        assertThat(tables).isLessThanOrEqualTo(5);
        assertThat(values).isLessThanOrEqualTo(8);
    }

    /** Local methods know little of seasons at the beginning of a history: that is nothing strange. */
    @Test
    void beginningsOfHistoriesAreNotStrange() {
        ForecastSpec spec = ForecastSpec.of(3)
                .season(7)
                .lags(7)
                .methods(List.of("theta"))
                .context(14, 7)
                .transform("level")
                .recurrent("gru", 4, 1, 0);
        SeriesModel local = new NetworkForecaster(spec, Fitting.of(200, 2).threads(1))
                .fit(table(autoregressive(1, 3)).series());
        List<ScoredValue> young = new ArrayList<>();
        for (int seed = 200; seed < 212; seed++) {
            Anomalies.of(local, table(autoregressive(seed, 3)), 1, 0.05).scored().stream()
                    .filter(v -> v.index() >= 14 && v.index() < 28)
                    .forEach(young::add);
        }
        assertThat(young).hasSize(12 * 3 * 14);
        assertThat(young.stream().filter(v -> v.pValue() < 0.01).count()).isLessThanOrEqualTo(20);
        double[][] planted = autoregressive(300, 3);
        planted[0][25] += 60;
        assertThat(Anomalies.of(local, table(planted), 1, 0.05).found())
                .anyMatch(v -> v.series().equals("s0") && v.index() == 25);
    }

    /** A sensor that is dead, or several, hide nothing of what the others say. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void seriesThatNeverChangeHideNothing(int dead) {
        double[][] values = Arrays.copyOf(values(21, 2), 2 + dead);
        values[0][120] += 12;
        for (int s = 2; s < values.length; s++) {
            values[s] = new double[LENGTH];
            Arrays.fill(values[s], 5);
        }
        Anomalies anomalies = Anomalies.of(model, table(values), 1, 0.05);
        assertThat(anomalies.found())
                .extracting(v -> v.series() + ":" + v.index())
                .containsExactly("s0:120");
        assertThat(anomalies.scored())
                .hasSize(values.length * (LENGTH - model.spec().shortest()));
    }

    private static double[][] autoregressive(long seed, int series) {
        Random random = new Random(seed);
        double[][] values = new double[series][LENGTH];
        for (double[] one : values) {
            double noise = 0;
            for (int t = 0; t < LENGTH; t++) {
                noise = 0.6 * noise + random.nextGaussian();
                one[t] = 100 + 10 * Math.sin(2 * Math.PI * t / 7) + noise;
            }
        }
        return values;
    }

    @Test
    void missingValuesHaveNoScoreAndHideNothing() {
        double[][] values = values(9, 2);
        for (int t = 70; t < 80; t++) {
            values[0][t] = Double.NaN;
        }
        values[0][84] += 15;
        Anomalies anomalies = Anomalies.of(model, table(values), 1, 0.05);
        assertThat(anomalies.scored()).noneMatch(v -> v.series().equals("s0") && v.index() >= 70 && v.index() < 80);
        assertThat(anomalies.scored()).hasSize(2 * (LENGTH - model.spec().shortest()) - 10);
        assertThat(anomalies.found()).anyMatch(v -> v.series().equals("s0") && v.index() == 84);
    }

    /** A forecast of a value sees nothing of it, nor of what comes after. */
    @Test
    void laterValuesChangeNoForecast() {
        double[][] values = values(11, 1);
        double[][] other = {values[0].clone()};
        for (int t = 150; t < LENGTH; t++) {
            other[0][t] = 20 + 5 * Math.sin(2 * Math.PI * t / 7);
        }
        List<ScoredValue> a = Anomalies.of(model, table(values), 1, 1e-9).scored();
        List<ScoredValue> b = Anomalies.of(model, table(other), 1, 1e-9).scored();
        int compared = 0;
        for (int i = 0; i < a.size() && a.get(i).index() <= 150; i++) {
            assertThat(b.get(i).forecast()).isEqualTo(a.get(i).forecast());
            assertThat(b.get(i).upper()).isEqualTo(a.get(i).upper());
            compared++;
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void whatCannotBeScoredIsRefused() {
        Table table = table(values(3, 1));
        assertThatThrownBy(() -> Anomalies.of(model, table, 4, 0.05))
                .hasMessageContaining("of 1 to the model's horizon of 3");
        assertThatThrownBy(() -> Anomalies.of(model, table, 1, 1)).hasMessageContaining("between 0 and 1");
        Table brief = Table.of(Series.of("s", Arrays.copyOf(values(3, 1)[0], 40)));
        assertThatThrownBy(() -> Anomalies.of(model, brief, 1, 0.05)).hasMessageContaining("at least 40 values");
    }

    /** The definition of Benjamini and Hochberg's procedure, word for word. */
    @Test
    void adjustedValuesFindWhatTheProcedureFinds() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            int n = 1 + random.nextInt(40);
            double[] p = random.doubles(n).map(x -> x * x * x).toArray();
            double rate = random.nextDouble();
            double[] sorted = Arrays.stream(p).sorted().toArray();
            double bound = -1;
            for (int i = 1; i <= n; i++) {
                bound = sorted[i - 1] <= rate * i / n ? sorted[i - 1] : bound;
            }
            double[] q = FalseDiscovery.adjusted(p);
            for (int i = 0; i < n; i++) {
                assertThat(q[i] <= rate).isEqualTo(p[i] <= bound);
            }
        }
    }

    /** Ranks up to a tenth; beyond it the tail of what most distances show, which a few strays do not change. */
    @Test
    void tailsAreThoseOfTheBulk() {
        Random random = new Random(6);
        double[] distances = new double[2000];
        Arrays.setAll(distances, i -> Math.abs(random.nextGaussian()));
        Arrays.fill(distances, 0, 20, 9);
        TailRanks ranks = new TailRanks(distances);
        assertThat(ranks.pValue(0)).isEqualTo(1);
        assertThat(ranks.pValue(0.6745)).isCloseTo(0.5, within(0.03));
        assertThat(ranks.pValue(9)).isLessThan(1e-6);
        assertThat(ranks.pValue(2.5758)).isBetween(0.003, 0.03);
        double before = 1;
        for (double d = 0; d < 12; d += 0.05) {
            assertThat(ranks.pValue(d)).isLessThanOrEqualTo(before + 1e-12);
            before = ranks.pValue(d);
        }
    }
}
