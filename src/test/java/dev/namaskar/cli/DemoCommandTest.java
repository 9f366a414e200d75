package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path folder;

    /** The tour with a text that is learnt for seconds: what does not depend on time must be there all the same. */
    @Test
    void takesTheWholeTour() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "demo",
                "--minutes",
                "0.03",
                "--out",
                folder.toString());
        assertThat(exit).as(err.toString()).isZero();
        Matcher letter = Pattern.compile("(?m)^r +(0[.]9\\d+|1[.]0+)$").matcher(out.toString());
        assertThat(letter.find()).as(out.toString()).isTrue();
        assertThat(out.toString()).contains("bigrams");
        String written = out.toString().substring(out.toString().lastIndexOf("/** "));
        assertThat(written).hasSizeGreaterThan(300);
        assertThat(folder).isDirectoryContaining("glob:**/units.html");
        assertThat(folder).isDirectoryContaining("glob:**/passengers.png");
        assertThat(folder).isDirectoryContaining("glob:**/folds.png");
    }
}
