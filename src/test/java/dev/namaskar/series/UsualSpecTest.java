package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.series.network.WindowSource;
import dev.namaskar.train.settings.RunLength;
import dev.namaskar.train.settings.RunSettings;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class UsualSpecTest {
    private static List<Series> series(int length, IntToDoubleFunction value) {
        double[] values = new double[length];
        Arrays.setAll(values, value);
        return List.of(Series.of("s", values));
    }

    @Test
    void tellsWalksFromSeasons() {
        Random random = new Random(1);
        double[] walk = {100};
        List<Series> price = series(400, t -> walk[0] *= Math.exp(0.02 * random.nextGaussian()));
        List<Series> season = series(200, t -> 20 + 5 * Math.sin(2 * Math.PI * t / 12) + random.nextGaussian());
        List<Series> fastGrowth =
                series(80, t -> 10 * Math.exp(0.03 * t) * (2 + Math.sin(2 * Math.PI * t / 12)) + random.nextGaussian());
        List<Series> line = series(60, t -> 100 - t + 0.1 * random.nextGaussian());

        assertThat(UsualSpec.walks(price, 5, 20)).isTrue();
        assertThat(UsualSpec.walks(season, 12, 12)).isFalse();
        assertThat(UsualSpec.walks(fastGrowth, 12, 24)).isFalse();
        assertThat(UsualSpec.walks(line, 7, 2)).isTrue();
        assertThat(UsualSpec.transform(price, true)).isEqualTo("logreturn");
        assertThat(UsualSpec.transform(series(60, t -> t - 30), true)).isEqualTo("difference");
        assertThat(UsualSpec.transform(season, false)).isEqualTo("level");
        assertThat(UsualSpec.transform(series(60, t -> t % 2), false)).isEqualTo("standard");
    }

    /** Spikes among zeros that come when they come start from nothing a season back; those of every season do. */
    @Test
    void rareCountsWithoutASeasonAreNoSeason() {
        assertThat(UsualSpec.isRare(series(40, t -> t % 13 == 5 ? 4 : 0), 12)).isTrue();
        assertThat(UsualSpec.isRare(series(40, t -> t == 7 || t == 30 ? 1 : 0), 12))
                .isTrue();
        assertThat(UsualSpec.isRare(series(120, t -> t % 12 == 5 ? 4 : 0), 12)).isFalse();
        assertThat(UsualSpec.isRare(series(40, t -> 10 + t % 7), 12)).isFalse();
        List<Series> rare = series(40, t -> t % 13 == 5 ? 4 : 0);
        assertThat(ForecastSettings.of(4)
                        .season(12)
                        .choose(rare, List.of(), List.of(), Fitting.of(20, 1))
                        .starts())
                .contains("tsb");
    }

    /** Whole seasons, and what is left beside them is enough to learn from. */
    @Test
    void aLinearMapReadsTwoThirdsOfWhatThereIs() {
        assertThat(UsualSpec.linearContext(series(108, t -> t), 12, 12)).isEqualTo(60);
        assertThat(UsualSpec.linearContext(series(9000, t -> t), 24, 96)).isEqualTo(384);
        assertThat(UsualSpec.linearContext(series(9000, t -> t), 168, 168)).isEqualTo(336);
        assertThat(UsualSpec.linearContext(series(47, t -> t), 12, 12)).isZero();
        assertThat(UsualSpec.linearContext(series(9000, t -> t), 1440, 60)).isZero();
        assertThat(UsualSpec.linearContext(series(100, t -> t), 4, 8)).isZero();
        assertThat(UsualSpec.linearContext(series(10, t -> t), 12, 12)).isZero();
    }

    @Test
    void startsFromThreeSeasonsThatAreAlikeButForNoise() {
        Random random = new Random(2);
        List<Series> noisy = series(200, t -> 50 + 10 * Math.sin(2 * Math.PI * t / 12) + 3 * random.nextGaussian());
        List<Series> growing = series(200, t -> t + 10 * Math.sin(2 * Math.PI * t / 12) + random.nextGaussian());

        assertThat(UsualSpec.seasons(noisy, 12, 6)).containsExactly(12, 24, 36);
        assertThat(UsualSpec.seasons(growing, 12, 6)).containsExactly(12);
        assertThat(UsualSpec.seasons(List.of(noisy.get(0), growing.get(0).upTo(77)), 12, 6))
                .containsExactly(12);
        assertThat(UsualSpec.seasons(series(200, t -> 7), 12, 6)).containsExactly(12);
        // Wild at first and calm after: what is compared has to be compared over the same origins.
        List<Series> calmer = series(90, t -> t < 36 ? 100 * random.nextGaussian() : t + Math.sin(Math.PI * t / 6));
        assertThat(UsualSpec.seasons(calmer, 12, 6)).containsExactly(12);
    }

    /** Days that differ by their place in the week, or in a month of four weeks; days that are all alike; too few weeks. */
    @Test
    void findsTheWeekOfDays() {
        Random random = new Random(7);
        IntToDoubleFunction weekly =
                t -> 50 + (t / 24 % 7 > 4 ? 5 : 20) * (1.2 + Math.sin(Math.PI * t / 12)) + random.nextGaussian();
        IntToDoubleFunction daily = t -> 50 + 20 * Math.sin(Math.PI * t / 12) + random.nextGaussian();

        assertThat(UsualSpec.longerSeason(series(840, weekly), 24, 24)).isEqualTo(168);
        assertThat(UsualSpec.longerSeason(series(690, weekly), 24, 24)).isZero();
        assertThat(UsualSpec.longerSeason(series(840, daily), 24, 24)).isZero();
        assertThat(UsualSpec.longerSeason(series(840, weekly), 1, 24)).isZero();
        assertThat(UsualSpec.context(series(960, weekly), 24, 48, 168, 24)).isEqualTo(336);
        assertThat(UsualSpec.patch(336, 24)).isEqualTo(24);
    }

    @Test
    void readsThreeSeasonsOrTwoByWhereTheForecastStarts() {
        List<Series> years = series(144, t -> t);
        assertThat(UsualSpec.context(years, 12, 12, 12, 1)).isEqualTo(36);
        assertThat(UsualSpec.context(years, 12, 12, 1, 1)).isEqualTo(24);
        assertThat(UsualSpec.context(years, 12, 20, 1, 1)).isEqualTo(40);
        assertThat(UsualSpec.context(years, 12, 60, 1, 1)).isEqualTo(48);
        assertThat(UsualSpec.context(years, 12, 60, 12, 1)).isEqualTo(72);
        assertThat(UsualSpec.context(years, 12, 12, 12, 7)).isEqualTo(35);
        assertThat(UsualSpec.context(years, 12, 12, 50, 1)).isEqualTo(50);
        assertThat(UsualSpec.context(series(9, t -> t), 12, 12, 12, 6)).isEqualTo(6);
    }

    @Test
    void makesDoWithASeasonOnlyWhereSeriesAreShort() {
        ForecastSpec spec = ForecastSpec.of(6).patch(4).context(24).season(7).lags(7);
        List<Series> enough = series(30, t -> t);

        assertThat(UsualSpec.leastContext(enough, spec)).isEqualTo(24);
        assertThat(UsualSpec.leastContext(List.of(enough.get(0), enough.get(0).upTo(29)), spec))
                .isEqualTo(8);
        assertThat(UsualSpec.leastContext(enough, spec.season(100))).isEqualTo(24);
    }

    @Test
    void spreadsOriginsOverNoMoreThanHalf() {
        assertThat(Backtest.of(12).folds(10).usualStride(series(144, t -> t))).isEqualTo(6);
        assertThat(Backtest.of(12).folds(10).usualStride(series(5000, t -> t))).isEqualTo(12);
        assertThat(Backtest.of(12).folds(10).usualStride(series(20, t -> t))).isEqualTo(1);
        assertThat(Backtest.of(5).folds(1).usualStride(series(20, t -> t))).isEqualTo(5);
    }

    /** A hundred thousand windows of one series are no reason to train for longer, of a thousand series they are. */
    @Test
    void windowsOfOneLongSeriesAreMuchAlike() {
        ForecastSpec spec = ForecastSpec.of(10).context(20).lags(1);
        List<Series> one = series(100_000, t -> t % 7);
        List<Series> many = Collections.nCopies(1000, series(130, t -> t % 7).get(0));
        Fitting usual = Fitting.of(0, 1);

        assertThat(WindowSource.windows(one, spec)).isEqualTo(99_971);
        assertThat(WindowSource.windows(many, spec)).isEqualTo(101_000);
        assertThat(usual.rules(one, spec).steps()).isEqualTo(1000);
        assertThat(usual.rules(many, spec).steps()).isEqualTo((101_000 + 31) / 32);
        RunSettings passes = RunSettings.NONE.withLength(new RunLength(null, 1L, null));
        assertThat(Fitting.of(passes).rules(one, spec).steps()).isEqualTo((99_971 + 31) / 32);
    }
}
