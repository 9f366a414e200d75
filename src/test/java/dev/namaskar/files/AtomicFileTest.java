package dev.namaskar.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void aLinkThatDanglesIsWrittenThrough() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("inside", "second"));
        Path second = Files.createSymbolicLink(inside.resolve("second"), Path.of("..", "fresh"));
        AtomicFile.write(first, out -> out.write('x'));
        assertThat(Files.isSymbolicLink(first)).isTrue();
        assertThat(Files.isSymbolicLink(second)).isTrue();
        assertThat(folder.resolve("fresh")).hasContent("x");
        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("absent", "m"));
        assertThatThrownBy(() -> AtomicFile.write(nowhere, out -> out.write('x')))
                .hasMessageContaining("absent does not exist; create it first");
        assertThat(Files.isSymbolicLink(nowhere)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-r-----", "rwxrwxrwx", "r--------", "-w-------"})
    void permissionsStay(String permissions) throws IOException {
        assumeTrue(posix(), "needs a file system with permissions");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        write("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo(permissions);
    }

    @Test
    void nobodyElseCanReadThePartOfAPrivateFile() throws IOException {
        assumeTrue(posix(), "needs a file system with permissions");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        AtomicFile.write(
                file,
                out -> assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve(".model.partial"))))
                        .isEqualTo("rw-------"));
    }

    @Test
    void aFreshFileHasTheUsualPermissions() throws IOException {
        assumeTrue(posix(), "needs a file system with permissions");
        Path usual = Files.createFile(folder.resolve("usual"));
        Path fresh = folder.resolve("fresh");
        AtomicFile.write(fresh, out -> out.write('x'));
        assertThat(Files.getPosixFilePermissions(fresh)).isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void ownerAndGroupStayWhereTheyMayBeGiven() throws IOException {
        assumeTrue(posix(), "needs a file system with permissions");
        try {
            Files.setAttribute(file, "unix:uid", 12345);
            Files.setAttribute(file, "unix:gid", 54321);
        } catch (IOException | UnsupportedOperationException e) {
            assumeTrue(false, "only the superuser may give files away");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        write("new");
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12345);
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(54321);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aLinkInThePartsPlaceIsNotFollowed() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "mine");
        Files.createSymbolicLink(folder.resolve(".model.partial"), other);
        write("new");
        assertThat(other).hasContent("mine");
        assertThat(file).hasContent("new");
    }

    @Test
    void aFileThatHasTheLocksNameIsNotLost() throws IOException {
        Path lock = Files.writeString(folder.resolve(".model.lock"), "yarn lockfile v1");
        assertThatThrownBy(() -> write("new")).hasMessageContaining("found another file; move it away");
        assertThat(lock).hasContent("yarn lockfile v1");
        assertThat(file).hasContent("old");
    }

    @Test
    void aPipeIsWrittenTo() throws Exception {
        Path pipe = pipe();
        FutureTask<String> reader = new FutureTask<>(() -> Files.readString(pipe));
        new Thread(reader, "reader").start();
        try (AtomicFile out = AtomicFile.open(pipe)) {
            assertThat(out.stream()).isTrue();
            out.replace(to -> to.write(new byte[300_000]));
            out.replace(to -> to.write('x'));
        }
        assertThat(reader.get(30, TimeUnit.SECONDS)).hasSize(300_001).endsWith("x");
        assertStillAPipe(pipe);
    }

    @Test
    void aPipeWithoutAReaderIsRefusedAndStays() throws Exception {
        Path pipe = pipe();
        assertThatThrownBy(() -> OutputPipe.open(pipe, Duration.ofMillis(1)))
                .hasMessage(pipe + ": expected a reader at the other end of this pipe, found none; start it first");
        assertStillAPipe(pipe);
    }

    @Test
    void aDeviceIsWrittenToAndStays() throws Exception {
        Path device = folder.resolve("null");
        assumeTrue(succeeds("mknod", device.toString(), "c", "1", "3"), "only the superuser makes devices");
        AtomicFile.write(device, out -> out.write('x'));
        AtomicFile.stream(device, true).close();
        assertThat(Files.readAttributes(device, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(names()).containsExactly("model", "null");
    }

    @Test
    void aDiskIsRefused() throws Exception {
        Path device = folder.resolve("disk");
        assumeTrue(succeeds("mknod", device.toString(), "b", "240", "17"), "only the superuser makes devices");
        assertThatThrownBy(() -> AtomicFile.open(device)).hasMessageContaining("found a disk");
        assertThatThrownBy(() -> AtomicFile.stream(device, false)).hasMessageContaining("found a disk");
    }

    @Test
    void aSocketIsRefusedAndStays() throws Exception {
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> AtomicFile.write(socket, out -> out.write('x')))
                    .hasMessageStartingWith(socket + ": could not be written");
            assertThat(Files.readAttributes(socket, BasicFileAttributes.class).isOther())
                    .isTrue();
        }
    }

    @Test
    void aLogGrowsInItsPlace() throws IOException {
        Files.createLink(folder.resolve("hard"), file);
        try (OutputStream out = AtomicFile.stream(file, true)) {
            out.write('1');
        }
        assertThat(folder.resolve("hard")).hasContent("old1");
        AtomicFile.stream(file, false).close();
        assertThat(file).isEmptyFile();
    }

    private Path pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(succeeds("mkfifo", pipe.toString()), "needs named pipes");
        return pipe;
    }

    private void assertStillAPipe(Path pipe) throws IOException {
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(names()).containsExactly("model", "pipe");
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private boolean posix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix");
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
