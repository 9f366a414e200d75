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
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            double[] walk = new double[200];
            for (int t = 1; t < walk.length; t++) {
                walk[t] = walk[t - 1] + random.nextGaussian();
            }
            assertThat(SeasonDetector.season(List.of(series(200, t -> walk[t]))))
                    .isEqualTo(1);
            assertThat(SeasonDetector.season(List.of(series(200, t -> random.nextGaussian()))))
                    .isEqualTo(1);
        }
        assertThat(SeasonDetector.season(List.of(series(100, t -> 3 * t)))).isEqualTo(1);
        assertThat(SeasonDetector.season(List.of(series(100, t -> 7)))).isEqualTo(1);
        assertThat(SeasonDetector.season(List.of(series(1, t -> 7)))).isEqualTo(1);
        assertThat(SeasonDetector.season(List.of())).isEqualTo(1);
    }
}
