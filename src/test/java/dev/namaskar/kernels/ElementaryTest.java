package dev.namaskar.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The approximations against StrictMath, in units in the last place of the right float. */
class ElementaryTest {
    private static final int SAMPLES = 400_000;

    @Test
    void tanhIsWithinSixUlpEverywhere() {
        double worst = 0;
        Random random = new Random(1);
        for (int i = 0; i < SAMPLES; i++) {
            // every exponent alike: denormals, the middle, and far out
            float x = Float.intBitsToFloat(random.nextInt());
            if (!Float.isNaN(x)) {
                worst = Math.max(worst, ulps(Elementary.tanh(x), StrictMath.tanh(x)));
            }
            float near = (random.nextFloat() - 0.5f) * 20;
            worst = Math.max(worst, ulps(Elementary.tanh(near), StrictMath.tanh(near)));
        }

        assertThat(worst).isLessThan(6);
    }

    @Test
    void tanhIsOddMonotoneEnoughAndNeverBeyondOne() {
        float last = -1;
        for (float x = -12; x <= 12; x += 1e-3f) {
            float y = Elementary.tanh(x);
            assertThat(Math.abs(y)).isLessThanOrEqualTo(1);
            assertThat(y).isEqualTo(-Elementary.tanh(-x));
            assertThat(y).isGreaterThanOrEqualTo(last - 6 * Math.ulp(last));
            last = y;
        }
    }

    @Test
    void specialValuesOfTanh() {
        assertThat(Elementary.tanh(Float.NaN)).isNaN();
        assertThat(Elementary.tanh(Float.POSITIVE_INFINITY)).isBetween(0.999999f, 1f);
        assertThat(Elementary.tanh(Float.NEGATIVE_INFINITY)).isBetween(-1f, -0.999999f);
        assertThat(Float.floatToRawIntBits(Elementary.tanh(-0f))).isEqualTo(Float.floatToRawIntBits(-0f));
        assertThat(Elementary.tanh(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
    }

    @Test
    void sigmoidIsWithinThreeTenMillionthsAndBetweenZeroAndOne() {
        Random random = new Random(2);
        for (int i = 0; i < SAMPLES; i++) {
            float x = i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : (random.nextFloat() - 0.5f) * 50;
            if (!Float.isNaN(x)) {
                float y = Elementary.sigmoid(x);
                double right = 1 / (1 + StrictMath.exp(-x));
                if (!(y >= 0 && y <= 1 && Math.abs(y - right) < 3e-7)) {
                    assertThat(y)
                            .as("sigmoid of " + x)
                            .isCloseTo((float) right, org.assertj.core.data.Offset.offset(3e-7f));
                }
            }
        }
        assertThat(Elementary.sigmoid(Float.NaN)).isNaN();
        assertThat(Elementary.sigmoid(0)).isEqualTo(0.5f);
    }

    @Test
    void expOfNegativeIsWithinTwoUlp() {
        int count = 8192;
        Random random = new Random(3);
        double worst = 0;
        for (int round = 0; round < 40; round++) {
            float[] x = new float[count];
            for (int i = 0; i < count; i++) {
                x[i] = i % 3 == 0
                        ? -random.nextFloat() * 87
                        : i % 3 == 1 ? -random.nextFloat() : -random.nextFloat() * 1e-6f;
            }
            float[] y = x.clone();
            Elementary.expOfNegative(y, new float[count], count);
            for (int i = 0; i < count; i++) {
                worst = Math.max(worst, ulps(y[i], StrictMath.exp(x[i])));
            }
        }

        assertThat(worst).isLessThan(2);
    }

    @Test
    void specialValuesOfExp() {
        float[] x = {0, -0f, -Float.MIN_VALUE, -87, -88, -1e30f, Float.NEGATIVE_INFINITY, Float.NaN};
        float[] y = x.clone();
        Elementary.expOfNegative(y, new float[x.length], x.length);
        float lowest = (float) StrictMath.exp(-87);

        assertThat(y[0]).isEqualTo(1);
        assertThat(y[1]).isEqualTo(1);
        assertThat(y[2]).isEqualTo(1);
        for (int i = 3; i < 7; i++) {
            assertThat(ulps(y[i], lowest)).as("exp of " + x[i]).isLessThan(2);
        }
        assertThat(y[7]).isNaN();
    }

    @Test
    void loopsChangeWhatTheyAreGivenAlone() {
        float[] x = {1, 2, 3, 4, 5};
        float[] y = new float[5];
        Elementary.tanh(x, y, 3);
        assertThat(y).containsExactly(Elementary.tanh(1), Elementary.tanh(2), Elementary.tanh(3), 0, 0);
        Elementary.sigmoid(x, 2);
        assertThat(x).containsExactly(Elementary.sigmoid(1), Elementary.sigmoid(2), 3, 4, 5);
    }

    private static double ulps(float found, double right) {
        return Math.abs(found - right) / Math.ulp((float) right);
    }
}
