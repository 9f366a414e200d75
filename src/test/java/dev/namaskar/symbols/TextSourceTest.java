package dev.namaskar.symbols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.namaskar.text.corpus.Corpus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextSourceTest {
    private static final String HINDI = "नमस्ते दुनिया, क्षत्रिय ज्ञान श्री।\n";

    private static String read(byte[] bytes, @Nullable Charset encoding) throws IOException {
        return TextSource.of("t.txt", new ByteArrayInputStream(bytes)).readAll(encoding);
    }

    private static UnreadableTextException refused(byte[] bytes) {
        return catchThrowableOfType(UnreadableTextException.class, () -> read(bytes, null));
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void aByteOrderMarkDecides(String encoding) throws IOException {
        String text = "a\r\n\ufeffन🙏𠀀é".repeat(9_000); // beyond one chunk; only the first mark is none of the text
        byte[] bytes = ("\ufeff" + text).getBytes(Charset.forName(encoding));
        assertThat(read(bytes, null)).isEqualTo(text);
        assertThat(read(gzip(bytes), null)).isEqualTo(text);
        assertThat(read(bytes, Charset.forName(encoding))).isEqualTo(text);
        for (Unit unit : Unit.values()) {
            try (Corpus corpus =
                    Corpus.read(List.of(TextSource.of("one", new ByteArrayInputStream(gzip(bytes)))), unit, null)) {
                int[] symbols = new int[(int) corpus.symbols().length()];
                corpus.symbols().read(0, symbols, 0, symbols.length);
                int[] expected = unit == Unit.BYTE
                        ? Vocabulary.ofBytes().encode(text)
                        : text.codePoints().toArray();
                assertThat(symbols).isEqualTo(expected);
                assertThat(corpus.notes()).hasSize(encoding.equals("UTF-8") ? 1 : 2);
            }
        }
    }

    @Test
    void membersOfOneGzipFollowOneAnother() throws IOException {
        byte[] two = join(gzip("one\n".getBytes(UTF_8)), gzip("two\n".getBytes(UTF_8)));
        assertThat(read(two, null)).isEqualTo("one\ntwo\n");
        byte[] whole = gzip(HINDI.repeat(500).getBytes(UTF_8));
        assertThat(refused(Arrays.copyOf(whole, whole.length - 9))).hasMessageContaining("damaged or cut short");
        whole[whole.length - 6] ^= 1;
        assertThat(refused(whole)).hasMessageContaining("damaged or cut short");
        assertThat(refused(gzip(gzip(new byte[] {'a'})))).hasMessageContaining("compressed twice");
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252,It’s a café – “quoted”",
        "windows-1252,\"Größe und Übermut in Köln, ein schöner Tag\"",
        "windows-1252,\"Ils ont été à la fête, où l’on s’ennuyait déjà\"",
        "windows-1252,El niño mañana pidió más café",
        "windows-1251,\"Он пришёл домой и сказал, что всё хорошо.\"",
        "KOI8-R,\"Он пришёл домой и сказал, что всё хорошо.\"",
        "KOI8-U,\"Привіт, як справи у вас сьогодні? Їжак і єнот\"",
        "IBM866,\"Он пришёл домой и сказал, что всё хорошо.\"",
        "GB18030,\"他说今天的天气很好,我们一起去公园吧。\"",
        "Big5,\"他說今天的天氣很好,我們一起去公園吧。\"",
        "Shift_JIS,今日は天気がいいから、散歩しましょう。",
        "EUC-JP,今日は天気がいいから、散歩しましょう。",
        "EUC-KR,오늘은 날씨가 좋으니 산책을 갑시다.",
        "windows-1255,\"שלום עולם, מה שלומך היום?\"",
        "windows-1256,مرحبا بالعالم كيف حالك اليوم",
        "ISO-8859-7,\"Καλημέρα κόσμε, τι κάνεις σήμερα;\"",
        "windows-1250,\"Zażółć gęślą jaźń, proszę bardzo\"",
        "windows-1254,\"Bugün hava çok güzel, şehre gidelim, ığdır\"",
    })
    void theLikeliestEncodingIsNamedAndReadsTheText(String encoding, String sentence) throws IOException {
        for (int times : new int[] {1, 3, 200}) {
            String text = ("ascii first\n" + sentence + "\n").repeat(times);
            byte[] bytes = text.getBytes(Charset.forName(encoding));
            UnreadableTextException failure = refused(bytes);
            assertThat(failure)
                    .hasMessageContaining("t.txt: malformed UTF-8 at byte offset ")
                    .hasMessageContaining("likeliest encoding is " + failure.encoding());
            assertThat(read(bytes, TextSource.encoding(String.valueOf(failure.encoding()))))
                    .as("%s, %d times", encoding, times)
                    .isEqualTo(text);
        }
    }

    @Test
    void latin1IsWhatBothItsNamesRead() throws IOException {
        byte[] bytes = "Größe und Übermut".getBytes(ISO_8859_1);
        assertThat(read(bytes, TextSource.encoding("latin1"))).isEqualTo("Größe und Übermut");
        assertThat(TextSource.encoding("auto")).isNull();
        assertThat(TextSource.encoding("utf-8-sig")).isEqualTo(UTF_8);
        for (String wrong : List.of("klingon", "", "a b")) {
            assertThatThrownBy(() -> TextSource.encoding(wrong)).hasMessageContaining("windows-1252");
        }
        assertThatThrownBy(() -> read(new byte[] {'a', (byte) 0x81}, Charset.forName("windows-1252")))
                .hasMessageContaining("no windows-1252 at byte offset 1: found 0x81");
    }

    @Test
    void utf16WithoutAMarkIsNamedAndTextsWithZerosAreNot() {
        for (String text : List.of("Hello world, this is text.\n", HINDI, "Привет, мир! Как дела?\n", "今天 天气\n很好\n")) {
            for (Charset encoding : List.of(UTF_16LE, UTF_16BE)) {
                byte[] bytes = text.repeat(40).getBytes(encoding);
                assertThat(refused(bytes).encoding()).as(text).isEqualTo(encoding.name());
            }
        }
        for (String text : List.of("a\0b\0c\0", "one\0two\0three\0\n", "plain\n")) {
            assertThat(refused(text.getBytes(UTF_8))).isNull();
        }
    }

    @Test
    void aTextCutShortIsNoOtherEncoding() {
        byte[] text = HINDI.repeat(300).getBytes(UTF_8);
        for (int lost = 1; lost < 40; lost++) {
            byte[] cut = Arrays.copyOf(text, text.length - lost);
            UnreadableTextException failure = refused(cut);
            int whole = new String(cut, UTF_8).replaceAll("\ufffd+$", "").getBytes(UTF_8).length;
            if (whole == cut.length) {
                assertThat(failure).isNull();
            } else {
                assertThat(failure)
                        .hasMessageContaining("breaks off")
                        .hasMessageContaining("first " + whole + " bytes");
                assertThat(failure.encoding()).isNull();
            }
        }
        // A last byte that may begin a character is one of Latin where all before it is ASCII.
        assertThat(refused("un caf\u00e9".getBytes(ISO_8859_1)).encoding()).isEqualTo("windows-1252");
    }

    @Test
    void aDamagedByteIsNoOtherEncoding() throws IOException {
        Random random = new Random(6);
        for (int round = 0; round < 50; round++) {
            byte[] text = HINDI.repeat(60).getBytes(UTF_8);
            text[1 + random.nextInt(text.length - 4)] = (byte) 0xFF;
            UnreadableTextException failure = refused(text);
            assertThat(failure).hasMessageContaining("damaged: mend them");
            assertThat(failure.encoding()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "255044462D312E340A25E2E3CFD3,PDF",
        "89504E470D0A1A0A0000000D,PNG",
        "FFD8FFE000104A464946,JPEG",
        "474946383961010001000000,GIF",
        "D0CF11E0A1B11AE100000000,Word",
        "425A6839314159265359000102,bzip2",
        "FD377A585A0000,xz",
        "28B52FFD2400,zstd",
        "377ABCAF271C0004,7z",
        "526172211A0700CF,RAR",
        "53514C69746520666F726D6174203300,SQLite",
        "5041523115000000,Parquet",
        "7F454C46020101,ELF",
        "894844460D0A1A0A,HDF5",
        "5249464624080000574156450000,WAV",
        "4F67675300020000,Ogg",
    })
    void otherFormatsAreRefusedByTheirNames(String hex, String name) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(refused(bytes))
                .hasMessageContaining("t.txt: expected a text, found ")
                .hasMessageContaining(name);
        assertThat(refused(gzip(bytes))).hasMessageContaining(name);
        assertThatThrownBy(() -> read(bytes, Charset.forName("windows-1252"))).hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "word/document.xml,docx",
        "xl/workbook.xml,xlsx",
        "ppt/presentation.xml,pptx",
        "META-INF/MANIFEST.MF,jar",
        "notes.txt,zip archive"
    })
    void whatAZipHoldsIsSaid(String entry, String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write('a');
        }
        assertThat(refused(out.toByteArray())).hasMessageContaining(name);
    }

    @Test
    void wordsThatFormatsBeginWithAreWords() throws IOException {
        for (String text : List.of("BM ", "MZ", "RIFF raff\n", "PAR1S\n", "ID3\n", "GIF8\n", "II* \n", "Rar!\n")) {
            assertThat(read(text.getBytes(UTF_8), null)).isEqualTo(text);
        }
    }
}
