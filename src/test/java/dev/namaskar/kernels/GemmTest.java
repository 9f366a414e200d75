package dev.namaskar.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every library's products against sums in double, at odd sizes, offsets and none at all. */
class GemmTest {
    private static final int[][] SIZES = {
        {1, 1, 1},
        {1, 7, 5},
        {3, 1, 2},
        {2, 3, 1},
        {5, 5, 5},
        {17, 13, 31},
        {33, 64, 65},
        {1, 128, 384},
        {0, 4, 3},
        {200, 257, 129},
        {3, 256, 512},
        {256, 5, 256}
    };

    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void productsAreSumsOfProducts(GemmLibrary library) {
        Gemm gemm = library.open();
        assertThat(gemm.choice()).isEqualTo(GemmChoice.of(library));
        Random random = new Random(1);
        for (int[] size : SIZES) {
            int m = size[0];
            int k = size[1];
            int n = size[2];
            for (float beta : new float[] {0, 1}) {
                for (boolean transposed : new boolean[] {false, true}) {
                    float[] a = normal(3 + m * k, random);
                    float[] w = normal(2 + k * n, random);
                    float[] c = normal(5 + m * n + 4, random);
                    double[] expected = product(m, k, n, a, 3, w, 2, transposed, beta, c, 5);
                    Mirror left = pushed(gemm, a);
                    Mirror result = pushed(gemm, c.clone());
                    Weights weights = gemm.weights(k, n);
                    if (transposed) {
                        weights.loadTransposed(w, 2);
                    } else {
                        weights.load(w, 2);
                    }
                    gemm.multiply(m, left, 3, weights, beta, result, 5);
                    result.pull(0, c.length);

                    assertClose(Arrays.toString(size), expected, result.heap(), 5, k);
                    assertThat(Arrays.copyOf(result.heap(), 5)).isEqualTo(Arrays.copyOf(c, 5));
                    assertThat(Arrays.copyOfRange(result.heap(), 5 + m * n, c.length))
                            .isEqualTo(Arrays.copyOfRange(c, 5 + m * n, c.length));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void transposedProductsAreSumsOfOuterProducts(GemmLibrary library) {
        Gemm gemm = library.open();
        Random random = new Random(2);
        for (int[] size : new int[][] {{1, 1, 1}, {4, 3, 0}, {7, 5, 1}, {1, 9, 33}, {13, 17, 6}, {65, 31, 100}}) {
            int m = size[0];
            int n = size[1];
            int k = size[2];
            for (float beta : new float[] {0, 1}) {
                float[] a = normal(1 + k * m, random);
                float[] b = normal(2 + k * n, random);
                float[] c = normal(3 + m * n + 2, random);
                double[] expected = new double[m * n];
                for (int i = 0; i < m * n; i++) {
                    expected[i] = beta * c[3 + i];
                    for (int p = 0; p < k; p++) {
                        expected[i] += (double) a[1 + p * m + i / n] * b[2 + p * n + i % n];
                    }
                }
                Mirror result = pushed(gemm, c.clone());
                gemm.multiplyTransposed(m, n, k, pushed(gemm, a), 1, pushed(gemm, b), 2, beta, result, 3);
                result.pull(0, c.length);

                assertClose(Arrays.toString(size), expected, result.heap(), 3, Math.max(1, k));
                assertThat(Arrays.copyOf(result.heap(), 3)).isEqualTo(Arrays.copyOf(c, 3));
                assertThat(result.heap()[3 + m * n]).isEqualTo(c[3 + m * n]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void betaZeroForgetsWhatStoodThereEvenNotANumber(GemmLibrary library) {
        Gemm gemm = library.open();
        Weights weights = gemm.weights(2, 3);
        weights.load(new float[] {1, 2, 3, 4, 5, 6}, 0);
        float[] nothing = new float[6];
        Arrays.fill(nothing, Float.NaN);
        Mirror c = pushed(gemm, nothing);
        gemm.multiply(2, pushed(gemm, new float[] {1, 0, 0, 1}), 0, weights, 0, c, 0);
        c.pull(0, 6);
        assertThat(c.heap()).containsExactly(1, 2, 3, 4, 5, 6);

        Arrays.fill(c.heap(), Float.NaN);
        c.push(0, 6);
        gemm.multiplyTransposed(
                1, 2, 1, pushed(gemm, new float[] {2}), 0, pushed(gemm, new float[] {3, 4}), 0, 0, c, 0);
        c.pull(0, 2);
        assertThat(c.heap()).startsWith(6, 8);
    }

    /** What keeps a row of padding away from the others. */
    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void aRowThatIsNotANumberSpoilsItsOwnProductAlone(GemmLibrary library) {
        Gemm gemm = library.open();
        int k = 19;
        int n = 23;
        Random random = new Random(3);
        Weights weights = gemm.weights(k, n);
        weights.load(normal(k * n, random), 0);
        float[] a = normal(9 * k, random);
        Mirror clean = pushed(gemm, new float[9 * n]);
        gemm.multiply(9, pushed(gemm, a), 0, weights, 0, clean, 0);
        clean.pull(0, 9 * n);
        Arrays.fill(a, 4 * k, 5 * k, Float.NaN);
        Mirror dirty = pushed(gemm, new float[9 * n]);
        gemm.multiply(9, pushed(gemm, a), 0, weights, 0, dirty, 0);
        dirty.pull(0, 9 * n);

        for (int i = 0; i < 9 * n; i++) {
            if (i / n == 4) {
                assertThat(dirty.heap()[i]).isNaN();
            } else {
                assertThat(dirty.heap()[i]).isEqualTo(clean.heap()[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void theSameProductGivesTheSameBitsInAnyThread(GemmLibrary library) {
        Random random = new Random(4);
        float[] a = normal(32 * 100, random);
        float[] w = normal(100 * 60, random);
        List<float[]> results = new ArrayList<>();
        try (Workers workers = new Workers(3)) {
            float[][] found = new float[3][];
            workers.run(worker -> {
                Gemm gemm = library.open();
                Weights weights = gemm.weights(100, 60);
                weights.load(w, 0);
                Mirror c = gemm.mirror(new float[32 * 60]);
                gemm.multiply(32, pushed(gemm, a), 0, weights, 0, c, 0);
                c.pull(0, 32 * 60);
                found[worker] = c.heap();
            });
            results.addAll(Arrays.asList(found));
        }

        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void writeReachesTheTwinAlone(GemmLibrary library) {
        Mirror mirror = library.open().mirror(new float[] {1, 2, 3, 4});
        mirror.push(0, 4);
        mirror.write(new float[] {8, 9}, 0, 1, 2);
        mirror.pull(0, 4);

        assertThat(mirror.heap()).containsExactly(1, 8, 9, 4);
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void aMirrorWithoutAnArrayReadsAndWritesOthers(GemmLibrary library) {
        Mirror mirror = library.open().mirror(4);
        assertThat(mirror.size()).isEqualTo(4);
        mirror.write(new float[] {8, 9}, 0, 1, 2);
        float[] found = {7, 7, 7, 7};
        mirror.read(1, found, 2, 2);

        assertThat(found).containsExactly(7, 7, 8, 9);
        mirror.pull(0, 4);
        assertThat(mirror.heap()).containsExactly(0, 8, 9, 0);
    }

    /** A native library that has gone missing would else be a test that nobody misses. */
    @Test
    void theLibrariesOfTheDefaultBuildAreHereWhereTheyHaveABuild() {
        assertThat(GemmLibrary.available()).contains(GemmLibrary.JAVA);
        if (System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")) {
            assertThat(GemmLibrary.available()).contains(GemmLibrary.ONEDNN, GemmLibrary.OPENBLAS);
        }
        assertThat(GemmLibrary.available()).contains(GemmLibrary.best());
    }

    @Test
    void librariesHaveNames() {
        assertThat(GemmLibrary.named("OneDNN")).isEqualTo(GemmLibrary.ONEDNN);
        assertThat(GemmLibrary.best()).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GemmLibrary.named("cuda"))
                .withMessageContaining("mkl, onednn, onednn-packed, onednn-bf16, openblas, java")
                .withMessageContaining("cuda");
    }

    private static Mirror pushed(Gemm gemm, float[] heap) {
        Mirror mirror = gemm.mirror(heap);
        mirror.push(0, heap.length);
        return mirror;
    }

    private static double[] product(
            int m,
            int k,
            int n,
            float[] a,
            int aAt,
            float[] w,
            int wAt,
            boolean transposed,
            float beta,
            float[] c,
            int cAt) {
        double[] y = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = beta * c[cAt + i * n + j];
                for (int p = 0; p < k; p++) {
                    sum += (double) a[aAt + i * k + p] * w[wAt + (transposed ? j * k + p : p * n + j)];
                }
                y[i * n + j] = sum;
            }
        }
        return y;
    }

    private static void assertClose(String what, double[] expected, float[] found, int at, int terms) {
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(found[at + i] - expected[i]);
            if (!(error <= 5e-7 * terms)) {
                assertThat((double) found[at + i]).as(what + ", entry " + i).isEqualTo(expected[i]);
            }
        }
    }

    private static float[] normal(int size, Random random) {
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
