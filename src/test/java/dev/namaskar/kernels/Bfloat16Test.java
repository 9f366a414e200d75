package dev.namaskar.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of rounded numbers are the products of just those numbers: rounded here by hand, summed in double. */
class Bfloat16Test {
    private static final GemmLibrary ROUNDED = GemmLibrary.ONEDNN_BF16;

    @BeforeEach
    void needsTheInstructions() {
        assumeTrue(ROUNDED.opens(), "this processor has no products of bfloat16");
    }

    /** To the nearest number of eight significant bits, ties to the even one. */
    private static float rounded(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
    }

    @Test
    void theRoundingByHandIsToTheNearest() {
        assertThat(rounded(1 + 1f / 256)).isEqualTo(1);
        assertThat(rounded(1 + 3f / 256)).isEqualTo(1 + 4f / 256);
        assertThat(rounded(-1 - 1.01f / 256)).isEqualTo(-1 - 2f / 256);
    }

    @ParameterizedTest
    @CsvSource({"1,7,5", "3,1,2", "17,13,31", "33,64,65", "32,256,256", "5,129,3"})
    void productsAreThoseOfRoundedNumbers(int m, int k, int n) {
        Gemm gemm = ROUNDED.open();
        Random random = new Random(m);
        float[] a = normal(3 + m * k, random);
        float[] w = normal(k * n, random);
        for (float beta : new float[] {0, 1}) {
            for (boolean transposed : new boolean[] {false, true}) {
                float[] c = normal(m * n, random);
                Weights weights = gemm.weights(k, n);
                if (transposed) {
                    weights.loadTransposed(w, 0);
                } else {
                    weights.load(w, 0);
                }
                Mirror result = pushed(gemm, c.clone());
                gemm.multiply(m, pushed(gemm, a), 3, weights, beta, result, 0);
                result.pull(0, c.length);
                for (int i = 0; i < m * n; i++) {
                    double sum = beta * c[i];
                    for (int p = 0; p < k; p++) {
                        int at = transposed ? i % n * k + p : p * n + i % n;
                        sum += (double) rounded(a[3 + i / n * k + p]) * rounded(w[at]);
                    }
                    assertThat((double) result.heap()[i]).isCloseTo(sum, offset(2e-6 * (k + 8)));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16,16,9,true", "40,65,33,true", "256,256,64,true", "1,40,20,false", "40,3,20,false"})
    void gradientsRoundWhereTheyAreLarge(int m, int n, int k, boolean rounds) {
        Gemm gemm = ROUNDED.open();
        Random random = new Random(n);
        float[] a = normal(1 + k * m, random);
        float[] b = normal(2 + k * n, random);
        for (float beta : new float[] {0, 1}) {
            float[] c = normal(m * n, random);
            Mirror result = pushed(gemm, c.clone());
            gemm.multiplyTransposed(m, n, k, pushed(gemm, a), 1, pushed(gemm, b), 2, beta, result, 0);
            result.pull(0, c.length);
            for (int i = 0; i < m * n; i++) {
                double sum = beta * c[i];
                for (int p = 0; p < k; p++) {
                    float left = a[1 + p * m + i / n];
                    float right = b[2 + p * n + i % n];
                    sum += rounds ? (double) rounded(left) * rounded(right) : (double) left * right;
                }
                assertThat((double) result.heap()[i]).isCloseTo(sum, offset(2e-6 * (k + 8)));
            }
        }
    }

    @Test
    void itIsTakenOnlyWhereItIsAskedFor() {
        assertThat(GemmLibrary.available()).doesNotContain(ROUNDED);
        assertThat(ROUNDED.precise()).isEqualTo(GemmLibrary.ONEDNN);
        assertThat(GemmChoice.named("onednn-bf16").here()).isEqualTo(GemmChoice.of(ROUNDED));
        GemmChoice mixed = GemmChoice.named("step=onednn-bf16,window=onednn-bf16,gradient=onednn");
        assertThat(mixed.open().choice()).isEqualTo(mixed);
    }

    private static Mirror pushed(Gemm gemm, float[] values) {
        Mirror mirror = gemm.mirror(values);
        mirror.push(0, values.length);
        return mirror;
    }

    @Test
    void productsOfManyShapesShareTheirRoom() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "this system does not tell how much memory a process holds");
        Gemm gemm = ROUNDED.open();
        int steps = 4000;
        Mirror a = pushed(gemm, normal((steps + 100) * 256, new Random(1)));
        Mirror b = pushed(gemm, normal((steps + 100) * 256, new Random(2)));
        Mirror c = gemm.mirror(256 * 256);
        gemm.multiplyTransposed(256, 256, steps, a, 0, b, 0, 0, c, 0);
        long before = resident(status);
        for (int more = 1; more <= 100; more++) {
            gemm.multiplyTransposed(256, 256, steps + more, a, 0, b, 0, 0, c, 0);
        }
        assertThat(resident(status) - before)
                .as("bytes, of which each shape has four million")
                .isLessThan(100_000_000);
    }

    private static long resident(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static float[] normal(int size, Random random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
