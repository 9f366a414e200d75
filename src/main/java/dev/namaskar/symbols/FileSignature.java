package dev.namaskar.symbols;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the bytes that a file begins with say of it: a format that is no text, compression, an encoding. */
public final class FileSignature {
    /** Bytes that are looked at. */
    static final int LENGTH = 4096;

    /**
     * A format.
     *
     * @param offset where the bytes stand
     * @param couldBeText whether a text might begin like this, so that it takes a zero byte too
     */
    private record Format(String name, int offset, byte[] bytes, boolean couldBeText) {}

    private static final List<Format> FORMATS = List.of(
            hex("a PNG picture", 0, "89504e470d0a1a0a"),
            hex("a JPEG picture", 0, "ffd8ff"),
            hex("an old Word, Excel or PowerPoint document", 0, "d0cf11e0a1b11ae1"),
            hex("a file compressed by xz", 0, "fd377a585a00"),
            hex("a file compressed by zstd", 0, "28b52ffd"),
            hex("a 7z archive", 0, "377abcaf271c"),
            hex("a program (ELF)", 0, "7f454c46"),
            hex("a compiled Java class", 0, "cafebabe"),
            hex("an HDF5 file", 0, "894844460d0a1a0a"),
            hex("a NumPy array", 0, "934e554d5059"),
            hex("a Windows font or picture", 0, "00000100"),
            hex("an MPEG film", 4, "66747970"),
            hex("a font (TrueType)", 0, "0001000000"),
            words("a PDF document", "%PDF-", false),
            words("a picture (GIF)", "GIF8", true),
            words("a picture (BMP)", "BM", true),
            words("a picture (TIFF)", "II*", true),
            words("a picture (TIFF)", "MM", true),
            words("a font (WOFF)", "wOF", true),
            words("a file compressed by bzip2", "BZh", true),
            words("a RAR archive", "Rar!", true),
            words("a SQLite database", "SQLite format 3", true),
            words("a Parquet table", "PAR1", true),
            words("sound (WAV) or video (AVI)", "RIFF", true),
            words("sound (Ogg)", "OggS", true),
            words("sound (FLAC)", "fLaC", true),
            words("sound (MP3)", "ID3", true),
            words("a Windows program", "MZ", true));

    private static final String ZIP = "a zip archive";
    private static final String TAR = "a tar archive";

    private FileSignature() {}

    private static Format hex(String name, int offset, String bytes) {
        return new Format(name, offset, HexFormat.of().parseHex(bytes), false);
    }

    private static Format words(String name, String begin, boolean couldBeText) {
        return new Format(name, 0, begin.getBytes(StandardCharsets.US_ASCII), couldBeText);
    }

    /**
     * The first bytes of a stream, which stay to be read.
     *
     * @param in a stream that can be marked
     */
    public static byte[] head(InputStream in) throws IOException {
        in.mark(LENGTH + 1);
        byte[] head = in.readNBytes(LENGTH);
        in.reset();
        return head;
    }

    /** The encoding that a byte order mark names, or null. */
    public static @Nullable Charset byteOrderMark(byte[] head) {
        int first = head.length < 2 ? 0 : (head[0] & 0xff) << 8 | (head[1] & 0xff);
        int second = head.length < 4 ? -1 : (head[2] & 0xff) << 8 | (head[3] & 0xff);
        return switch (first) {
            case 0xFFFE -> second == 0 ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
            case 0xFEFF -> StandardCharsets.UTF_16BE;
            case 0xEFBB -> head.length > 2 && (head[2] & 0xff) == 0xBF ? StandardCharsets.UTF_8 : null;
            default -> first == 0 && second == 0xFEFF ? Charset.forName("UTF-32BE") : null;
        };
    }

    /** UTF-16 without a byte order mark, in the order that makes a text of these bytes; null if neither does. */
    public static @Nullable Charset utf16(byte[] head) {
        EncodingGuess guess = EncodingGuess.ofUtf16(head);
        return guess == null ? null : guess.charset();
    }

    /** Whether gzip compressed these bytes. */
    public static boolean isGzip(byte[] head) {
        return head.length > 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b && head[2] == 8;
    }

    /** The format of a file that begins like this, with what to do about it to have a text; null if it may be one. */
    static @Nullable String of(byte[] head) {
        String format = format(head);
        if (format == null) {
            return null;
        }
        return format
                + (isArchive(format)
                        ? "; unpack it and name the texts in it"
                        : isZip(head) ? "; save it as plain text in UTF-8" : "; give the text in it as plain text");
    }

    /** Whether a format holds files of any kind. */
    public static boolean isArchive(String format) {
        return format.equals(ZIP) || format.equals(TAR);
    }

    private static boolean isZip(byte[] head) {
        return startsWith(head, 0, new byte[] {'P', 'K', 3, 4}) || startsWith(head, 0, new byte[] {'P', 'K', 5, 6});
    }

    /** The format of a file that begins like this; null if it may be a text. */
    public static @Nullable String format(byte[] head) {
        if (isZip(head)) {
            return zip(new String(head, StandardCharsets.ISO_8859_1));
        }
        if (startsWith(head, 257, new byte[] {'u', 's', 't', 'a', 'r'})) {
            return TAR;
        }
        boolean zeros = false;
        for (byte value : head) {
            zeros |= value == 0;
        }
        for (Format format : FORMATS) {
            if ((zeros || !format.couldBeText) && startsWith(head, format.offset, format.bytes)) {
                return format.name;
            }
        }
        return null;
    }

    /** What a zip archive holds shows in its first entries' names. */
    private static String zip(String head) {
        String document = head.contains("word/")
                ? "a Word document (docx)"
                : head.contains("xl/")
                        ? "an Excel table (xlsx)"
                        : head.contains("ppt/")
                                ? "a PowerPoint document (pptx)"
                                : head.contains("application/epub")
                                        ? "an e-book (epub)"
                                        : head.contains("opendocument")
                                                ? "an OpenDocument file (odt, ods)"
                                                : head.contains("META-INF/MANIFEST") ? "a Java archive (jar)" : null;
        if (document != null) {
            return document;
        }
        return head.contains("[Content_Types].xml") ? "an Office document (docx, xlsx or pptx)" : ZIP;
    }

    private static boolean startsWith(byte[] head, int offset, byte[] bytes) {
        if (head.length < offset + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (head[offset + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
