package dev.namaskar.series.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalDistributionTest {
    private static final org.apache.commons.math3.distribution.NormalDistribution LIBRARY =
            new org.apache.commons.math3.distribution.NormalDistribution(null, 0, 1);

    @Test
    void quantilesAgreeWithALibraryFromTailToTail() {
        for (double z = -8; z <= 8; z += 0.01) {
            double p = LIBRARY.cumulativeProbability(z);
            if (p > 0 && p < 1) {
                // Near 1 the probability itself has lost its digits.
                double lost = Math.ulp(p) / LIBRARY.density(z);
                assertThat(NormalDistribution.quantile(p)).isCloseTo(z, within(1e-12 + 4 * lost));
            }
        }
        assertThat(NormalDistribution.quantile(0.5)).isZero();
        assertThat(NormalDistribution.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-15));
        assertThat(NormalDistribution.quantile(1e-300)).isCloseTo(-37.0471, within(1e-4));
    }
}
