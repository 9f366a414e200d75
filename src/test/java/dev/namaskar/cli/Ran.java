package dev.namaskar.cli;

import dev.namaskar.io.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a call of the program, in this process, answered. */
record Ran(int exit, String out, String err) {
    static Ran of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Stream.of(args).map(String::valueOf).toArray(String[]::new);
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), texts);
        return new Ran(exit, out.toString(), err.toString());
    }

    /** The one JSON object on the last line of standard output. */
    Map<String, @Nullable Object> json() throws IOException {
        List<String> lines = out.lines().toList();
        return Json.readObject("output", lines.get(lines.size() - 1));
    }
}
