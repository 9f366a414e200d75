package dev.namaskar.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/urandom", "/dev/null"})
    void devicesHaveNoEnd(String device) {
        assumeTrue(Files.exists(Path.of(device)), "needs a system with devices among its files");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataFile.open(Path.of(device), "a table"))
                .withMessage(device + ": expected a table, found a device");
    }

    @Test
    void saysWhatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataFile.open(folder.resolve("none"), "a text"))
                .withMessageContaining("none does not exist; expected a text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataFile.open(folder, "a text"))
                .withMessageContaining("expected a text, found a folder; name a file in it");
    }

    @Test
    void aFileIsNamedOnce() {
        Path file = folder.resolve("none");
        assertThat(DataFile.named(file, new IllegalArgumentException("expected three lines, found two")))
                .hasMessage(file + ": expected three lines, found two");
        UnusableFileException named = new UnusableFileException(file + " is empty");
        assertThatThrownBy(() -> DataFile.named(file, named)).isSameAs(named);
    }

    @Test
    void pipesAreRead() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process made = start("mkfifo", pipe.toString());
        assumeTrue(made != null && made.waitFor() == 0, "needs mkfifo");
        Process writer = start("sh", "-c", "echo namaskar > '" + pipe + "'");
        try (InputStream in = DataFile.open(pipe, "a text")) {
            assertThat(in.readAllBytes()).asString().isEqualTo("namaskar\n");
        }
        assertThat(writer != null && writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static @Nullable Process start(String... command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException absent) {
            return null;
        }
    }
}
