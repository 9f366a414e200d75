package dev.namaskar.series.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.series.Series;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class StrayEndsTest {
    private static Series series(int length, IntToDoubleFunction value) {
        double[] values = new double[length];
        Arrays.setAll(values, value);
        return Series.of("s", values);
    }

    @Test
    void namesALastValueFarFromAllOthers() {
        assertThat(StrayEnds.warnings(List.of(series(20, t -> t == 19 ? -5000 : 100 + t % 5))))
                .containsExactly(
                        "series \"s\" ends with -5000, where all before were 100.0 to 104.0: if that is a slip,"
                                + " blank it, for forecasts start from it");
        assertThat(StrayEnds.warnings(List.of(series(20, t -> t == 19 ? 0 : 100 + t % 5))))
                .hasSize(1);
        assertThat(StrayEnds.warnings(List.of(series(20, t -> t == 18 ? 900 : t == 19 ? Double.NaN : t % 5))))
                .hasSize(1);
    }

    @Test
    void whatGrowsOrWasSoBeforeIsNoStray() {
        assertThat(StrayEnds.warnings(List.of(
                        series(20, t -> 100 + t % 5),
                        series(20, t -> Math.pow(9, t)),
                        series(20, t -> -Math.pow(9, t)),
                        series(20, t -> t == 7 || t == 19 ? 500 : t % 5),
                        series(20, t -> 7),
                        series(7, t -> t == 6 ? 500 : t % 5))))
                .isEmpty();
    }

    @Test
    void ofManyItNamesAFew() {
        List<String> warnings = StrayEnds.warnings(Collections.nCopies(9, series(20, t -> t == 19 ? 900 : t % 5)));
        assertThat(warnings).hasSize(4);
        assertThat(warnings.get(3)).isEqualTo("6 more series end so");
    }
}
