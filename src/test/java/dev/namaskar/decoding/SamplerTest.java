package dev.namaskar.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    private static final float NONE = Float.NEGATIVE_INFINITY;

    private static float[] logitsOf(double... probabilities) {
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (Math.log(probabilities[i]) + 3.7);
        }
        return logits;
    }

    /** What a filter leaves, seen by a sampler that notes it. */
    private static float[] left(float[] logits, java.util.function.Function<Sampler, Sampler> filter) {
        float[] copy = logits.clone();
        float[][] seen = new float[1][];
        filter.apply(given -> {
                    seen[0] = given.clone();
                    return 0;
                })
                .sample(copy);
        return seen[0];
    }

    private static int[] kept(float[] logits) {
        return IntStream.range(0, logits.length).filter(i -> logits[i] != NONE).toArray();
    }

    /** Exact probabilities after temperature, top-k and top-p, by sorting and dividing in double. */
    private static double[] exact(float[] logits, double temperature, int k, double p) {
        Integer[] order = IntStream.range(0, logits.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> -logits[i]));
        double[] weights = new double[logits.length];
        double sum = 0;
        for (int r = 0; r < Math.min(k, order.length); r++) {
            weights[order[r]] = Math.exp((logits[order[r]] - logits[order[0]]) / temperature);
            sum += weights[order[r]];
        }
        double nucleus = 0;
        for (int i : order) {
            boolean reached = nucleus >= p * sum;
            weights[i] = reached ? 0 : weights[i];
            nucleus += weights[i];
        }
        double divisor = nucleus;
        return Arrays.stream(weights).map(w -> w / divisor).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1,99,1", "0.5,99,1", "2.5,99,1", "1,3,1", "1,99,0.8", "0.7,6,0.9", "1.3,1,1", "1,99,0.01"})
    void drawsFollowTheExactProbabilities(double temperature, int k, double p) {
        Random random = new Random(11);
        float[] logits = new float[12];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (2 * random.nextGaussian());
        }
        double[] expected = exact(logits, temperature, k, p);
        Sampler sampler = Sampler.of(temperature, k, p, new SplitMix64(5));
        long[] counts = new long[logits.length];
        int draws = 40_000;
        for (int i = 0; i < draws; i++) {
            counts[sampler.sample(logits.clone())]++;
        }
        int[] possible = IntStream.range(0, 12).filter(i -> expected[i] > 0).toArray();
        assertThat(Arrays.stream(possible).mapToLong(i -> counts[i]).sum()).isEqualTo(draws);
        if (possible.length > 1) {
            double[] e = Arrays.stream(possible).mapToDouble(i -> expected[i]).toArray();
            long[] o = Arrays.stream(possible).mapToLong(i -> counts[i]).toArray();
            assertThat(new ChiSquareTest().chiSquareTest(e, o)).isGreaterThan(1e-3);
        }
    }

    @Test
    void theTestAboveWouldSeeAWrongTemperature() {
        float[] logits = logitsOf(0.5, 0.3, 0.2);
        Sampler sampler = Sampler.of(1.05, null, null, new SplitMix64(5));
        long[] counts = new long[3];
        for (int i = 0; i < 40_000; i++) {
            counts[sampler.sample(logits.clone())]++;
        }
        assertThat(new ChiSquareTest().chiSquareTest(new double[] {0.5, 0.3, 0.2}, counts))
                .isLessThan(1e-3);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 1", // the likeliest alone reaches it
        "0.50001, 2",
        "0.75, 2",
        "0.751, 3",
        "0.874, 3",
        "0.876, 4",
        "0.99999, 4",
        "1, 4",
        "1e-9, 1",
    })
    void theNucleusIsTheSmallestThatReachesP(double p, int size) {
        float[] logits = {
            2 + (float) Math.log(8), 2 + (float) Math.log(4), 2 + (float) Math.log(2), 2 + (float) Math.log(2)
        };
        // Powers of two through float logarithms are off by an ulp or so: hold the boundary to that.
        double exactly = p == 0.5 || p == 0.75 ? p - 1e-6 : p;
        assertThat(kept(left(logits, inner -> new TopP(exactly, inner)))).hasSize(size);
    }

    @Test
    void theNucleusBoundaryIsExactWhereTheProbabilitiesAre() {
        assertThat(kept(left(new float[] {1, 1, 1, 1}, inner -> new TopP(0.5, inner))))
                .containsExactly(0, 1);
        assertThat(kept(left(new float[] {1, 1, 1, 1}, inner -> new TopP(0.500001, inner))))
                .containsExactly(0, 1, 2);
        assertThat(kept(left(new float[] {0, NONE, 0, NONE}, inner -> new TopP(0.999, inner))))
                .containsExactly(0, 2);
    }

    @Test
    void equalLogitsKeepTheFirst() {
        float[] logits = {0, 5, 5, 5, 0};
        assertThat(kept(left(logits, inner -> new TopK(2, inner)))).containsExactly(1, 2);
        assertThat(kept(left(logits, inner -> new TopK(5, inner)))).containsExactly(0, 1, 2, 3, 4);
        assertThat(kept(left(logits, inner -> new TopK(500, inner)))).containsExactly(0, 1, 2, 3, 4);
        assertThat(new Greedy().sample(logits)).isEqualTo(1);
    }

    @Test
    void filtersAgreeWithSortingOnRandomLogits() {
        Random random = new Random(6);
        for (int round = 0; round < 500; round++) {
            int n = 1 + random.nextInt(40);
            float[] logits = new float[n];
            for (int i = 0; i < n; i++) {
                logits[i] = random.nextInt(5) == 0 ? random.nextInt(3) : (float) random.nextGaussian();
            }
            int k = 1 + random.nextInt(n);
            Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
            Arrays.sort(order, Comparator.comparingDouble(i -> -logits[i]));
            int[] expected =
                    Arrays.stream(order, 0, k).mapToInt(i -> i).sorted().toArray();
            assertThat(kept(left(logits, inner -> new TopK(k, inner)))).isEqualTo(expected);

            double p = 0.01 + 0.98 * random.nextDouble();
            double[] exact = exact(logits, 1, n, p);
            int[] nucleus = IntStream.range(0, n).filter(i -> exact[i] > 0).toArray();
            assertThat(kept(left(logits, inner -> new TopP(p, inner)))).isEqualTo(nucleus);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 1e-30, 1e-5})
    void temperaturesNearZeroChooseTheLargest(double temperature) {
        Sampler sampler = Sampler.of(temperature, 3, 0.9, new SplitMix64(1));
        for (int i = 0; i < 100; i++) {
            assertThat(sampler.sample(new float[] {-1e30f, 2, 2.5f, -3, 1e-20f}))
                    .isEqualTo(2);
        }
    }

    @Test
    void hugeTemperaturesAreUniform() {
        Sampler sampler = Sampler.of(1e300, null, null, new SplitMix64(1));
        long[] counts = new long[3];
        for (int i = 0; i < 3000; i++) {
            counts[sampler.sample(new float[] {50, 0, -50})]++;
        }
        assertThat(new ChiSquareTest().chiSquareTest(new double[] {1, 1, 1}, counts))
                .isGreaterThan(1e-3);
    }

    @Test
    void sameSeedSameDrawsAndTheStateGoesOn() {
        float[] logits = logitsOf(0.1, 0.2, 0.3, 0.4);
        SplitMix64 random = new SplitMix64(9);
        Sampler first = Sampler.of(1, null, null, random);
        int[] before =
                IntStream.range(0, 50).map(i -> first.sample(logits.clone())).toArray();
        long state = random.state();
        int[] after =
                IntStream.range(0, 50).map(i -> first.sample(logits.clone())).toArray();
        Sampler again = Sampler.of(1, null, null, new SplitMix64(9));
        assertThat(IntStream.range(0, 50).map(i -> again.sample(logits.clone())).toArray())
                .isEqualTo(before);
        Sampler resumed = Sampler.of(1, null, null, new SplitMix64(state));
        assertThat(IntStream.range(0, 50)
                        .map(i -> resumed.sample(logits.clone()))
                        .toArray())
                .isEqualTo(after);
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void shutOutSymbolsAreNeverDrawnAndHugeLogitsDoNotOverflow() {
        Sampler sampler = Sampler.of(1, 3, 0.99, new SplitMix64(2));
        for (int i = 0; i < 500; i++) {
            assertThat(sampler.sample(new float[] {NONE, 3e38f, NONE, 3e38f, -3e38f}))
                    .isIn(1, 3);
        }
        assertThat(Sampler.of(1, null, null, new SplitMix64(2)).sample(new float[] {-7}))
                .isZero();
    }

    @Test
    void brokenLogitsAreRefused() {
        for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            for (double temperature : new double[] {0, 1}) {
                Sampler sampler = Sampler.of(temperature, 2, 0.9, new SplitMix64(2));
                assertThatThrownBy(() -> sampler.sample(new float[] {0, broken, 1}))
                        .hasMessageContaining("symbol 1");
            }
        }
        assertThatThrownBy(() -> new Greedy().sample(new float[] {NONE, NONE})).hasMessageContaining("none among 2");
    }

    @Test
    void optionsOutOfRangeNameTheFlagTheRangeAndTheValue() {
        SplitMix64 random = new SplitMix64(1);
        assertThatThrownBy(() -> Sampler.of(-1, null, null, random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`temperature`: expected a number >= 0, found -1.0");
        assertThatThrownBy(() -> Sampler.of(Double.NaN, null, null, random)).hasMessageContaining("temperature");
        assertThatThrownBy(() -> Sampler.of(Double.POSITIVE_INFINITY, null, null, random))
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> Sampler.of(1, 0, null, random))
                .hasMessage("`top-k`: expected a whole number >= 1, found 0");
        for (double p : new double[] {0, -0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> Sampler.of(1, null, p, random))
                    .hasMessage("`top-p`: expected 0 < p <= 1, found " + p);
        }
        assertThatThrownBy(() -> Sampler.of(0, 0, null, random)).hasMessageContaining("top-k");
    }
}
