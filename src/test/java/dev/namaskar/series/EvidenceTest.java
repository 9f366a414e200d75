package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final double[] LEVELS = {0.8, 0.95};

    private static Fitting brief(List<String> notes) {
        return Fitting.of(30, 1).threads(1).notes(notes::add);
    }

    private static ForecastSpec mix(String... methods) {
        return ForecastSpec.of(4)
                .context(8)
                .season(4)
                .lags(new int[0])
                .methods(List.of(methods))
                .recurrent("gru", 1, 0, 0);
    }

    /** Straight lines with a season: what knows neither is far off, at every origin. */
    private static List<Series> lines(int count) {
        Random random = new Random(3);
        List<Series> series = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            double slope = 1 + random.nextDouble();
            double[] values = new double[60];
            Arrays.setAll(values, t -> 50 + slope * t + (t % 4 == 0 ? 20 : 0) + 0.1 * random.nextGaussian());
            series.add(Series.of("s" + s, values));
        }
        return series;
    }

    @Test
    void takesWhatIsClearlyBetterWhereverItStands() {
        List<String> notes = new ArrayList<>();
        ForecastSpec poor = mix("naive");
        ForecastSpec good = mix("ets");

        assertThat(Evidence.best(List.of(poor, good), lines(20), brief(notes), true))
                .isEqualTo(good);
        assertThat(Evidence.best(List.of(good, poor), lines(20), brief(notes), true))
                .isEqualTo(good);
        assertThat(notes).hasSize(2).allMatch(note -> note.startsWith("compared on "));
    }

    /** No table is to end below a simple method of one's own kind: where one is far ahead of all candidates, it is taken. */
    @Test
    void takesASimpleMethodThatIsFarAhead() {
        ForecastSpec found =
                Evidence.best(List.of(mix("naive"), mix("drift")), lines(20), brief(new ArrayList<>()), true);

        assertThat(found.methods()).hasSize(1).doesNotContain("naive", "drift");
        assertThat(found.hasNetwork()).isFalse();
    }

    /** It was taken for the whole table, and then refused the series that are shorter than what it reads. */
    @Test
    void whatNotEveryHistoryIsLongEnoughForIsNotTaken() {
        ForecastSpec poor = mix("naive");
        ForecastSpec good = mix("ets").context(32);
        List<Series> all = lines(20);
        assertThat(Evidence.best(List.of(poor, good), all, brief(new ArrayList<>()), false))
                .isEqualTo(good);

        all.add(lines(1).get(0).upTo(20));

        assertThat(Evidence.best(List.of(poor, good), all, brief(new ArrayList<>()), false))
                .isEqualTo(poor);
    }

    /** Walks of pure chance: nothing is better than another, and the first stays whichever it is. */
    @Test
    void staysWithTheFirstWhereThereIsNothingToTell() {
        Random random = new Random(5);
        List<Series> walks = new ArrayList<>();
        for (int s = 0; s < 30; s++) {
            double[] values = new double[80];
            double level = 100;
            for (int t = 0; t < 80; t++) {
                values[t] = level += random.nextGaussian();
            }
            walks.add(Series.of("s" + s, values));
        }
        ForecastSpec one = mix("naive", "ets");
        ForecastSpec other = mix("naive", "damped");

        assertThat(Evidence.best(List.of(one, other), walks, brief(new ArrayList<>()), true))
                .isEqualTo(one);
        assertThat(Evidence.best(List.of(other, one), walks, brief(new ArrayList<>()), true))
                .isEqualTo(other);
    }

    @Test
    void staysWithTheFirstWhereHistoriesAreShort() {
        List<String> notes = new ArrayList<>();
        List<Series> few = List.of(Series.of("s", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13));

        assertThat(Evidence.best(List.of(mix("naive"), mix("theta")), few, brief(notes), true))
                .isEqualTo(mix("naive"));
        assertThat(notes).containsExactly("histories too short to compare settings on their ends");
    }

    /** What a mix of starts says lies between them, but for the residual of a step; its weights are learned. */
    @Test
    void aMixLearnsWhichStartToTrust() {
        List<Series> series = lines(8);
        SeriesModel model = new NetworkForecaster(
                        mix("naive", "theta"), Fitting.of(600, 1).threads(1).calibration(0, null))
                .fit(series);
        double off = 0;
        double naive = 0;
        for (Series one : series) {
            Series past = one.upTo(56);
            double[] point = model.forecast(past, 4, LEVELS).point();
            for (int h = 0; h < 4; h++) {
                off += Math.abs(point[h] - one.value(56 + h));
                naive += Math.abs(past.value(55) - one.value(56 + h));
            }
        }
        assertThat(off).isLessThan(0.5 * naive);
    }

    @Test
    void constantZeroAndRareCountsAreForecastSensibly() {
        Random random = new Random(9);
        List<Series> series = new ArrayList<>();
        double[] rare = new double[72];
        Arrays.setAll(rare, t -> random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0);
        series.add(Series.of("constant", filled(72, 7)));
        series.add(Series.of("zero", filled(72, 0)));
        series.add(Series.of("rare", rare));
        for (Series one : series) {
            SeriesModel model =
                    SeriesModel.training().horizon(6).steps(60).threads(1).on(Table.of(one));
            Forecast forecast = model.forecast(Table.of(one)).get(0);
            double level = Arrays.stream(one.values()).average().orElseThrow();
            for (int h = 0; h < 6; h++) {
                assertThat(forecast.point()[h]).as(one.id()).isBetween(level - 1, level + 1.5);
                assertThat(forecast.upper()[1][h]).as(one.id()).isBetween(forecast.point()[h], level + 12);
            }
        }
    }

    private static double[] filled(int length, double value) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }
}
