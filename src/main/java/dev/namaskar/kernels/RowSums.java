package dev.namaskar.kernels;

import java.util.Arrays;

/** Sums over rows, which is what a bias's gradient is: a bias is a weight whose input is always 1. */
public final class RowSums {
    private final Gemm gemm;
    private Mirror ones;

    /** Sums by products of this library. */
    public RowSums(Gemm gemm) {
        this.gemm = gemm;
        ones = gemm.mirror(0);
    }

    /** {@code to[j] = sum_i rows[i,j] + beta to[j]} over {@code count} rows of {@code width} values, in the twins. */
    public void sum(Mirror rows, int at, int count, int width, float beta, Mirror to, int toAt) {
        if (ones.size() < count) {
            float[] filled = new float[count];
            Arrays.fill(filled, 1);
            ones = gemm.mirror(filled);
            ones.push(0, count);
        }
        gemm.multiplyTransposed(1, width, count, ones, 0, rows, at, beta, to, toAt);
    }
}
