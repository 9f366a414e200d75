package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.io.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckGradientsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyBuiltInCellIsBelowTheTolerance() throws Exception {
        assertThat(run("--hidden", "3", "--seq-len", "4", "--batch", "3", "--library", "java", "--json"))
                .isZero();

        List<String> lines = out.toString().lines().toList();
        Map<String, Object> result = Json.readObject("result", lines.get(lines.size() - 1));
        assertThat(result).containsEntry("passed", true);
        assertThat((List<?>) result.get("cells")).hasSize(3).allSatisfy(cell -> {
            Map<?, ?> found = (Map<?, ?>) cell;
            assertThat((List<?>) found.get("tensors")).hasSizeGreaterThan(10).allSatisfy(tensor -> {
                Map<?, ?> entry = (Map<?, ?>) tensor;
                assertThat(((Number) entry.get("worst_relative_error")).doubleValue())
                        .isBetween(0.0, 1e-3);
                assertThat((List<?>) entry.get("shape")).isNotEmpty();
            });
        });
    }

    @Test
    void aTableNamesTensorsAndAVerdict() {
        assertThat(run("--cell", "rnn", "--order", "2", "--hidden", "2", "--layers", "1", "--direction", "sum"))
                .isZero();
        assertThat(out.toString())
                .contains("rnn of order 2", "rnn.weight_hh_l0_reverse_lag2", "initial h_l0_lag2", "passed: worst");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--hidden, 0, at least 1 for --hidden",
        "--cell, cnn, 'expected a cell of [rnn, gru, lstm]'",
        "--loss, hinge, expected a loss of",
        "--direction, up, expected a direction of",
        "--dropout, 1.5, expected a dropout rate",
        "--library, cuda, 'expected one of mkl, onednn, openblas, java'",
        "--embedding, -1, embedding of at least 1",
    })
    void nonsenseIsWrongUsage(String option, String value, String message) {
        assertThat(run(option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "check";
        args[1] = "gradients";
        System.arraycopy(options, 0, args, 2, options.length);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
