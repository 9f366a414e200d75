package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParameterException;

/** What the documentation shows has to be there: every command line parses, every piece of Java compiles. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);

    /** Imports of every package of ours. */
    private static final String IMPORTS = imports();

    @TempDir
    private Path classes;

    private static String imports() {
        Path root = Path.of("src", "main", "java");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> root.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
                    .distinct()
                    .sorted()
                    .map(name -> "import " + name + ".*;\n")
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<MatchResult> blocks() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path page : List.of(Path.of("README.md"), Path.of("corpora", "README.md"))) {
            all.append(Files.readString(page)).append('\n');
        }
        return BLOCK.matcher(all).results();
    }

    static Stream<String> commandLines() throws IOException {
        return blocks().flatMap(
                        block -> block.group(2).replaceAll("\\\\\n\\s*", "").lines())
                .filter(line -> line.startsWith("./namaskar "))
                .map(line -> line.replaceAll("\\s+#.*", "").substring("./namaskar ".length()));
    }

    static Stream<String> javaBlocks() throws IOException {
        return blocks().filter(block -> block.group(1).equals("java")).map(block -> block.group(2));
    }

    private static void parse(String line) {
        String[] words = DemoCommand.split(line).toArray(String[]::new);
        Main.program(words).parseArgs(words);
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void commandsAndTheirOptionsExist(String line) {
        parse(line);
    }

    @Test
    void anOptionThatIsGoneWouldBeNoticed() {
        assertThatThrownBy(() -> parse("next \"nama s\" --modle m")).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> parse("train text a.txt --step 3")).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> parse("guess")).isInstanceOf(ParameterException.class);
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void javaCompiles(String block) {
        assertThat(problems(block)).isEmpty();
        assertThat(problems(block.replaceFirst("\\.(\\w)", ".x$1"))).contains("cannot find symbol");
    }

    private String problems(String block) {
        String source = IMPORTS + "import java.nio.file.*;\nimport java.util.*;\nclass Shown {\n"
                + "void run(float[] w, float[] gradient, double[] history) throws Exception {\n" + block + "}\n}\n";
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Shown.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public String getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        StringWriter problems = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        compiler.getTask(
                        problems,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(file))
                .call();
        return problems.toString();
    }
}
