package dev.namaskar.symbols;

import dev.namaskar.train.run.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a text is read from: a file, or a stream. A byte order mark tells UTF-8, UTF-16 and UTF-32 apart, a file
 * compressed by gzip is decompressed, and all else is UTF-8 unless another encoding is named. What cannot be read so is
 * refused with the place and, where it is in another encoding, with the likeliest.
 */
public final class TextSource {
    /** Opens what is read. */
    @FunctionalInterface
    public interface Opener {
        /** A fresh stream over all bytes. */
        InputStream open() throws IOException;
    }

    private final String name;
    private final String fileName;
    private final Opener opener;

    private TextSource(String name, String fileName, Opener opener) {
        this.name = name;
        this.fileName = fileName;
        this.opener = opener;
    }

    /** A file, or a pipe. */
    public static TextSource of(Path file) {
        Path last = file.getFileName();
        return new TextSource(
                file.toString(), String.valueOf(last == null ? file : last), () -> DataFile.open(file, "a text file"));
    }

    /** A stream, such as standard input, under this name. */
    public static TextSource of(String name, InputStream stream) {
        return new TextSource(name, name, () -> stream);
    }

    /**
     * The encoding of this name; null for {@code auto}, which is to look at the text.
     *
     * @throws IllegalArgumentException if there is no such encoding
     */
    public static @Nullable Charset encoding(String name) {
        String wanted = name.strip();
        if (wanted.equalsIgnoreCase("auto")) {
            return null;
        }
        try {
            return wanted.toLowerCase(Locale.ROOT).matches("utf-?8-?sig")
                    ? StandardCharsets.UTF_8
                    : Charset.forName(wanted);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "expected auto or an encoding such as UTF-8, UTF-16LE, windows-1252 or GB18030, found " + name, e);
        }
    }

    /** What it is called in messages: a file by its path. */
    public String name() {
        return name;
    }

    /** What it is called in a model: a file by its name, without the folders it stands in. */
    public String fileName() {
        return fileName;
    }

    /**
     * The whole text.
     *
     * @param encoding how its bytes are to be read, or null to look at them
     * @throws UnreadableTextException if they are no such text
     */
    public String readAll(@Nullable Charset encoding) throws IOException {
        StringBuilder text = new StringBuilder();
        read(encoding, Unit.CODEPOINT, text::appendCodePoint, note -> {});
        return text.toString();
    }

    /**
     * Gives every symbol to the sink.
     *
     * @param notes told what was done to read it: decompressed, or decoded by its byte order mark
     */
    public void read(@Nullable Charset encoding, Unit unit, DecodedText.Sink sink, Consumer<String> notes)
            throws IOException {
        try (InputStream in = opener.open()) {
            DecodedText.read(in, name, encoding, unit, sink, notes);
        } catch (FileSystemException named) {
            throw named;
        } catch (IOException | UncheckedIOException failed) {
            throw new IOException(name + ": " + failed.getMessage(), failed);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
