package dev.namaskar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.testing.Page;
import dev.namaskar.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program in {@code examples/} compiles against the public API, runs, and prints what it is there to show. */
class ExamplesTest {
    private static final Path FOLDER = Path.of("examples");

    /** A pattern that each example's output must match somewhere. */
    private static final Map<String, String> SHOWN = Map.ofEntries(
            Map.entry("Namaskar", "namaska -> r  (1[.]0000|0[.]9\\d+)"),
            Map.entry("Stocks", "horizon 20, 15 origins[\\s\\S]+verdict: (no better|worse|better) than \\w+"),
            Map.entry("ContinueText", "7 symbols grew to 38\\s+salu -> t"),
            Map.entry("Optimize", "adam +ends at \\((0[.]99|1[.]00)\\d, (0[.]99|1[.]00)\\d\\)"),
            Map.entry("CheckGradients", "backward (-?\\d[.]\\d{3})\\d*, difference quotient \\1"),
            Map.entry("ManyTexts", "first logit (\\S+)\\s+read alone at once, +first logit \\1"),
            Map.entry(
                    "WithNd4j",
                    "predicted \\[ *(-?\\d[.]\\d{3})\\d*, +(-?\\d[.]\\d{3})\\d*\\]\\s+by hand +\\[ *\\1\\d*,"
                            + " +\\2\\d*\\]"),
            Map.entry("OwnScale", "median +MASE \\d[.]\\d+, [\\s\\S]+standard +MASE \\d"),
            Map.entry("TrainByHand", "step 200: \\d[.]\\d+ nats a character held out"),
            Map.entry("WriteText", "\\[a 0[.]9\\d+, .+\\]\\s+na[\\s\\S]+\\[a 0[.]9\\d+\\]"));

    @TempDir
    private Path classes;

    static List<Path> programs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void runsAndShowsWhatItIsFor(Path program) throws Exception {
        String name = program.getFileName().toString().replace(".java", "");
        Programs.compile(classes, program);
        String printed = Programs.run(classes, name);
        if (SHOWN.containsKey(name)) {
            assertThat(printed).containsPattern(SHOWN.get(name));
        } else {
            assertThat(printed).as("output of " + name).isNotBlank();
        }
    }

    @Test
    void theGuideListsEachOne() throws IOException {
        String guide = Page.ofGuide("index").text();
        for (Path program : programs()) {
            assertThat(guide).contains("examples/" + program.getFileName());
        }
    }

    @Test
    void theFirstOneIsShort() throws IOException {
        assertThat(Files.readAllLines(FOLDER.resolve("Namaskar.java"))).hasSizeLessThan(30);
    }
}
