package dev.namaskar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program in {@code examples/} compiles against the public API, runs, and prints what it is there to show. */
class ExamplesTest {
    private static final Path FOLDER = Path.of("examples");

    /** A pattern that each example's output must match somewhere. */
    private static final Map<String, String> SHOWN = Map.of(
            "Namaskar", "namaska -> r  (1[.]0000|0[.]9\\d+)",
            "Stocks", "horizon 20, 15 origins[\\s\\S]+verdict: (no better|worse|better) than \\w+",
            "ContinueText", "7 symbols grew to 38\\s+salu -> t",
            "Optimize", "adam +ends at \\((0[.]99|1[.]00)\\d, (0[.]99|1[.]00)\\d\\)",
            "CheckGradients", "backward (-?\\d[.]\\d{3})\\d*, difference quotient \\1",
            "ManyTexts", "first logit (\\S+)\\s+read alone at once, +first logit \\1",
            "WithNd4j",
                    "predicted \\[ *(-?\\d[.]\\d{3})\\d*, +(-?\\d[.]\\d{3})\\d*\\]\\s+by hand +\\[ *\\1\\d*, +\\2\\d*\\]",
            "OwnScale", "median +MASE \\d[.]\\d+, [\\s\\S]+standard +MASE \\d",
            "WriteText", "step 200: \\d[.]\\d+ nats a character held out");

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
        compile(program);
        String printed = run(name);
        if (SHOWN.containsKey(name)) {
            assertThat(printed).containsPattern(SHOWN.get(name));
        } else {
            assertThat(printed).as("output of " + name).isNotBlank();
        }
    }

    @Test
    void readmeTellsHowToRunEachOne() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (Path program : programs()) {
            assertThat(readme).contains("examples/" + program.getFileName());
        }
    }

    @Test
    void theFirstOneIsShort() throws IOException {
        assertThat(Files.readAllLines(FOLDER.resolve("Namaskar.java"))).hasSizeLessThan(30);
    }

    private void compile(Path program) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean good = compiler.getTask(
                            problems,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-proc:none"),
                            null,
                            files.getJavaFileObjects(program))
                    .call();
            assertThat(good).as(problems.toString()).isTrue();
        }
    }

    private String run(String name) throws Exception {
        PrintStream before = System.out;
        ClassLoader usual = Thread.currentThread().getContextClassLoader();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        URL[] places = {classes.toUri().toURL(), FOLDER.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(places, usual);
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> program = loader.loadClass(name);
            program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException failed) {
            throw new AssertionError(name + " failed", failed.getCause());
        } finally {
            System.setOut(before);
            Thread.currentThread().setContextClassLoader(usual);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
