package dev.namaskar.series.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static Spread of(int season, double... values) {
        return Spread.of(values, values.length, season);
    }

    @Test
    void theUnitIsThatOfNormalSeasonalSteps() {
        Random random = new Random(1);
        double mean = 0;
        for (int i = 0; i < 40; i++) {
            double[] noise = random.doubles(207).map(u -> random.nextGaussian()).toArray();
            mean += of(7, noise).unit() / 40;
        }
        assertThat(mean).isCloseTo(Math.sqrt(2), within(0.06));
        assertThat(of(1, 1, 2, 4).unit()).isCloseTo(1.5 * Math.sqrt(Math.PI / 2), within(1e-12));
        assertThat(of(12, 1, 2, 4).season()).isEqualTo(1);
        assertThat(of(2, 1, 5, 1, 5, 1).unit()).isEqualTo(4e-3);
        assertThat(of(1, 7, 7, 7).unit()).isZero();
        assertThat(of(1, 1, Double.NaN, 2, 3).unit()).isCloseTo(Math.sqrt(Math.PI / 2), within(1e-12));
    }

    @Test
    void movesAddUpOverSeasons() {
        Spread spread = new Spread(2, 4, 9, 0, 1, 1, 0);
        assertThat(spread.at(0)).isEqualTo(2);
        assertThat(spread.at(3)).isEqualTo(2);
        assertThat(spread.at(4)).isEqualTo(2 * Math.sqrt(2));
    }

    /** A history that was wild once and is calm now: only the latest moves count, two hundred or ten seasons of them. */
    @Test
    void whatWasLongAgoDoesNotCount() {
        double[] values = new double[500];
        Arrays.setAll(values, t -> t < 280 ? 1000 * (t % 2) : t % 2);
        assertThat(of(1, values).step()).isCloseTo(Spread.NORMAL, within(1e-9));
        assertThat(Spread.recent(1)).isEqualTo(200);
        assertThat(Spread.recent(24)).isEqualTo(240);
        assertThat(of(24, values).step()).isGreaterThan(100);
    }

    /** A straight line moves by a season's worth each season: what counts near the origin is the single step. */
    @Test
    void singleStepsAddUpToNoMoreThanSeasons() {
        double[] line = new double[40];
        Arrays.setAll(line, t -> 3.0 * t);
        Spread spread = of(12, line);
        assertThat(spread.at(0)).isCloseTo(3 * Spread.NORMAL, within(1e-12));
        assertThat(spread.at(3)).isCloseTo(6 * Spread.NORMAL, within(1e-12));
        assertThat(spread.unit()).isCloseTo(36 * Spread.NORMAL, within(1e-12));
        double[] waves = new double[48];
        Arrays.setAll(waves, t -> 10 * Math.sin(Math.PI * t / 6) + 0.1 * Math.floor(t / 12.0));
        assertThat(of(12, waves).at(11)).isCloseTo(0.1 * Spread.NORMAL, within(1e-9));
    }

    @Test
    void nothingIsSaidBeyondFiveTimesTheRange() {
        Spread spread = of(1, -3, 5, 1);
        assertThat(spread.bounded(1e300, 3)).isEqualTo(45);
        assertThat(spread.bounded(Double.NEGATIVE_INFINITY, 3)).isEqualTo(-43);
        assertThat(spread.bounded(44, 3)).isEqualTo(44);
        assertThat(of(1, 4, 4, 4).bounded(4.1, 0)).isEqualTo(4);
    }

    @Test
    void whatGrewMayGrowOn() {
        double[] doubling = new double[12];
        Arrays.setAll(doubling, t -> Math.pow(2, t));
        Spread spread = of(1, doubling);
        assertThat(spread.bounded(Math.pow(2, 17), 5)).isEqualTo(Math.pow(2, 17));
        assertThat(spread.bounded(1e300, 5)).isCloseTo(Math.pow(2, 11 + 12), within(1e-3));
        doubling[5] = 1e-9;
        assertThat(of(1, doubling).growth()).isBetween(0.0, Math.log(16));
        double[] dip = {1186, 63, 1479, 1649, 1500, 1600};
        assertThat(of(1, dip).bounded(1e300, 5)).isLessThan(5.01 * 1649 + 1649);
    }

    /** Ascending, positive for positive series, never below zero for counts. */
    @Test
    void keepsTheSignAndTheOrder() {
        Random random = new Random(2);
        for (int round = 0; round < 500; round++) {
            double unit = Math.pow(10, random.nextInt(25) - 12);
            boolean counts = random.nextBoolean();
            double[] values = random.doubles(10)
                    .map(u -> unit * (counts ? Math.rint(3 * u) : 0.01 + u))
                    .toArray();
            Spread spread = of(1, values);
            double before = Double.NEGATIVE_INFINITY;
            for (double v : random.doubles(40, -30 * unit, 30 * unit).sorted().toArray()) {
                double now = spread.bounded(v, 2);
                assertThat(now).isGreaterThanOrEqualTo(before);
                assertThat(now > 0 || (spread.least() == 0 && now == 0)).isTrue();
                before = now;
            }
            assertThat(spread.bounded(values[3], 2)).isEqualTo(values[3]);
        }
    }
}
