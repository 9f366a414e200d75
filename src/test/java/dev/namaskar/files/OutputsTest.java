package dev.namaskar.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be written: nothing that is read, under whatever name, and over nothing of another kind. */
class OutputsTest {
    private static final FileKind NUMBERS = FileKind.beginning("a list of numbers", "[0-9]+\n");

    @TempDir
    Path folder;

    @Test
    void whatIsReadIsNotWrittenUnderWhateverName() throws IOException {
        Path input = Files.writeString(folder.resolve("in"), "1\n");
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path hard = Files.createLink(folder.resolve("hard"), input);
        Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic"), input);
        Path chain = Files.createSymbolicLink(inside.resolve("chain"), Path.of("..", "symbolic"));
        Path byFolder = Files.createSymbolicLink(folder.resolve("here"), folder).resolve("in");
        Path relative = Path.of("").toAbsolutePath().relativize(input);
        List<Path> names = List.of(
                input, hard, symbolic, chain, byFolder, relative, inside.resolve("../in"), folder.resolve("./in"));
        for (Path name : names) {
            for (boolean force : new boolean[] {false, true}) {
                assertThatThrownBy(() -> Outputs.reading(List.of(input), force).claim(name, NUMBERS))
                        .as(name.toString())
                        .hasMessage(name + " is what is read (" + input + "); name another file to write");
            }
            assertThatThrownBy(() -> Outputs.reading(List.of(name), false).open(input, NUMBERS))
                    .as("read as " + name)
                    .hasMessageContaining("is what is read");
        }
        assertThat(input).hasContent("1\n");
    }

    @Test
    void caseAloneMakesNoOtherFileWhereTheFileSystemSaysSo() throws IOException {
        Path input = Files.writeString(folder.resolve("in"), "1\n");
        Path upper = folder.resolve("IN");
        assumeTrue(Files.exists(upper), "this file system tells the two apart");
        assertThatThrownBy(() -> Outputs.reading(List.of(input), true).claim(upper, NUMBERS))
                .hasMessageContaining("is what is read");
    }

    @Test
    void whatStandsBesideWhileWritingIsNotReadEither() throws IOException {
        for (String side : List.of(".out.lock", ".out.partial")) {
            Path input = Files.writeString(folder.resolve(side), "1\n");
            assertThatThrownBy(() -> Outputs.reading(List.of(input), true).claim(folder.resolve("out"), NUMBERS))
                    .hasMessageContaining("is what is read (" + input + ")");
        }
    }

    @Test
    void aFileOfAnotherKindIsLeftUnlessForced() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes"), "buy milk");
        Files.setLastModifiedTime(notes, FileTime.fromMillis(1000));
        assertThatThrownBy(() -> Outputs.reading(List.of(), false).open(notes, NUMBERS))
                .hasMessage(notes
                        + " exists and is not a list of numbers; it was left as it is, name another file or"
                        + " replace it with `force`");
        assertThat(notes).hasContent("buy milk");
        assertThat(Files.getLastModifiedTime(notes).toMillis()).isEqualTo(1000);
        assertThat(names()).containsExactly("notes");
        try (AtomicFile file = Outputs.reading(List.of(), true).open(notes, NUMBERS)) {
            file.replace(out -> out.write("2\n".getBytes(UTF_8)));
        }
        assertThat(notes).hasContent("2\n");
    }

    @Test
    void theSameKindAnEmptyFileAndNoneAreWritten() throws IOException {
        Path same = Files.writeString(folder.resolve("same"), "17\n");
        Path empty = Files.createFile(folder.resolve("empty"));
        for (Path target : List.of(same, empty, folder.resolve("fresh"))) {
            try (AtomicFile file = Outputs.reading(List.of(), false).open(target, NUMBERS)) {
                file.replace(out -> out.write("2\n".getBytes(UTF_8)));
            }
            assertThat(target).hasContent("2\n");
        }
    }

    @Test
    void twoResultsNeedTwoFiles() throws IOException {
        Outputs outputs = Outputs.reading(List.of(), false);
        outputs.claim(folder.resolve("a"), NUMBERS);
        Path here = Files.createSymbolicLink(folder.resolve("here"), folder);
        assertThatThrownBy(() -> outputs.claim(here.resolve("a"), NUMBERS)).hasMessageContaining("the same one twice");
        Path dangling = Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
        assertThatThrownBy(() -> outputs.claim(dangling, NUMBERS)).hasMessageContaining("the same one twice");
    }

    @Test
    void aFileThatIsReadLaterOnIsProtectedFromThenOn() throws IOException {
        Path earlier = Files.writeString(folder.resolve("earlier"), "1\n");
        Outputs outputs = Outputs.reading(List.of(), false);
        outputs.claim(earlier, NUMBERS);
        assertThatThrownBy(() -> outputs.alsoReading(earlier).claim(earlier, NUMBERS))
                .hasMessageContaining("is what is read");
    }

    @Test
    void aWriteProtectedFileIsLeftUnlessForced() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "1\n");
        assumeTrue(kept.toFile().setWritable(false), "needs a file system with permissions");
        assumeTrue(!Files.isWritable(kept), "the superuser may write everywhere");
        assertThatThrownBy(() -> Outputs.reading(List.of(), false).claim(kept, NUMBERS))
                .hasMessageContaining("is write-protected");
        Outputs.reading(List.of(), true).claim(kept, NUMBERS);
    }

    @Test
    void aFolderIsNoTarget() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        for (Path target : List.of(folder, link, folder.resolve("."), Path.of("/"), Path.of(""))) {
            assertThatThrownBy(() -> Outputs.reading(List.of(), true).claim(target, NUMBERS))
                    .as("'" + target + "'")
                    .hasMessage(target + ": expected a file to write, found a folder; name a file in it");
        }
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void aKindIsKnownByItsContentAndAnUnreadableFileIsOfNone() throws IOException {
        assertThat(NUMBERS.matches(Files.writeString(folder.resolve("a"), "12\nx")))
                .isTrue();
        assertThat(NUMBERS.matches(Files.writeString(folder.resolve("b"), "x12\n")))
                .isFalse();
        assertThat(NUMBERS.matches(folder.resolve("absent"))).isFalse();
        assertThat(NUMBERS.matches(folder)).isFalse();
    }

    @Test
    void aLinkThatLeadsToItselfIsRefused() throws IOException {
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        assertThatThrownBy(() -> Outputs.reading(List.of(), true).claim(loop, NUMBERS))
                .hasMessageContaining("a symbolic link that leads to itself");
        assertThat(Files.exists(loop, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }
}
