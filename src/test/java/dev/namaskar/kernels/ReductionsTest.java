package dev.namaskar.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReductionsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 63, 64, 65, 255, 256, 257, 511, 1000, 4095, 4096, 4097, 8192, 12289, 100_000})
    void agreesWithANaiveDoubleSum(int size) {
        Random random = new Random(size);
        for (double spread : new double[] {0, 3, 12}) {
            float[] x = new float[size + 11];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (random.nextGaussian() * Math.exp(spread * random.nextGaussian()));
            }
            int from = random.nextInt(11);
            double naive = 0;
            for (int i = from; i < from + size; i++) {
                naive += (double) x[i] * x[i];
            }
            assertThat(Reductions.sumOfSquares(x, from, from + size)).isCloseTo(naive, within(2e-6 * naive));
        }
    }

    @Test
    void noticesOneEntryTooManyOrTooFew() {
        float[] x = new float[5000];
        x[0] = 1;
        x[4097] = 2;
        x[4999] = 4;
        assertThat(Reductions.sumOfSquares(x, 0, 5000)).isEqualTo(21);
        assertThat(Reductions.sumOfSquares(x, 1, 5000)).isEqualTo(20);
        assertThat(Reductions.sumOfSquares(x, 0, 4999)).isEqualTo(5);
        assertThat(Reductions.sumOfSquares(x, 4097, 4098)).isEqualTo(4);
        assertThat(Reductions.sumOfSquares(x, 3, 3)).isZero();
    }

    @Test
    void blocksAddUpToTheSameBits() {
        Random random = new Random(3);
        float[] x = new float[5 * Reductions.BLOCK + 123];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        double[] parts = new double[6];
        for (int k = 5; k >= 0; k--) {
            int from = k * Reductions.BLOCK;
            parts[k] = Reductions.sumOfSquares(x, from, Math.min(x.length, from + Reductions.BLOCK));
        }
        assertThat(Reductions.sum(parts, 6)).isEqualTo(Reductions.sumOfSquares(x, 0, x.length));
        assertThat(Reductions.sum(parts, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 64, 65, 1000})
    void sumsAndLargestAgreeWithTheObvious(int size) {
        Random random = new Random(size);
        for (int round = 0; round < 20; round++) {
            float[] x = new float[size + 6];
            double sum = 0;
            double sizes = 0;
            float largest = Float.NEGATIVE_INFINITY;
            int from = random.nextInt(6);
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (random.nextGaussian() - 3);
                if (i >= from && i < from + size) {
                    sum += x[i];
                    sizes += Math.abs(x[i]);
                    largest = Math.max(largest, x[i]);
                }
            }
            assertThat((double) Reductions.sum(x, from, from + size)).isCloseTo(sum, within(1e-6 * sizes));
            assertThat(Reductions.max(x, from, from + size)).isEqualTo(largest);
        }
    }

    @Test
    void theLargestPassesOverWhatIsNoNumber() {
        float[] x = {1, Float.NaN, 3, 2, Float.NaN, 7, 6, Float.NaN, 5};
        assertThat(Reductions.max(x, 0, 9)).isEqualTo(7);
    }

    @Test
    void survivesSquaresBeyondAFloat() {
        float[] x = new float[700];
        x[3] = 1e25f;
        x[600] = -1e25f;
        assertThat(Reductions.sumOfSquares(x, 0, 700)).isCloseTo(2e50, within(1e45));
        x[3] = 1e-30f;
        x[600] = 0;
        assertThat(Reductions.sumOfSquares(x, 0, 700)).isCloseTo(1e-60, within(1e-66));
    }

    @Test
    void whatIsNoNumberComesThrough() {
        float[] x = new float[5000];
        x[4500] = Float.NaN;
        assertThat(Reductions.sumOfSquares(x, 0, 5000)).isNaN();
        x[4500] = Float.NEGATIVE_INFINITY;
        assertThat(Reductions.sumOfSquares(x, 0, 5000)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
