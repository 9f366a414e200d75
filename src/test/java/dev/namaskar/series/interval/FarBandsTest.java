package dev.namaskar.series.interval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FarBandsTest {
    private static Forecast between(double low, double high) {
        double[] point = {5, 5};
        double[][] lower = {{4, 4}, {3, low}};
        double[][] upper = {{6, 6}, {7, high}};
        return new Forecast("s", new long[2], point, new double[] {0.8, 0.95}, lower, upper);
    }

    @Test
    void saysWhichIntervalGoesTooFar() {
        List<Series> one = List.of(Series.of("s", 2, 4, 3, 7));
        assertThat(FarBands.warnings(one, List.of(between(-8, 17)))).isEmpty();
        assertThat(FarBands.warnings(one, List.of(between(-8, 17.1))))
                .containsExactly(
                        "series \"s\": the interval of 95 % of step 2, -8.000 to 17.10, leaves all that the series"
                                + " has ever been, 2.000 to 7.000, by more than twice that range");
        assertThat(FarBands.warnings(one, List.of(between(-8.1, 1)))).hasSize(1);
    }

    /** What hardly moves at all is not left by far. */
    @Test
    void aThousandthOfAValueIsNotFar() {
        List<Series> still = List.of(Series.of("s", 100, 100, 100.000001, 100));
        double[][] low = {{99.99, 99.99}};
        double[][] high = {{100.01, 100.01}};
        double[] point = {100, 100};
        Forecast forecast = new Forecast("s", new long[2], point, new double[] {0.95}, low, high);
        assertThat(FarBands.warnings(still, List.of(forecast))).isEmpty();
        high[0][1] = 101;
        assertThat(FarBands.warnings(still, List.of(forecast))).hasSize(1);
    }

    @Test
    void ofManyItNamesAFew() {
        List<Series> many = Collections.nCopies(9, Series.of("s", 2, 4, 3, 7));
        List<String> warnings = FarBands.warnings(many, Collections.nCopies(9, between(0, 99)));
        assertThat(warnings).hasSize(4);
        assertThat(warnings.get(3)).isEqualTo("intervals of 6 more series reach as far");
    }
}
