package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        String out = Ran.of("demo", "--minutes", "0.03", "--out", folder).good().out();
        Matcher letter = Pattern.compile("(?m)^r +(0[.]9\\d+|1[.]0+)$").matcher(out);
        assertThat(letter.find()).as(out).isTrue();
        assertThat(out).contains("bigrams").contains("zweihundertfünfzig\tGerman", "soixante mille\tFrench");
        String written = out.substring(out.lastIndexOf("/** "));
        assertThat(written).hasSizeGreaterThan(300);
        assertThat(folder).isDirectoryContaining("glob:**/units.html");
        assertThat(folder).isDirectoryContaining("glob:**/passengers.png");
        assertThat(folder).isDirectoryContaining("glob:**/folds.png");
    }
}
