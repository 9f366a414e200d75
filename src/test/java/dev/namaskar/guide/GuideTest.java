package dev.namaskar.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.testing.Page;
import dev.namaskar.testing.Programs;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows has to be there: pieces of Java compile, programs run, links lead somewhere. */
class GuideTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern FILE = Pattern.compile("`((?:examples|src|corpora)/[\\w./-]+)`");
    private static final Pattern PROGRAM = Pattern.compile("public class (\\w+)");

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

    static Stream<Page> pages() {
        return Page.all().stream();
    }

    /** Pages of which all Java is one program, in pieces. */
    static Stream<Page> programs() {
        return pages().filter(GuideTest::isProgram);
    }

    private static boolean isProgram(Page page) {
        return PROGRAM.matcher(String.join("", page.blocks("java"))).find();
    }

    /** Pieces of Java that stand for themselves; the page on cells quotes its example. */
    static Stream<String> pieces() {
        return pages().filter(page -> !isProgram(page))
                .filter(page -> !page.file().endsWith("own-cell.md"))
                .flatMap(page -> page.blocks("java").stream());
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void javaCompiles(String piece) {
        assertThat(problems(piece)).isEmpty();
        assertThat(problems(piece.replaceFirst("\\.(\\w)", ".x$1"))).contains("cannot find symbol");
    }

    private String problems(String piece) {
        String source = IMPORTS + "import java.nio.file.*;\nimport java.util.*;\nclass Shown {\n"
                + "void run(float[] w, float[] gradient, double[] history) throws Exception {\n" + piece + "}\n}\n";
        return Programs.problems(classes, List.of(Programs.source("Shown", source)));
    }

    /** The page on cells explains the example as it is, in its order. */
    @Test
    void thePageOnCellsQuotesTheExample() throws IOException {
        String example = Files.readString(Path.of("examples", "OwnCell.java"));
        int at = 0;
        for (String piece : Page.ofGuide("own-cell").blocks("java")) {
            assertThat(example.indexOf(piece, at)).as(piece).isNotNegative();
            at = example.indexOf(piece, at) + piece.length();
        }
        assertThat(at).as("where the last piece ends").isPositive();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void programsCompileAndRun(Page page) throws Exception {
        String program = String.join("", page.blocks("java"));
        String name =
                PROGRAM.matcher(program).results().findFirst().orElseThrow().group(1);

        assertThat(Programs.problems(classes, List.of(Programs.source(name, program))))
                .isEmpty();
        assertThat(Programs.run(classes, name)).isNotBlank();
    }

    @Test
    void theWholeIdeaLearnsTheWord() throws Exception {
        Page page = Page.ofGuide("hundred-lines");
        String program = String.join("", page.blocks("java"));
        assertThat(program.lines()).hasSizeLessThan(125);
        assertThat(Programs.problems(classes, List.of(Programs.source("HundredLines", program))))
                .isEmpty();

        assertThat(Programs.run(classes, "HundredLines"))
                .containsPattern("update 300  loss 0[.]\\d+  n -> amaskar\\s*$");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Page page) {
        List<String> dead = new ArrayList<>();
        for (String link : found(LINK, page.text())) {
            if (link.matches("https?://.*")) {
                continue;
            }
            if (!Files.exists(page.file().resolveSibling(link).normalize())) {
                dead.add(link);
            }
        }
        found(FILE, page.text()).stream()
                .filter(file -> !Files.exists(Path.of(file)))
                .forEach(dead::add);

        assertThat(dead).isEmpty();
    }

    /** The site has pages and pictures of its own and nothing else: what a page of it links to stands beside it. */
    @ParameterizedTest
    @MethodSource("pages")
    void theGuideStaysInsideItself(Page page) {
        if (page.file().startsWith("src")) {
            assertThat(found(LINK, page.text())).allMatch(link -> !link.startsWith("../") && !link.startsWith("/"));
            assertThat(page.text())
                    .doesNotContain("![](")
                    .doesNotContain("<script")
                    .doesNotContain("<img");
        }
    }

    @Test
    void everyPageStandsInTheMenuAndInTheReadme() throws IOException {
        String menu = Files.readString(Path.of("src", "site", "site.xml"));
        Page readme = Page.of(Path.of("README.md"));
        for (Page page : Page.guide()) {
            String name = page.file().getFileName().toString();
            assertThat(menu).contains("href=\"" + name.replace(".md", ".html") + "\"");
            assertThat(readme.text()).contains("(src/site/markdown/" + name + ")");
        }
    }

    @Test
    void theReadmeIsShort() {
        assertThat(Page.of(Path.of("README.md")).text().lines()).hasSizeLessThanOrEqualTo(150);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(each -> each.group(1)).toList();
    }
}
