package dev.namaskar.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void oldContent() throws IOException {
        file = folder.resolve("model");
        Files.writeString(file, "old");
    }

    /** Takes the lock named by the argument and holds it until its standard input ends, or writes a megabyte. */
    static final class OtherProcess {
        public static void main(String[] args) throws IOException {
            try (AtomicFile held = AtomicFile.open(Path.of(args[0]))) {
                if (args[1].equals("hold")) {
                    System.out.println("held");
                    System.out.flush();
                    while (System.in.read() >= 0) {}
                } else {
                    held.replace(out -> out.write(new byte[1 << 20]));
                }
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }

        static Process start(List<String> before, Path target, String task) throws IOException {
            List<String> java = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OtherProcess.class.getName(),
                    target.toString(),
                    task);
            return new ProcessBuilder(
                            Stream.concat(before.stream(), java.stream()).toList())
                    .start();
        }
    }

    @Test
    void replacesAndLeavesNothingBeside() throws IOException {
        write("new");
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryContaining(p -> p.equals(file));
        assertThat(names()).containsExactly("model");
    }

    @Test
    void aFailureKeepsTheOldFileAndDropsTheNew() throws IOException {
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[200_000]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file + ": could not be written (No space left on device); what was there before is unchanged");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    throw new IllegalArgumentException("not finite");
                }))
                .hasMessage("not finite");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("model");
    }

    @Test
    void leftoversOfAKilledProcessAreNoObstacle() throws IOException {
        Files.writeString(folder.resolve(".model.partial"), "half of a much longer content");
        Files.writeString(folder.resolve(".model.lock"), "12345");
        write("new");
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("model");
    }

    @Test
    void secondWriterInThisProcessIsRefused() throws IOException {
        try (AtomicFile held = AtomicFile.open(file)) {
            assertThatThrownBy(() -> write("new")).hasMessage(file + ": already open for writing in this process");
            held.replace(out -> out.write('1'));
            held.replace(out -> out.write('2'));
        }
        assertThat(file).hasContent("2");
        write("new");
    }

    @Test
    void secondWriterInAnotherProcessIsRefusedUntilTheFirstDies() throws Exception {
        Process other = OtherProcess.start(List.of(), file, "hold");
        try {
            assertThat(other.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("held");
            assertThatThrownBy(() -> write("new"))
                    .hasMessage(file + ": another process (" + other.pid()
                            + ") is writing this file; wait until it ends or name another file");
            assertThat(file).hasContent("old");
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        write("new");
        assertThat(file).hasContent("new");
    }

    @Test
    void anOperatingSystemThatRefusesMoreBytesLeavesTheOldFile() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash to set a limit on file sizes");
        Process other =
                OtherProcess.start(List.of("/bin/bash", "-c", "ulimit -f 64; exec \"$0\" \"$@\""), file, "write");
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("could not be written").contains("what was there before is unchanged");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("model");
    }

    @Test
    void unusableTargetsAreNamed() {
        assertThatThrownBy(() -> AtomicFile.write(folder, out -> {})).hasMessageContaining("found a folder");
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("a/b"), out -> {}))
                .hasMessageContaining("does not exist; create it first");
    }

    @Test
    void aFolderWithoutPermissionIsNamed() throws IOException {
        Path readOnly = Files.createDirectory(folder.resolve("ro"));
        assumeTrue(readOnly.toFile().setWritable(false), "needs a file system with permissions");
        assumeTrue(!Files.isWritable(readOnly), "the superuser may write everywhere");
        assertThatThrownBy(() -> AtomicFile.write(readOnly.resolve("m"), out -> {}))
                .hasMessageContaining("no permission to write in its folder");
    }

    @Test
    void writesThroughASymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, out -> out.write('x'));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file).hasContent("x");
    }

    private void write(String content) throws IOException {
        AtomicFile.write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }
}
