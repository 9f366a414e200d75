package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.cells.Cells;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckGradientsCommandTest {
    @Test
    void everyBuiltInCellIsBelowTheTolerance() throws Exception {
        Map<String, @Nullable Object> result = run(
                        "--hidden", 3, "--seq-len", 4, "--batch", 3, "--library", "java", "--json")
                .good()
                .json();
        assertThat(result).containsEntry("passed", true);
        assertThat((List<?>) result.get("cells")).hasSameSizeAs(Cells.all()).allSatisfy(cell -> {
            Map<?, ?> found = (Map<?, ?>) cell;
            assertThat((List<?>) found.get("tensors")).hasSizeGreaterThan(8).allSatisfy(tensor -> {
                Map<?, ?> entry = (Map<?, ?>) tensor;
                assertThat(((Number) entry.get("worst_relative_error")).doubleValue())
                        .isBetween(0.0, 1e-3);
                assertThat((List<?>) entry.get("shape")).isNotEmpty();
            });
        });
    }

    @Test
    void aTableNamesTensorsAndAVerdict() {
        Ran checked = run("--cell", "rnn", "--order", 2, "--hidden", 2, "--layers", 1, "--direction", "sum")
                .good();
        assertThat(checked.out())
                .contains("rnn of order 2", "rnn.weight_hh_l0_reverse_lag2", "initial h_l0_lag2", "passed: worst");
        assertThat(checked.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--hidden, 0, --hidden: expected a whole number >= 1",
        "--cell, cnn, 'no cell \"cnn\"; there are'",
        "--loss, hinge, no loss \"hinge\"; there are",
        "--direction, up, expected a direction of",
        "--dropout, 1.5, expected a dropout rate",
        "--library, cuda, 'expected one of mkl, onednn, onednn-packed, onednn-bf16, openblas, java'",
        "--embedding, -1, embedding of at least 1",
        "--boltzmann, -1, expected hidden to be 1 or more",
    })
    void nonsenseIsWrongUsage(String option, String value, String message) {
        run(option, value).wrongUsage(message);
    }

    @Test
    void energiesAndThePerceptronAreChecked() {
        assertThat(run("--cell", "gru", "--hidden", 3, "--boltzmann", 4, "--library", "java")
                        .good()
                        .out())
                .contains("boltzmann0.weight", "boltzmann0.visible_bias", "passed: worst");
        run("--cell", "rnn", "--loss", "perceptron", "--library", "java").good();
        run("--boltzmann", 4, "--embedding", 2).wrongUsage("--boltzmann: reads values");
    }

    private static Ran run(Object... options) {
        return Ran.of(List.of("check", "gradients"), options);
    }
}
