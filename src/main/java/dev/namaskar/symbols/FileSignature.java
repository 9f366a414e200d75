package dev.namaskar.symbols;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formats that are no texts, known by the bytes that such files begin with. */
final class FileSignature {
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

    private FileSignature() {}

    private static Format hex(String name, int offset, String bytes) {
        return new Format(name, offset, HexFormat.of().parseHex(bytes), false);
    }

    private static Format words(String name, String begin, boolean couldBeText) {
        return new Format(name, 0, begin.getBytes(StandardCharsets.US_ASCII), couldBeText);
    }

    /** Whether gzip compressed these bytes. */
    static boolean isGzip(byte[] head) {
        return head.length > 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b && head[2] == 8;
    }

    /** The format of a file that begins like this, with what to do about it; null if it may be a text. */
    static @Nullable String of(byte[] head) {
        if (startsWith(head, 0, new byte[] {'P', 'K', 3, 4}) || startsWith(head, 0, new byte[] {'P', 'K', 5, 6})) {
            return zip(new String(head, StandardCharsets.ISO_8859_1));
        }
        if (startsWith(head, 257, new byte[] {'u', 's', 't', 'a', 'r'})) {
            return "a tar archive; unpack it and name the texts in it";
        }
        boolean zeros = false;
        for (byte value : head) {
            zeros |= value == 0;
        }
        for (Format format : FORMATS) {
            if ((zeros || !format.couldBeText) && startsWith(head, format.offset, format.bytes)) {
                return format.name + "; give the text in it as plain text";
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
            return document + "; save it as plain text in UTF-8";
        }
        return head.contains("[Content_Types].xml")
                ? "an Office document (docx, xlsx or pptx); save it as plain text in UTF-8"
                : "a zip archive; unpack it and name the texts in it";
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
