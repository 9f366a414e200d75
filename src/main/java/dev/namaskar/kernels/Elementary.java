package dev.namaskar.kernels;

import static java.lang.Math.fma;

/**
 * tanh, the logistic function and exp, written in nothing but additions, products, quotients, minimum and maximum, so
 * that C2 turns a short loop over any of them into vector instructions. Not-a-number passes through.
 *
 * <p>The loops here and in the cells index all their arrays alike and do little each: C2 (JDK 17) vectorises neither
 * {@code a[x + j] = b[y + j]} nor a long body.
 */
public final class Elementary {
    /** tanh rounds to 1 - 2.7e-7 here, and is held there beyond. */
    private static final float TANH_LIMIT = 7.9f;

    // Fitted for least relative error on [0, 7.9] (Lawson's reweighting of a linearised least-squares problem).
    private static final float TANH_P1 = 0.1345062f;
    private static final float TANH_P2 = 0.0035789912f;
    private static final float TANH_P3 = 2.202323e-5f;
    private static final float TANH_P4 = 1.542795e-8f;
    private static final float TANH_Q1 = 0.46783948f;
    private static final float TANH_Q2 = 0.026192235f;
    private static final float TANH_Q3 = 3.4236492e-4f;
    private static final float TANH_Q4 = 8.5987716e-7f;

    private static final float LOWEST_EXPONENT = -87;
    private static final float LOG2_E = 1.442695f;
    /** ln 2 in two parts, the first short enough that its product with a small integer is exact. */
    private static final float LN2_HIGH = 0.6933594f;

    private static final float LN2_LOW = -2.12194440e-4f;
    /** Adding and taking away 1.5 * 2^23 rounds a float to an integer. */
    private static final float ROUND = 0x1.8p23f;

    private static final int EXPONENT_BIAS = 127;
    private static final int MANTISSA_BITS = 23;

    private Elementary() {}

    /**
     * {@code tanh(x) = x P(x^2) / Q(x^2)}, P and Q of degree four; within 6 ulp everywhere, never beyond 1 in
     * magnitude.
     */
    public static float tanh(float x) {
        float c = Math.max(-TANH_LIMIT, Math.min(TANH_LIMIT, x));
        float s = c * c;
        float p = fma(fma(fma(fma(TANH_P4, s, TANH_P3), s, TANH_P2), s, TANH_P1), s, 1);
        float q = fma(fma(fma(fma(TANH_Q4, s, TANH_Q3), s, TANH_Q2), s, TANH_Q1), s, 1);
        return c * p / q;
    }

    /** {@code 1 / (1 + e^-x) = (1 + tanh(x / 2)) / 2}; within 3e-7 everywhere, in [0, 1]. */
    public static float sigmoid(float x) {
        return 0.5f + 0.5f * tanh(0.5f * x);
    }

    /** {@code x = 1 / (1 + e^-x)}, in place; modifies {@code x[0 .. size)}. */
    public static void sigmoid(float[] x, int size) {
        for (int j = 0; j < size; j++) {
            x[j] = sigmoid(x[j]);
        }
    }

    /** {@code y = tanh(x)}; writes {@code y[0 .. size)}, which may be x. */
    public static void tanh(float[] x, float[] y, int size) {
        for (int j = 0; j < size; j++) {
            y[j] = tanh(x[j]);
        }
    }

    /**
     * {@code e^x} for {@code x <= 0}, as softmax needs it; held at {@code e^-87} below -87, within 2 ulp.
     *
     * <p>{@code e^x = e^r 2^n} with n an integer and {@code |r| <= ln(2)/2}: a polynomial, vectorised, and a shift
     * into the exponent, which is not and so has a loop of its own. Overwrites {@code x[0 .. count)} with the result
     * and {@code powers[0 .. count)}.
     */
    public static void expOfNegative(float[] x, float[] powers, int count) {
        for (int j = 0; j < count; j++) {
            x[j] = Math.max(LOWEST_EXPONENT, x[j]);
        }
        for (int j = 0; j < count; j++) {
            powers[j] = x[j] * LOG2_E + ROUND;
        }
        for (int j = 0; j < count; j++) {
            float n = powers[j] - ROUND;
            float r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x[j]));
            float q = fma(fma(fma(fma(fma(1f / 5040, r, 1f / 720), r, 1f / 120), r, 1f / 24), r, 1f / 6), r, 0.5f);
            x[j] = fma(q, r * r, r) + 1;
        }
        for (int j = 0; j < count; j++) {
            // n stands in the lowest bits of n + 1.5 * 2^23, and all others leave at the top
            x[j] *= Float.intBitsToFloat((Float.floatToRawIntBits(powers[j]) + EXPONENT_BIAS) << MANTISSA_BITS);
        }
    }
}
