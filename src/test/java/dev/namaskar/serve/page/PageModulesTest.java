package dev.namaskar.serve.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.namaskar.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's modules: those that compute have tests of their own, in JavaScript; all keep to the server they came from. */
class PageModulesTest {
    private static final Path PAGE = Path.of("src", "main", "resources", "dev", "namaskar", "serve", "page");

    @Test
    void theModulesPassTheirOwnTests() throws Exception {
        Path node = Browser.onPath("node", "nodejs");
        assumeTrue(node != null, "needs an installed node to run the tests of the page's modules");
        Process version = new ProcessBuilder(node.toString(), "--version").start();
        String said = new String(version.getInputStream().readAllBytes(), UTF_8);
        assumeTrue(
                Integer.parseInt(said.replaceAll("^v([0-9]+)(?s:.*)$", "$1")) >= 20,
                "needs node 20 or newer, found " + said);
        List<String> command;
        try (Stream<Path> tests = Files.list(Path.of("src", "test", "js"))) {
            command = Stream.concat(
                            Stream.of(node.toString(), "--test"), tests.sorted().map(Path::toString))
                    .toList();
        }
        Process tests = new ProcessBuilder(command).redirectErrorStream(true).start();
        String report = new String(tests.getInputStream().readAllBytes(), UTF_8);

        assertThat(tests.waitFor()).as(report).isZero();
        assertThat(report).containsPattern("tests [1-9]").contains("fail 0", "skipped 0");
    }

    @Test
    void everyFileOfThePageIsSmallAndNamesNoOtherServer() throws IOException {
        try (Stream<Path> files = Files.walk(PAGE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                        .as(file.toString())
                        .doesNotContain("http://", "https://", "//cdn", "eval(", "innerHTML", "TODO");
                // The style sheet is one, so that light and dark stand beside each other.
                assertThat(text.lines().count()).as(file.toString()).isLessThanOrEqualTo(300);
            }
        }
    }

    @Test
    void pathsAreRelativeSoThatThePageWorksBehindAProxy() throws IOException {
        try (Stream<Path> files = Files.walk(PAGE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContainPattern("(fetch|get|post|events|from|import)\\(?\\s*['\"`]/")
                        .doesNotContainPattern("(href|src)=\"/");
            }
        }
    }
}
