package dev.namaskar.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitializerTest {
    private static final float UNTOUCHED = 77;

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,5,5", "4,16,16", "3,33,33", "2,7,4", "2,4,7", "1,1,9", "1,9,1", "4,128,128"})
    void everyBlockIsOrthogonalOnItsOwn(int blocks, int rows, int columns) {
        Slot slot = new Slot("w", Role.RECURRENT, 5, blocks, rows, columns);
        float[] values = filled("orthogonal(1.5)", slot, 1);
        for (int block = 0; block < blocks; block++) {
            int at = slot.block(block);
            boolean tall = rows > columns;
            int count = Math.min(rows, columns);
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    double product = 0;
                    for (int k = 0; k < Math.max(rows, columns); k++) {
                        product += tall
                                ? (double) values[at + k * columns + i] * values[at + k * columns + j]
                                : (double) values[at + i * columns + k] * values[at + j * columns + k];
                    }
                    assertThat(product).isCloseTo(i == j ? 2.25 : 0, within(1e-6));
                }
            }
        }
    }

    @Test
    void orthogonalMatricesFavourNoDirection() {
        Slot slot = new Slot("w", Role.RECURRENT, 0, 4000, 2, 2);
        float[] values = filled("orthogonal", slot, 2);
        double sum = 0;
        double square = 0;
        double determinants = 0;
        for (int block = 0; block < slot.blocks(); block++) {
            int at = slot.block(block);
            sum += values[at];
            square += (double) values[at] * values[at];
            determinants += values[at] * values[at + 3] - values[at + 1] * values[at + 2];
        }
        assertThat(sum / 4000)
                .as("mean of an entry; positive without the sign of R")
                .isCloseTo(0, within(0.05));
        assertThat(square / 4000).isCloseTo(0.5, within(0.03));
        assertThat(determinants / 4000).as("rotations and reflections alike").isCloseTo(0, within(0.06));
    }

    @Test
    void glorotTakesTheFansOfOneBlock() {
        Slot slot = new Slot("w", Role.INPUT, 3, 4, 30, 70);
        float[] values = filled("glorot-uniform", slot, 3);
        double limit = Math.sqrt(6.0 / 100);
        check(values, slot, -limit, limit);
        float[] scaled = filled("glorot-uniform(2)", slot, 3);
        assertThat(scaled[slot.offset() + 9]).isCloseTo(2 * values[slot.offset() + 9], within(1e-6f));
    }

    @Test
    void uniformAndNormalHaveTheirMoments() {
        Slot slot = new Slot("w", Role.INPUT, 0, 1, 100, 100);
        check(filled("uniform(-0.1,0.3)", slot, 4), slot, -0.1, 0.3);
        float[] values = filled("normal(2,0.5)", slot, 5);
        double mean = 0;
        for (float value : values) {
            mean += value / 1e4;
        }
        double variance = 0;
        double beyondTwo = 0;
        for (float value : values) {
            variance += (value - mean) * (value - mean) / 1e4;
            beyondTwo += Math.abs(value - 2) > 1 ? 1e-4 : 0;
        }
        assertThat(mean).isCloseTo(2, within(0.02));
        assertThat(Math.sqrt(variance)).isCloseTo(0.5, within(0.015));
        assertThat(beyondTwo).as("outside two deviations").isCloseTo(0.0455, within(0.008));
    }

    @Test
    void identityStandsInEachBlock() {
        Slot slot = new Slot("w", Role.RECURRENT, 2, 2, 2, 3);
        float[] values = filled("identity(0.5)", slot, 1);
        assertThat(Arrays.copyOfRange(values, 2, 14)).containsExactly(.5f, 0, 0, 0, .5f, 0, .5f, 0, 0, 0, .5f, 0);
    }

    @Test
    void constants() {
        Slot slot = new Slot("b", Role.BIAS, 1, 4, 1, 3);
        assertThat(Arrays.copyOfRange(filled("constant(1)", slot, 1), 1, 13)).containsOnly(1);
        assertThat(Arrays.copyOfRange(filled("zeros", slot, 1), 1, 13)).containsOnly(0);
    }

    @Test
    void pytorchDependsOnTheRole() {
        check(filled("pytorch", new Slot("w", Role.INPUT, 0, 4, 50, 25), 1), 0.2);
        check(filled("pytorch", new Slot("w", Role.RECURRENT, 0, 4, 25, 25), 1), 0.2);
        check(filled("pytorch", new Slot("b", Role.BIAS, 0, 40, 1, 25), 1), 0.2);
        check(filled("pytorch", new Slot("w", Role.DENSE, 0, 1, 25, 70), 1), 0.2);
        check(filled("pytorch(25)", new Slot("b", Role.BIAS, 0, 1, 1, 1000), 1), 0.2);
        float[] embedding = filled("pytorch", new Slot("e", Role.EMBEDDING, 0, 1, 100, 100), 1);
        double square = 0;
        for (float value : embedding) {
            square += value * value / 1e4;
        }
        assertThat(square).isCloseTo(1, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orthogonal",
                "orthogonal(1.5)",
                "glorot-uniform",
                "uniform(-0.1,0.1)",
                "normal(0,0.01)",
                "identity",
                "identity(0.5)",
                "constant(1)",
                "zeros",
                "pytorch",
                "pytorch(64)"
            })
    void theSameSeedGivesTheSameBitsAndNothingElseIsTouched(String spec) {
        Initializer initializer = Initializers.named(spec);
        assertThat(initializer.spec()).isEqualTo(spec);
        assertThat(Initializers.named(initializer.spec())).isEqualTo(initializer);
        assertThat(Initializers.names()).contains(Call.parse(spec).name());
        Slot slot = new Slot("w", Role.RECURRENT, 5, 3, 6, 6);
        float[] values = filled(spec, slot, 9);
        assertThat(values).containsExactly(filled(spec, slot, 9));
        Slot moved = new Slot("v", Role.RECURRENT, 1, 3, 6, 6);
        assertThat(Arrays.copyOfRange(filled(spec, moved, 9), 1, moved.end()))
                .containsExactly(Arrays.copyOfRange(values, 5, slot.end()));
        assertThat(Arrays.copyOf(values, 5)).containsOnly(UNTOUCHED);
        assertThat(Arrays.copyOfRange(values, slot.end(), values.length)).containsOnly(UNTOUCHED);
    }

    @Test
    void numbersDoNotDependOnTheRelease() {
        Slot slot = new Slot("w", Role.RECURRENT, 0, 1, 2, 2);
        SplitMix64 random = new SplitMix64(42);
        double first = random.nextDouble();
        float[] values = filled("uniform(0,1)", slot, 42);
        assertThat(values[0]).isEqualTo((float) first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orthagonal | no initializer \"orthagonal\"; there are orthogonal, normal,",
                "uniform | expected uniform(from,to), found \"uniform\"",
                "uniform(1) | expected uniform(from,to), found \"uniform(1)\"",
                "uniform(1,0) | from <= to",
                "normal(0,-1) | expected a deviation of 0 or more, found -1.0",
                "normal(0,x) | expected a finite number, found \"x\" in \"normal(0,x)\"",
                "uniform(0,) | expected a finite number, found \"\"",
                "pytorch(-1) | expected a fan of 0 or more",
                "pytorch(1.5) | expected a whole number, found 1.5",
                "zeros(1) | expected zeros, found",
                "(1) | expected a name with numbers such as"
            })
    void saysWhatIsWrong(String spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initializers.named(spec))
                .withMessageContaining(message.strip());
    }

    private static float[] filled(String spec, Slot slot, long seed) {
        float[] values = new float[slot.end() + 4];
        Arrays.fill(values, UNTOUCHED);
        Initializers.named(spec).fill(values, slot, new SplitMix64(seed));
        return slot.offset() == 0 ? Arrays.copyOf(values, slot.end()) : values;
    }

    private static void check(float[] values, double limit) {
        check(values, new Slot("all", Role.DENSE, 0, 1, 1, values.length), -limit, limit);
    }

    /** Within the bounds, close to both, and with an even distribution's mean and variance. */
    private static void check(float[] values, Slot slot, double from, double to) {
        double mean = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = slot.offset(); i < slot.end(); i++) {
            mean += values[i] / (double) slot.size();
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        double variance = 0;
        for (int i = slot.offset(); i < slot.end(); i++) {
            variance += (values[i] - mean) * (values[i] - mean) / slot.size();
        }
        double width = to - from;
        assertThat(least).isBetween(from - 1e-7, from + 0.02 * width);
        assertThat(most).isBetween(to - 0.02 * width, to + 1e-7);
        assertThat(mean).isCloseTo((from + to) / 2, within(0.03 * width));
        assertThat(variance).isCloseTo(width * width / 12, within(0.1 * width * width / 12));
    }
}
