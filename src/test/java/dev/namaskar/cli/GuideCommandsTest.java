package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.testing.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParameterException;

/** Every command line that the documentation shows, or ever showed, parses. */
class GuideCommandsTest {
    static Stream<String> shown() {
        return Page.all().stream()
                .flatMap(page -> page.blocks().stream())
                .flatMap(block -> block.text().replaceAll("\\\\\n\\s*", "").lines())
                .filter(line -> line.startsWith("./namaskar "))
                .map(line -> line.replaceAll("\\s+#.*", "").substring("./namaskar ".length()));
    }

    /** Those of earlier documentation: what somebody once put into a script goes on working. */
    static Stream<String> shownBefore() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/command-lines/readme-0.1.txt")).stream();
    }

    private static void parse(String line) {
        String[] words = DemoCommand.split(line).toArray(String[]::new);
        Main.program(words).parseArgs(words);
    }

    @ParameterizedTest
    @MethodSource({"shown", "shownBefore"})
    void commandsAndTheirOptionsExist(String line) {
        parse(line);
    }

    @Test
    void anOptionThatIsGoneWouldBeNoticed() {
        assertThatThrownBy(() -> parse("next \"nama s\" --modle m")).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> parse("train text a.txt --step 3")).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> parse("guess")).isInstanceOf(ParameterException.class);
    }
}
