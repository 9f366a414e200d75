package dev.namaskar.series.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.series.ForecastSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongSeasonTest {
    /** A day of minutes is longer than what methods read of a series without a season. */
    @Test
    void methodsReadTwoSeasonsHoweverLong() {
        int season = 1440;
        int origin = 5000;
        Random random = new Random(3);
        double[] values = new double[origin];
        Arrays.setAll(values, t -> 100 + 20 * Math.sin(2 * Math.PI * t / season) + random.nextGaussian());
        Starts starts = new Starts(ForecastSpec.of(3)
                .season(season)
                .lags(new int[0])
                .methods(List.of("seasonal_naive", "theta", "damped")));
        double[][] said = starts.of(values, origin);
        for (int h = 0; h < 3; h++) {
            assertThat(said[0][h]).isEqualTo(values[origin - season + h]);
            assertThat(said[1][h]).isBetween(70.0, 130.0);
            assertThat(said[2][h]).isBetween(70.0, 130.0);
        }
    }
}
