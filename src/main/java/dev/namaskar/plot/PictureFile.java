package dev.namaskar.plot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.files.FileKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/** The files that are drawn here. Each says so, that a later one may take its place and that of no other picture. */
public final class PictureFile {
    private static final String PROGRAM = "namaskar";
    /** A PNG's signature and its first chunk, the header, which is always as long. */
    private static final int PNG_HEADER = 33;

    private static final String SVG_NOTE = "\n<!-- drawn by " + PROGRAM + " -->";
    static final String PAGE_NOTE = "<meta name=\"generator\" content=\"" + PROGRAM + "\">\n";

    private static final FileKind PNG = FileKind.beginning(
            "a PNG that was drawn here", "\\x89PNG.{" + (PNG_HEADER - 4) + "}.{4}tEXtSoftware\\x00" + PROGRAM);
    private static final FileKind SVG = FileKind.beginning("an SVG that was drawn here", "<\\?xml[^\n>]*>" + SVG_NOTE);
    private static final FileKind PAGE = FileKind.beginning("a page that was drawn here", ".{0,400}?" + PAGE_NOTE);

    private PictureFile() {}

    /**
     * The ending of a file's name, which says what is drawn into it.
     *
     * @param endings those that will do, such as {@code png}
     * @throws IllegalArgumentException for any other
     */
    public static String ending(String fileName, List<String> endings) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return endings.stream()
                .filter(ending -> name.endsWith("." + ending))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a file ending in ." + String.join(" or .", endings) + ", found '" + fileName + "'"));
    }

    /** What a file of this ending, {@code png}, {@code svg} or {@code html}, is. */
    public static FileKind kind(String ending) {
        return switch (ending) {
            case "png" -> PNG;
            case "svg" -> SVG;
            case "html" -> PAGE;
            default -> throw new IllegalArgumentException("expected png, svg or html, found " + ending);
        };
    }

    /** The PNG with the name of the program in it (PNG specification, textual information). */
    static byte[] signedPng(byte[] png) {
        byte[] chunk = ("tEXtSoftware\0" + PROGRAM).getBytes(ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(chunk);
        return ByteBuffer.allocate(png.length + chunk.length + 8)
                .put(png, 0, PNG_HEADER)
                .putInt(chunk.length - 4)
                .put(chunk)
                .putInt((int) sum.getValue())
                .put(png, PNG_HEADER, png.length - PNG_HEADER)
                .array();
    }

    /** The SVG with the name of the program in it. */
    static byte[] signedSvg(byte[] svg) {
        String text = new String(svg, UTF_8);
        int declaration = text.indexOf("?>") + 2;
        return (text.substring(0, declaration) + SVG_NOTE + text.substring(declaration)).getBytes(UTF_8);
    }
}
