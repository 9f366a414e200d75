package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command that was run inside this JVM, and what it left. */
record Ran(int exit, String out, String err) {
    /** Runs a command line. */
    static Ran of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Stream.of(args).map(String::valueOf).toArray(String[]::new);
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), texts);
        return new Ran(exit, out.toString(), err.toString());
    }

    /** Runs a command line with more behind it. */
    static Ran of(List<?> args, Object... more) {
        return of(Stream.concat(args.stream(), Stream.of(more)).toArray());
    }

    /** The last line of the output as a JSON object. */
    Map<String, @Nullable Object> json() throws IOException {
        List<String> lines = out.lines().toList();
        return Json.readObject("output", lines.get(lines.size() - 1));
    }

    /** Asserts that all went well. */
    Ran good() {
        assertThat(exit).as(err).isZero();
        return this;
    }

    /** Asserts exit code 1 and one line of error that says so much. */
    void failed(String... parts) {
        assertThat(exit).as(err).isEqualTo(1);
        assertThat(out).isEmpty();
        assertOneLine(parts);
    }

    /** Asserts exit code 2, one line of error that says so much, and the way to the help page. */
    void wrongUsage(String... parts) {
        assertThat(exit).as(err).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err).contains("try: namaskar");
        assertOneLine(parts);
    }

    private void assertOneLine(String... parts) {
        assertThat(err.lines().filter(line -> line.startsWith("error: ")))
                .hasSize(1)
                .first()
                .asString()
                .satisfies(line ->
                        Stream.of(parts).forEach(part -> assertThat(line).contains(part)));
        assertThat(err).doesNotContain("\tat ");
    }
}
