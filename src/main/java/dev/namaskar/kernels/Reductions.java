package dev.namaskar.kernels;

import java.util.Arrays;

/**
 * Sums over {@code float[]} whose result depends on the numbers and nothing else: blocks of a fixed size, each summed
 * in a fixed order, so that threads may share the blocks out as they like.
 */
public final class Reductions {
    /** Values in one block of a shared-out reduction. */
    public static final int BLOCK = 4096;

    // C2 (JDK 17) keeps the order of a float sum and so never vectorises one. Adding whole lanes, both arrays read at
    // the same plain index, it does; the values come in through arraycopy for the sake of that index.
    private static final int LANES = 256;
    private static final float SAFE_MINIMUM = 1e-28f;
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private Reductions() {}

    /**
     * {@code sum of x[i]^2} for {@code from <= i < to}, relative error below 2e-6.
     *
     * <p>For one sum over many threads: give each call the same block {@code [k BLOCK, min(n, (k+1) BLOCK))} and add
     * the blocks' results in their order ({@link #sum}); one call over all blocks returns the very same bits.
     * Modified: nothing. Not-a-number and infinities come through.
     */
    public static double sumOfSquares(float[] x, int from, int to) {
        double total = 0;
        for (int at = from; at < to; ) {
            int count = Math.min(to - at, BLOCK);
            total += block(x, at, count);
            at += count;
        }
        return total;
    }

    /** {@code parts[0] + parts[1] + ...}, the first {@code count} of them, in this order. */
    public static double sum(double[] parts, int count) {
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += parts[i];
        }
        return total;
    }

    /** {@code sum of x[i]} for {@code from <= i < to}, four sums side by side: one alone waits for each addition. */
    public static float sum(float[] x, int from, int to) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
        }
        for (; i < to; i++) {
            s0 += x[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** The largest of {@code x[i]} for {@code from <= i < to}, of at least one; what is not a number is passed over. */
    public static float max(float[] x, int from, int to) {
        float m0 = x[from];
        float m1 = m0;
        float m2 = m0;
        float m3 = m0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            m0 = x[i] > m0 ? x[i] : m0;
            m1 = x[i + 1] > m1 ? x[i + 1] : m1;
            m2 = x[i + 2] > m2 ? x[i + 2] : m2;
            m3 = x[i + 3] > m3 ? x[i + 3] : m3;
        }
        for (; i < to; i++) {
            m0 = x[i] > m0 ? x[i] : m0;
        }
        float left = m0 > m1 ? m0 : m1;
        float right = m2 > m3 ? m2 : m3;
        return left > right ? left : right;
    }

    private static double block(float[] x, int from, int count) {
        Scratch scratch = SCRATCH.get();
        float[] lanes = scratch.lanes;
        float[] chunk = scratch.chunk;
        Arrays.fill(lanes, 0f);
        for (int at = 0; at < count; at += LANES) {
            int here = Math.min(count - at, LANES);
            System.arraycopy(x, from + at, chunk, 0, here);
            Arrays.fill(chunk, here, LANES, 0f);
            addSquares(lanes, chunk);
        }
        double total = 0;
        for (float lane : lanes) {
            total += lane;
        }
        // A float square leaves its range long before a double one does.
        return total > SAFE_MINIMUM && total < Float.MAX_VALUE ? total : inDouble(x, from, count);
    }

    private static void addSquares(float[] lanes, float[] chunk) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] += chunk[i] * chunk[i];
        }
    }

    private static double inDouble(float[] x, int from, int count) {
        double total = 0;
        for (int i = from; i < from + count; i++) {
            total += (double) x[i] * x[i];
        }
        return total;
    }

    private static final class Scratch {
        private final float[] lanes = new float[LANES];
        private final float[] chunk = new float[LANES];
    }
}
