package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeasonDetectorTest {
    private static Series series(int length, IntToDoubleFunction value) {
        double[] values = new double[length];
        Arrays.setAll(values, value);
        return Series.of("s", values);
    }

    @ParameterizedTest
    @CsvSource({"2, 60", "4, 40", "7, 100", "12, 144", "24, 500", "52, 200", "168, 600"})
    void findsASeasonUnderTrendAndNoise(int season, int length) {
        double[] shape = new Random(season).doubles(season, 0, 10).toArray();
        Random noise = new Random(1);
        IntToDoubleFunction value = t -> 0.3 * t + shape[t % season] + 0.5 * noise.nextGaussian();

        assertThat(SeasonDetector.season(List.of(series(length, value)))).isEqualTo(season);
    }

    /** Waves of every usual length and a few others under a trend and noise of up to half their amplitude. */
    @ParameterizedTest
    @CsvSource({
        "4, 60, 0.5",
        "5, 60, 0.3",
        "7, 70, 0.5",
        "9, 90, 0.3",
        "12, 84, 0.5",
        "17, 170, 0.5",
        "24, 144, 0.5",
        "24, 300, 0.2",
        "48, 288, 0.5",
        "52, 260, 0.5",
        "168, 840, 0.5"
    })
    void noiseHidesNoWave(int season, int length, double noise) {
        int rounds = season > 100 ? 3 : 15;
        int found = 0;
        for (int round = 0; round < rounds; round++) {
            Random random = new Random(100 * season + round);
            double phase = random.nextDouble();
            double slope = 0.1 * random.nextGaussian();
            double unit = Math.pow(10, random.nextInt(13) - 6);
            Series wave = series(
                    length,
                    t -> unit
                            * (50
                                    + slope * t
                                    + Math.sin(2 * Math.PI * ((double) t / season + phase))
                                    + noise * random.nextGaussian()));
            found += SeasonDetector.season(List.of(wave)) == season ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo((int) Math.ceil(0.9 * rounds));
    }

    /** Each of many short series alone shows nothing. */
    @Test
    void aTableShowsWhatItsSeriesDoNot() {
        Random random = new Random(4);
        List<Series> quarters = new ArrayList<>();
        int alone = 0;
        for (int s = 0; s < 80; s++) {
            double[] shape = random.doubles(4, -0.7, 0.7).toArray();
            double[] walk = new double[28];
            for (int t = 1; t < walk.length; t++) {
                walk[t] = walk[t - 1] + 0.3 + random.nextGaussian();
            }
            Series quarter = series(walk.length, t -> 100 + walk[t] + shape[t % 4]);
            quarters.add(quarter);
            alone += SeasonDetector.season(List.of(quarter)) == 4 ? 1 : 0;
        }
        assertThat(alone).isLessThan(40);
        assertThat(SeasonDetector.season(quarters)).isEqualTo(4);
    }

    @Test
    void missingValuesHideNoSeason() {
        Random random = new Random(5);
        Series gaps = series(
                200,
                t -> random.nextInt(10) == 0 || t < 3 || t > 196
                        ? Double.NaN
                        : 5 * Math.sin(2 * Math.PI * t / 12) + random.nextGaussian());
        assertThat(SeasonDetector.season(List.of(gaps))).isEqualTo(12);
    }

    @Test
    void saysHowSureItIs() {
        Random random = new Random(6);
        SeasonDetector.Season loud = SeasonDetector.find(List.of(
                series(240, t -> Math.sin(2 * Math.PI * t / 24) + 0.1 * random.nextGaussian())));
        SeasonDetector.Season faint = SeasonDetector.find(List.of(
                series(240, t -> Math.sin(2 * Math.PI * t / 24) + 0.5 * random.nextGaussian())));
        assertThat(loud.length()).isEqualTo(faint.length());
        assertThat(loud.evidence()).isGreaterThan(faint.evidence());
        assertThat(loud.contrast()).isGreaterThan(faint.contrast());
    }

    /** A cycle that keeps no time is no season, however plainly it goes up and down. */
    @Test
    void cyclesThatLoseTheirTimeAreNone() {
        int wrong = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            double[] cycle = new double[180];
            for (int t = 2; t < cycle.length; t++) {
                cycle[t] = 1.6 * cycle[t - 1] - 0.8 * cycle[t - 2] + random.nextGaussian();
            }
            wrong += SeasonDetector.season(List.of(series(cycle.length, t -> cycle[t]))) == 1 ? 0 : 1;
        }
        assertThat(wrong).isLessThanOrEqualTo(1);
    }

    @Test
    void aSmoothWaveHasItsOwnLength() {
        Random noise = new Random(2);
        Series wave = series(300, t -> 10 * Math.sin(2 * Math.PI * t / 24) + 0.1 * noise.nextGaussian());

        assertThat(SeasonDetector.season(List.of(wave))).isEqualTo(24);
    }

    @Test
    void theDayGoesBeforeTheWeek() {
        Random noise = new Random(3);
        IntToDoubleFunction hour = t -> 10 * Math.sin(2 * Math.PI * t / 24) + (t / 24 % 7 < 5 ? 3 : 0);
        List<Series> loads = new ArrayList<>();
        for (int s = 0; s < 5; s++) {
            loads.add(series(800, t -> hour.applyAsDouble(t) + noise.nextGaussian()));
        }

        assertThat(SeasonDetector.season(loads)).isEqualTo(24);
    }

    @Test
    void walksTrendsNoiseAndConstantsHaveNone() {
        int wrong = 0;
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            double[] walk = new double[120];
            for (int t = 1; t < walk.length; t++) {
                walk[t] = walk[t - 1] + random.nextGaussian();
            }
            wrong += SeasonDetector.season(List.of(series(120, t -> walk[t]))) == 1 ? 0 : 1;
            wrong += SeasonDetector.season(List.of(series(120, t -> random.nextGaussian()))) == 1 ? 0 : 1;
        }
        assertThat(wrong).isLessThanOrEqualTo(2);
        assertThat(SeasonDetector.season(List.of(series(100, t -> 3 * t)))).isEqualTo(1);
        assertThat(SeasonDetector.season(List.of(series(100, t -> 7)))).isEqualTo(1);
        assertThat(SeasonDetector.season(List.of(series(1, t -> 7)))).isEqualTo(1);
        assertThat(SeasonDetector.season(List.of())).isEqualTo(1);
    }
}
