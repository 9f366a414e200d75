package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.cli.bench.BenchTrainCommand;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.corpus.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the benchmarks measure what they say and keep to their keys; how fast it is, no test can tell. */
class BenchCommandsTest {
    private static final Object[] SMALL = {"--hidden", "4", "--vocab", "5", "--seconds", "0.05", "--json"};

    @Test
    void trainTellsTimeSpeedAndRate() throws Exception {
        Ran ran = bench("train", "--cell", "gru", "--layers", "2", "--batch", "3", "--seq-len", "7", "--threads", "2");

        assertThat(ran.exit()).as(ran.err()).isZero();
        Map<String, Object> json = ran.json();
        assertThat(json)
                .containsEntry("cell", "gru")
                .containsEntry("hidden", 4L)
                .containsEntry("threads", 2L);
        double milliseconds = number(json, "ms_per_step");
        assertThat(milliseconds).isPositive();
        assertThat(number(json, "chars_per_s")).isCloseTo(3 * 7 / milliseconds * 1e3, within(1e-6));
        assertThat(number(json, "gflops")).isPositive();
    }

    /** By hand: forward 2 operations a weight, backward twice as many; the rows of one-hot inputs need none. */
    @Test
    void operationsAreThoseOfTheMathematics() {
        NetworkSpec lstm = NetworkSpec.tokens(65).recurrent("lstm", 256).dense(65);
        double expected = 6.0 * 64 * 64 * (4 * 256 * 256 + 256 * 65);
        assertThat(BenchTrainCommand.trainingFlops(lstm, 64, 64)).isEqualTo(expected);
        NetworkSpec two = NetworkSpec.tokens(65)
                .recurrent("rnn", 128)
                .recurrent("rnn", 32)
                .dense(10);
        assertThat(BenchTrainCommand.trainingFlops(two, 1, 1))
                .isEqualTo(6.0 * (128 * 128 + 128 * 32 + 32 * 32 + 32 * 10));
    }

    @Test
    void generateTellsSpeedAndTheFirstCharacter() throws Exception {
        Ran ran = bench("generate", "--cell", "rnn", "--batch", "2");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(number(ran.json(), "chars_per_s")).isPositive();
        assertThat(number(ran.json(), "first_char_ms")).isPositive();
    }

    @Test
    void gemmTellsTheLibrariesAndTheOneInUse() throws Exception {
        Ran ran = Ran.of("bench", "gemm", "--hidden", "8", "--batch", "4", "--seconds", "0.01", "--json");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json()).containsEntry("used", "java"); // so small that the way to a library costs more
        assertThat(number(ran.json(), "trial_ms")).isPositive();
        List<?> libraries = (List<?>) ran.json().get("libraries");
        assertThat(libraries).hasSameSizeAs(GemmLibrary.available()).allSatisfy(row -> {
            Map<?, ?> rates = (Map<?, ?>) row;
            assertThat(((Number) rates.get("step_gflops")).doubleValue()).isPositive();
            assertThat(((Number) rates.get("peak_gflops")).doubleValue()).isPositive();
        });
    }

    @Test
    void cellsAreComparedAtTheBestOfTheirRates(@TempDir Path dir) throws Exception {
        Path text = dir.resolve("text");
        Files.writeString(text, "she sells sea shells by the sea shore\nand more\n".repeat(40));
        String options = "--cells sru,rnn --hidden 5 --steps 4 --seconds 0.02 --lr 0.0001,0.02 --threads 1 --json";
        Ran ran = Ran.of(List.of("bench", "cells", text), (Object[]) options.split(" "));

        assertThat(ran.exit()).as(ran.err()).isZero();
        List<?> rows = (List<?>) ran.json().get("cells");
        assertThat(rows).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Map<?, ?> row = (Map<?, ?>) rows.get(i);
            String cell = List.of("sru", "rnn").get(i);
            double slow = loss(text, cell, 0.0001);
            double fast = loss(text, cell, 0.02);
            assertThat(fast).isLessThan(slow);
            assertThat(row.get("cell")).isEqualTo(cell);
            assertThat(row.get("lr")).isEqualTo(0.02);
            assertThat(((Number) row.get("nats_equal_steps")).doubleValue()).isEqualTo(fast);
            assertThat(((Number) row.get("steps_equal_time")).longValue())
                    .isEqualTo(Math.max(1, Math.round(20 / ((Number) row.get("ms_per_step")).doubleValue())));
        }
    }

    private static double loss(Path text, String cell, double rate) throws Exception {
        try (Corpus corpus = Corpus.of(Files.readString(text), Unit.CODEPOINT)) {
            return CharacterModel.training()
                    .cell(cell)
                    .hidden(5)
                    .steps(4)
                    .learningRate(rate)
                    .threads(1)
                    .fit(corpus)
                    .report()
                    .loss();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "train, --seq-len, 0",
        "train, --seconds, 0",
        "generate, --layers, 0",
        "gemm, --batch, 1",
        "cells x, --cells, tree"
    })
    void whatCannotBeMeasuredIsWrongUsage(String command, String option, String value) {
        Ran ran = Ran.of(List.of(("bench " + command).split(" ")), option, value);

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(option).doesNotContain("Exception");
        assertThat(ran.out()).isEmpty();
    }

    private static Ran bench(String command, Object... more) {
        Object[] args = new Object[2 + more.length + SMALL.length];
        args[0] = "bench";
        args[1] = command;
        System.arraycopy(more, 0, args, 2, more.length);
        System.arraycopy(SMALL, 0, args, 2 + more.length, SMALL.length);
        return Ran.of(args);
    }

    private static double number(Map<String, Object> json, String key) {
        return ((Number) json.get(key)).doubleValue();
    }

    private static org.assertj.core.data.Percentage within(double share) {
        return org.assertj.core.data.Percentage.withPercentage(share * 100);
    }
}
