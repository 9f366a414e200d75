package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.cli.options.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpGoesToStandardOutput() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: namaskar").contains("--debug", "--version");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("error: expected a command, found none", "try: namaskar --help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownOptionIsWrongUsageInOneLine() {
        assertThat(run("--no-such-option")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2).first().asString().contains("--no-such-option");
    }

    @Test
    void aFailureIsOneLineAndShowsItsTraceOnlyOnDemand() {
        IllegalStateException failure = new IllegalStateException("expected a model,\n  found a cat");

        assertThat(fail(failure, false)).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("error: expected a model, found a cat");

        assertThat(fail(failure, true)).isEqualTo(1);
        assertThat(err.toString()).contains("at " + MainTest.class.getName());
    }

    @Test
    void aMissingFileIsNamedAsMissing() {
        fail(new UncheckedIOException(new NoSuchFileException("a/b.txt")), false);

        assertThat(err.toString().lines()).containsExactly("error: no such file or folder: a/b.txt");
    }

    @Test
    void aFailureWithoutAMessageSaysItsKind() {
        fail(new ArithmeticException(), false);

        assertThat(err.toString().lines()).containsExactly("error: ArithmeticException");
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private int fail(Throwable failure, boolean debug) {
        CommandLine command = new CommandLine(CommandLine.Model.CommandSpec.create());
        command.setErr(new PrintWriter(err, true));
        return Failure.failed(failure, command, debug);
    }
}
