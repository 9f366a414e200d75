package dev.namaskar.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How choices are spelled, that every mixture multiplies as its parts do, and by what rule a trial chooses. */
class GemmChoiceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"onednn", "onednn-packed", "openblas", "mkl", "java", "step=mkl,window=onednn,gradient=openblas"
            })
    void readsWhatItSpells(String spelled) {
        assertThat(GemmChoice.named(spelled)).hasToString(spelled);
        assertThat(GemmChoice.wished(spelled)).isEqualTo(GemmChoice.named(spelled));
    }

    @Test
    void readsPartsInAnyOrderAndLetters() {
        assertThat(GemmChoice.named("gradient=OpenBLAS, step=ONEDNN ,window=mkl"))
                .isEqualTo(new GemmChoice(GemmLibrary.ONEDNN, GemmLibrary.MKL, GemmLibrary.OPENBLAS));
        assertThat(GemmChoice.named("step=java,window=java,gradient=java")).hasToString("java");
        assertThat(GemmChoice.wished("AUTO")).isNull();
        assertThat(GemmChoice.wished(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blas | expected one of mkl, onednn, onednn-packed, onednn-bf16, openblas, java",
                "'' | expected one of mkl",
                "step=onednn | expected a library for each of step, window and gradient",
                "step=onednn,window=onednn,gradient= | found \"\"",
                "step=onednn,step=onednn,gradient=onednn | each once",
                "step=onednn,window=onednn,gradients=onednn | expected step=NAME,window=NAME,gradient=NAME",
                "step=onednn,window=onednn,gradient=onednn,gradient=mkl | each once",
                "step=java,window=onednn,gradient=onednn | expected plain Java for all products or for none"
            })
    void refusesWhatIsNoChoice(String spelled, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GemmChoice.named(spelled))
                .withMessageContaining(message);
    }

    @Test
    void whatDoesNotLoadHereIsSaid() {
        GemmChoice mixed = GemmChoice.named("step=mkl,window=openblas,gradient=openblas");
        assumeThat(GemmLibrary.available()).doesNotContain(GemmLibrary.MKL).contains(GemmLibrary.OPENBLAS);
        assertThat(mixed.missing()).containsExactly(GemmLibrary.MKL);
        assertThatIllegalArgumentException()
                .isThrownBy(mixed::here)
                .withMessageContaining("found mkl")
                .withMessageContaining("java");
        assertThat(GemmChoice.of(GemmLibrary.JAVA).here().missing()).isEmpty();
    }

    static Stream<GemmChoice> mixtures() {
        List<GemmLibrary> here = new ArrayList<>(GemmLibrary.available());
        here.remove(GemmLibrary.JAVA);
        return here.stream()
                .flatMap(step -> here.stream()
                        .flatMap(window -> here.stream().map(gradient -> new GemmChoice(step, window, gradient))));
    }

    /** Bit for bit: a mixture is nothing but its parts. */
    @ParameterizedTest
    @MethodSource("mixtures")
    void aMixtureMultipliesAsItsPartsDo(GemmChoice choice) {
        Gemm mixed = choice.open();
        assertThat(mixed.choice()).isEqualTo(choice);
        int m = 7;
        int k = 33;
        int n = 19;
        Random random = new Random(5);
        float[] a = normal(m * k, random);
        float[] w = normal(k * n, random);
        float[] b = normal(m * n, random);
        assertThat(product(mixed, mixed.stepWeights(k, n), m, a, w))
                .containsExactly(product(choice.step(), m, k, n, a, w));
        assertThat(product(mixed, mixed.weights(k, n), m, a, w))
                .containsExactly(product(choice.window(), m, k, n, a, w));
        assertThat(gradient(mixed, m, k, n, a, b))
                .containsExactly(gradient(choice.gradient().open(), m, k, n, a, b));
    }

    private static float[] product(GemmLibrary library, int m, int k, int n, float[] a, float[] w) {
        Gemm gemm = library.open();
        return product(gemm, gemm.weights(k, n), m, a, w);
    }

    private static float[] product(Gemm gemm, Weights weights, int m, float[] a, float[] w) {
        weights.load(w, 0);
        Mirror left = gemm.mirror(a);
        left.push(0, a.length);
        Mirror result = gemm.mirror(m * weights.columns());
        gemm.multiply(m, left, 0, weights, 0, result, 0);
        float[] values = new float[result.size()];
        result.read(0, values, 0, values.length);
        return values;
    }

    private static float[] gradient(Gemm gemm, int m, int k, int n, float[] a, float[] b) {
        Mirror left = gemm.mirror(a);
        left.push(0, a.length);
        Mirror right = gemm.mirror(b);
        right.push(0, b.length);
        Mirror result = gemm.mirror(k * n);
        gemm.multiplyTransposed(k, n, m, left, 0, right, 0, 0, result, 0);
        float[] values = new float[result.size()];
        result.read(0, values, 0, values.length);
        return values;
    }

    private static float[] normal(int size, Random random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void anotherLibraryMustWinClearly() {
        assertThat(winner(100, 71, 99)).isEqualTo(GemmLibrary.MKL);
        assertThat(winner(100, 69, 99)).isEqualTo(GemmLibrary.ONEDNN);
        assertThat(winner(100, 69, 49)).isEqualTo(GemmLibrary.ONEDNN);
        assertThat(winner(100, 69, 48)).isEqualTo(GemmLibrary.OPENBLAS);
        assertThat(winner(100, 75, 69)).isEqualTo(GemmLibrary.OPENBLAS);
    }

    private static GemmLibrary winner(double... nanoseconds) {
        GemmLibrary[] order = {GemmLibrary.MKL, GemmLibrary.ONEDNN, GemmLibrary.OPENBLAS};
        List<GemmTrial.Result> results = new ArrayList<>();
        for (int i = 0; i < nanoseconds.length; i++) {
            results.add(new GemmTrial.Result(order[i], nanoseconds[i]));
        }
        return GemmTrial.winner(results);
    }

    @Test
    void theSameSizesGetTheSameChoiceOfWhatIsHere() {
        assumeThat(System.getProperty(GemmLibrary.PROPERTY)).isNull();
        GemmTrial trial = trial(32, 256, 2);
        GemmChoice chosen = trial.choose();
        assertThat(chosen.missing()).isEmpty();
        assertThat(trial(32, 256, 2).choose()).isEqualTo(chosen);
    }

    @Test
    void smallProductsAreNotTimed() {
        assumeThat(System.getProperty(GemmLibrary.PROPERTY)).isNull();
        assertThat(trial(2, 16, 1).choose()).isEqualTo(GemmChoice.of(GemmLibrary.JAVA));
        assertThat(trial(16, 128, 1).choose()).isEqualTo(GemmChoice.of(GemmLibrary.best()));
        assertThat(new GemmTrial(GemmTrial.Size.NONE, GemmTrial.Size.NONE, GemmTrial.Size.NONE, 1).choose())
                .isEqualTo(GemmChoice.of(GemmLibrary.JAVA));
    }

    @Test
    void aChoiceThatWasMadeBeforeIsKept() {
        assumeThat(System.getProperty(GemmLibrary.PROPERTY)).isNull();
        GemmTrial trial = trial(32, 264, 1);
        for (GemmLibrary library : GemmLibrary.available()) {
            trial.remember(GemmChoice.of(library));
            assertThat(trial.choose()).isEqualTo(GemmChoice.of(library));
        }
    }

    /** A matrix of many gigabytes is timed in part: the trial must not take the memory that the run needs. */
    @Test
    void largeProductsAreTimedInPart() {
        GemmTrial.Size window = new GemmTrial.Size(4096, 2048, 8192, 1);
        assertThat(window.cut().multiplications()).isLessThanOrEqualTo(64L * 2048 * 8192);
        assertThat(window.cut().n()).isEqualTo(window.n());
        GemmTrial.Size small = new GemmTrial.Size(512, 128, 128, 1);
        assertThat(small.cut()).isEqualTo(small);
        assertThat(Arrays.asList(small.cutInside(), new GemmTrial.Size(128, 512, 128, 4).inTurns()))
                .containsExactly(small, new GemmTrial.Size(128, 512, 128, 4));
    }

    private static GemmTrial trial(int rows, int hidden, int threads) {
        int window = 512 / rows * rows;
        return new GemmTrial(
                new GemmTrial.Size(rows, hidden, hidden, 4),
                new GemmTrial.Size(window, hidden, hidden, 1),
                new GemmTrial.Size(hidden, window, hidden, 1),
                threads);
    }
}
