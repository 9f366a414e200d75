package dev.namaskar.text.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.symbols.TextSource;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.SharedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusTest {
    private static final UnknownPolicy SKIP = new UnknownPolicy.Skip();

    @TempDir
    Path dir;

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(dir.resolve(name), bytes);
    }

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(UTF_8));
    }

    private static int[] all(Tokens tokens) {
        int[] all = new int[(int) tokens.length()];
        tokens.read(0, all, 0, all.length);
        return all;
    }

    private static Corpus read(Path... files) throws IOException {
        return Corpus.read(List.of(files), Unit.CODEPOINT);
    }

    @ParameterizedTest
    @CsvSource({
        "61 62 FF 63, 2, 0xFF",
        "80, 0, 0x80",
        "61 BF, 1, 0xBF",
        "61 C0 AF, 1, 0xC0", // overlong slash
        "C1 BF, 0, 0xC1",
        "61 E0 80 AF, 1, 0xE0 80", // overlong
        "F0 80 80 AF, 0, 0xF0 80",
        "61 62 63 ED A0 80, 3, 0xED A0", // a high surrogate
        "ED BF BF, 0, 0xED BF",
        "F4 90 80 80, 0, 0xF4 90", // beyond U+10FFFF
        "F5 80 80 80, 0, 0xF5",
        "C3, 0, end of the file",
        "61 E0 A4, 1, end of the file",
        "E2 28 A1, 0, 0xE2 28",
        "E0 A4 A8 E0 A4, 3, end of the file",
        "F0 9F 99 8F F0 9F 99, 4, end of the file",
        "F0 9F 41 41, 0, 0xF0 9F 41",
        "EF BB BF 61 FE, 4, 0xFE", // the byte order mark counts in offsets
    })
    void malformedUtf8IsRefusedWithItsOffset(String hex, int offset, String what) throws IOException {
        Path file = file("bad.txt", HexFormat.ofDelimiter(" ").parseHex(hex));

        for (Unit unit : Unit.values()) {
            assertThatThrownBy(() -> Corpus.read(List.of(file), unit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("bad.txt: malformed UTF-8 at byte offset " + offset + ":")
                    .hasMessageContaining(what);
        }
    }

    /** Where bytes stop being UTF-8, after the table of well-formed byte sequences of the Unicode standard; -1 if never. */
    private static int firstFault(byte[] bytes) {
        String[] forms = {
            "00-7F",
            "C2-DF 80-BF",
            "E0-E0 A0-BF 80-BF",
            "E1-EC 80-BF 80-BF",
            "ED-ED 80-9F 80-BF",
            "EE-EF 80-BF 80-BF",
            "F0-F0 90-BF 80-BF 80-BF",
            "F1-F3 80-BF 80-BF 80-BF",
            "F4-F4 80-8F 80-BF 80-BF"
        };
        int at = 0;
        next:
        while (at < bytes.length) {
            for (String form : forms) {
                String[] ranges = form.split(" ", -1);
                boolean fits = at + ranges.length <= bytes.length;
                for (int k = 0; fits && k < ranges.length; k++) {
                    int value = bytes[at + k] & 0xff;
                    fits = value >= Integer.parseInt(ranges[k].substring(0, 2), 16)
                            && value <= Integer.parseInt(ranges[k].substring(3), 16);
                }
                if (fits) {
                    at += ranges.length;
                    continue next;
                }
            }
            return at;
        }
        return -1;
    }

    @Test
    void randomDamageIsFoundWhereItIs() throws IOException {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            byte[] bytes =
                    "नमस्कार 🙏 雲𠀀 é hello ".repeat(1 + random.nextInt(4)).getBytes(UTF_8);
            bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            if (random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Path file = file("random.txt", bytes);
            int fault = firstFault(bytes);
            if (fault < 0) {
                try (Corpus corpus = read(file)) {
                    assertThat(all(corpus.symbols()))
                            .isEqualTo(new String(bytes, UTF_8).codePoints().toArray());
                }
            } else {
                assertThatThrownBy(() -> read(file)).hasMessageContaining("byte offset " + fault + ":");
            }
        }
    }

    @Test
    void damageFarIntoAFileIsFoundAcrossTheReadersChunks() throws IOException {
        for (int offset : new int[] {65_534, 65_535, 65_536, 65_537, 131_071, 200_001}) {
            byte[] bytes = "é".repeat(offset / 2 + 3).getBytes(UTF_8);
            int start = offset / 2 * 2;
            bytes[start] = (byte) 0xE9;
            Path file = file("long.txt", bytes);
            assertThatThrownBy(() -> read(file)).hasMessageContaining("byte offset " + start + ":");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 7})
    void charactersThatStraddleChunksStayWhole(int shift) throws IOException {
        String text = "x".repeat(shift) + "🙏न雲é".repeat(20_000);
        try (Corpus corpus = read(file("wide.txt", text))) {
            assertThat(all(corpus.symbols())).isEqualTo(text.codePoints().toArray());
        }
    }

    @Test
    void aByteOrderMarkIsLeftOutOnlyAtTheStartAndLineEndsStay() throws IOException {
        Path one = file("one.txt", "\ufeffa\r\nb");
        Path two = file("two.txt", "\ufeffc\ufeff\n");
        Path three = file("three.txt", "d");
        for (Unit unit : Unit.values()) {
            try (Corpus corpus = Corpus.read(List.of(one, two, three), unit)) {
                Tokens tokens = corpus.encode(corpus.vocabulary());
                assertThat(corpus.vocabulary().decode(all(tokens))).isEqualTo("a\r\nb\nc\ufeff\nd");
                assertThat(corpus.characters()).isEqualTo(9);
            }
        }
    }

    @Test
    void absentEmptyAndWrongFilesAreNamed() throws IOException {
        Path empty = file("empty.txt", "");
        assertThatThrownBy(() -> read(dir.resolve("absent.txt")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent.txt does not exist");
        assertThatThrownBy(() -> read(empty)).hasMessageContaining("empty.txt is empty");
        assertThatThrownBy(() -> read(empty, empty)).hasMessageContaining("and 1 more are empty");
        assertThatThrownBy(() -> read(file("bom.txt", "\ufeff"))).hasMessageContaining("bom.txt is empty");
        assertThatThrownBy(() -> read(dir)).hasMessageContaining("found a folder");
        assertThatThrownBy(() -> Corpus.read(List.of(), Unit.BYTE)).hasMessageContaining("found none");
        assertThatThrownBy(() -> Corpus.of("", Unit.BYTE)).hasMessageContaining("empty");
        try (Corpus corpus = read(empty, file("a.txt", "a"))) {
            assertThat(corpus.characters()).isEqualTo(1);
        }
    }

    @Test
    void theCutIsThePeersAndNeverSplitsACharacter() {
        Random random = new Random(9);
        for (int round = 0; round < 200; round++) {
            int[] codePoints = random.ints(1 + random.nextInt(300), 0, 4)
                    .map(i -> new int[] {'a', 0xE9, 0x928, 0x1F64F}[i])
                    .toArray();
            String text = new String(codePoints, 0, codePoints.length);
            int train = (int) (codePoints.length * 0.9);
            assertThat(Corpus.of(text, Unit.CODEPOINT).cut(0.1)).isEqualTo(train);
            String head = new String(codePoints, 0, train);
            assertThat(Corpus.of(text, Unit.BYTE).cut(0.1)).isEqualTo(head.getBytes(UTF_8).length);
            assertThat(Corpus.of(text, Unit.BYTE).cut(0)).isEqualTo(text.getBytes(UTF_8).length);
        }
        Corpus corpus = Corpus.of("abc", Unit.CODEPOINT);
        for (double wrong : new double[] {-0.1, 1, 2, Double.NaN}) {
            assertThatThrownBy(() -> corpus.cut(wrong)).hasMessageContaining("`val-fraction`");
        }
    }

    @Test
    void aCorpusOnDiskEqualsOneInMemory() throws IOException {
        String text = "नमस्कार 🙏 雲𠀀 hello\n".repeat(3_000);
        Path file = file("big.txt", text);
        Random random = new Random(1);
        for (Unit unit : Unit.values()) {
            try (Corpus memory = Corpus.read(List.of(file), unit);
                    Corpus disk = Corpus.read(List.of(TextSource.of(file)), unit, null, 1_000)) {
                assertThat(disk.vocabulary()).isEqualTo(memory.vocabulary());
                assertThat(disk.characters()).isEqualTo(memory.characters());
                assertThat(disk.cut(0.1)).isEqualTo(memory.cut(0.1));
                Tokens expected = memory.encode(memory.vocabulary());
                Tokens found = disk.encode(disk.vocabulary());
                assertThat(all(found)).isEqualTo(all(expected));
                for (int round = 0; round < 100; round++) {
                    int n = random.nextInt(40_000);
                    long from = random.nextInt((int) expected.length() - n);
                    int[] a = new int[n + 3];
                    int[] b = new int[n + 3];
                    expected.read(from, a, 2, n);
                    found.read(from, b, 2, n);
                    assertThat(b).isEqualTo(a);
                }
                int[] one = new int[2];
                assertThatThrownBy(() -> found.read(found.length(), one, 0, 1))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> found.read(0, one, 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    void aClosedCorpusLeavesNoTemporaryFile() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path file = file("big.txt", "abc".repeat(1_000));
        long before = count(temporary);
        try (Corpus corpus = Corpus.read(List.of(TextSource.of(file)), Unit.CODEPOINT, null, 100)) {
            assertThat(corpus.characters()).isEqualTo(3_000);
        }
        Path bad = file("bad.txt", HexFormat.of().parseHex("61".repeat(1_000) + "ff"));
        assertThatThrownBy(() -> Corpus.read(List.of(TextSource.of(bad)), Unit.CODEPOINT, null, 100))
                .hasMessageContaining("offset 1000");
        assertThat(count(temporary)).isEqualTo(before);
    }

    private static long count(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("namaskar-corpus-"))
                    .count();
        }
    }

    @Test
    void unknownSymbolsFollowThePolicy() throws IOException {
        Vocabulary vocabulary = Vocabulary.of("abc", Unit.CODEPOINT);
        try (Corpus corpus = read(file("text.txt", "xaxxbc🙏cx"))) {
            assertThatThrownBy(() -> corpus.encode(vocabulary)).hasMessageStartingWith("'x' (U+0078) at character 1 ");
            assertThatThrownBy(() -> corpus.encode(vocabulary, new UnknownPolicy.Refuse(), 4, 9))
                    .hasMessageContaining("(U+1F64F) at character 7 ");
            assertThat(all(corpus.encode(vocabulary, SKIP, 0, 9))).containsExactly(0, 1, 2, 2);
            assertThat(all(corpus.encode(vocabulary, new UnknownPolicy.Refuse(), 4, 6)))
                    .containsExactly(1, 2);
            assertThat(all(corpus.encode(vocabulary, new UnknownPolicy.Replace('c'), 0, 9)))
                    .containsExactly(2, 0, 2, 2, 1, 2, 2, 2, 2);
            assertThatThrownBy(() -> corpus.encode(Vocabulary.ofBytes())).hasMessageContaining("read by byte");
        }
    }

    @Test
    void skippingEqualsFilteringAtAnyPlace() {
        Random random = new Random(2);
        for (int round = 0; round < 100; round++) {
            int n = 1 + random.nextInt(400);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < n; i++) {
                text.appendCodePoint(random.nextInt(3) == 0 ? 0x1F64F : 'a' + random.nextInt(2 + round % 4));
            }
            Vocabulary vocabulary = Vocabulary.of("ab", Unit.CODEPOINT);
            int[] expected =
                    text.codePoints().filter(c -> c < 'c').map(c -> c - 'a').toArray();
            Tokens found = Corpus.of(text.toString(), Unit.CODEPOINT).encode(vocabulary, SKIP, 0, n);
            assertThat(all(found)).isEqualTo(expected);
            if (expected.length > 1) {
                int from = random.nextInt(expected.length);
                int count = random.nextInt(expected.length - from) + 1;
                int[] part = new int[count];
                found.read(from, part, 0, count);
                assertThat(part).isEqualTo(Arrays.copyOfRange(expected, from, from + count));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SharedText.SHAKESPEARE, SharedText.DEVANAGARI, SharedText.CHINESE})
    void realTextsComeBackWhole(String name) throws IOException {
        Path file = SharedText.file(name);
        String text = Files.readString(file);
        for (Unit unit : Unit.values()) {
            try (Corpus corpus = Corpus.read(List.of(TextSource.of(file)), unit, null, 100_000)) {
                Vocabulary vocabulary = corpus.vocabulary();
                assertThat(vocabulary.decode(all(corpus.encode(vocabulary))).equals(text))
                        .isTrue();
                assertThat(corpus.characters()).isEqualTo(text.codePointCount(0, text.length()));
                if (unit == Unit.CODEPOINT) {
                    assertThat(vocabulary.size())
                            .isEqualTo((int) text.codePoints().distinct().count());
                }
            }
        }
    }
}
