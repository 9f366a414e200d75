package dev.namaskar.kernels;

import java.util.Arrays;

/**
 * Products in plain Java: rows of the right-hand matrix are added to a row of sums, four at a time, which C2
 * vectorises. No native library is touched, so prediction starts at once and runs wherever Java runs.
 */
final class JavaGemm extends Gemm {
    private float[] sums = new float[0];
    private float[][] rows = new float[4][0];

    @Override
    public GemmChoice choice() {
        return GemmChoice.of(GemmLibrary.JAVA);
    }

    @Override
    public Mirror mirror(float[] heap) {
        return new HeapMirror(heap);
    }

    @Override
    public Mirror mirror(int size) {
        return new HeapMirror(new float[size]);
    }

    @Override
    public Weights weights(int rowCount, int columns) {
        return new JavaWeights(rowCount, columns);
    }

    @Override
    public void multiply(int m, Mirror a, int aAt, Weights w, float beta, Mirror c, int cAt) {
        JavaWeights weights = (JavaWeights) w;
        int n = w.columns();
        reserve(n);
        for (int i = 0; i < m; i++) {
            if (beta == 0) {
                Arrays.fill(sums, 0, n, 0);
            } else {
                System.arraycopy(c.heap(), cAt + i * n, sums, 0, n);
            }
            addRows(a.heap(), aAt + i * w.rows(), weights, sums, n);
            System.arraycopy(sums, 0, c.heap(), cAt + i * n, n);
        }
    }

    /** {@code sums[j] += sum over p of a[p] w[p,j]}. */
    private static void addRows(float[] a, int at, JavaWeights w, float[] sums, int n) {
        int p = 0;
        for (; p + 4 <= w.rows(); p += 4) {
            addFour(
                    a[at + p],
                    w.row(p),
                    a[at + p + 1],
                    w.row(p + 1),
                    a[at + p + 2],
                    w.row(p + 2),
                    a[at + p + 3],
                    w.row(p + 3),
                    sums,
                    n);
        }
        for (; p < w.rows(); p++) {
            addOne(a[at + p], w.row(p), sums, n);
        }
    }

    @Override
    public void multiplyTransposed(
            int m, int n, int k, Mirror a, int aAt, Mirror b, int bAt, float beta, Mirror c, int cAt) {
        reserve(n);
        if (beta == 0) {
            Arrays.fill(c.heap(), cAt, cAt + m * n, 0);
        }
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            for (int q = 0; q < 4; q++) {
                System.arraycopy(b.heap(), bAt + (p + q) * n, rows[q], 0, n);
            }
            for (int i = 0; i < m; i++) {
                int from = aAt + p * m + i;
                float[] left = a.heap();
                System.arraycopy(c.heap(), cAt + i * n, sums, 0, n);
                addFour(
                        left[from],
                        rows[0],
                        left[from + m],
                        rows[1],
                        left[from + 2 * m],
                        rows[2],
                        left[from + 3 * m],
                        rows[3],
                        sums,
                        n);
                System.arraycopy(sums, 0, c.heap(), cAt + i * n, n);
            }
        }
        for (; p < k; p++) {
            System.arraycopy(b.heap(), bAt + p * n, rows[0], 0, n);
            for (int i = 0; i < m; i++) {
                System.arraycopy(c.heap(), cAt + i * n, sums, 0, n);
                addOne(a.heap()[aAt + p * m + i], rows[0], sums, n);
                System.arraycopy(sums, 0, c.heap(), cAt + i * n, n);
            }
        }
    }

    private static void addFour(
            float a0,
            float[] w0,
            float a1,
            float[] w1,
            float a2,
            float[] w2,
            float a3,
            float[] w3,
            float[] sums,
            int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(a0, w0[j], Math.fma(a1, w1[j], Math.fma(a2, w2[j], Math.fma(a3, w3[j], sums[j]))));
        }
    }

    private static void addOne(float factor, float[] w, float[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(factor, w[j], sums[j]);
        }
    }

    private void reserve(int n) {
        if (sums.length < n) {
            sums = new float[n];
            rows = new float[4][n];
        }
    }
}
