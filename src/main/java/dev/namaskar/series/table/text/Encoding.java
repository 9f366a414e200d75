package dev.namaskar.series.table.text;

import dev.namaskar.series.TableException;
import dev.namaskar.symbols.FileSignature;
import dev.namaskar.train.run.DataFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Opens a table's file as text: unpacked, in UTF-8 or what its first bytes show; what is no text is refused. */
final class Encoding {
    private static final int LOOKED_AT = 512;

    private Encoding() {}

    /**
     * The text of a file; what is no such text shows itself while it is read.
     *
     * @param otherwise the encoding of a file that shows none, or null for UTF-8
     */
    static Reader open(Path file, @Nullable Charset otherwise) throws IOException {
        InputStream bytes = new BufferedInputStream(DataFile.open(file, "a table"));
        try {
            byte[] head = FileSignature.head(bytes);
            if (FileSignature.isGzip(head)) {
                bytes = new BufferedInputStream(new GZIPInputStream(bytes));
                head = FileSignature.head(bytes);
            }
            Charset shown = of(head);
            Charset charset = shown != null ? shown : otherwise != null ? otherwise : StandardCharsets.UTF_8;
            return new InputStreamReader(bytes, charset.newDecoder());
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static @Nullable Charset of(byte[] head) {
        String format = FileSignature.isGzip(head) ? "compressed twice" : FileSignature.format(head);
        if (format != null) {
            throw new TableException("this is no text but " + format + ": "
                    + (FileSignature.isArchive(format)
                            ? "unpack it and name the table in it"
                            : "let the program that wrote it write the table as CSV"));
        }
        Charset marked = FileSignature.byteOrderMark(head);
        Charset found = marked == null ? FileSignature.utf16(head) : marked;
        boolean zeros = false;
        for (int i = 0; i < Math.min(LOOKED_AT, head.length); i++) {
            zeros |= head[i] == 0;
        }
        if (zeros && found == null) {
            throw new TableException("this is no text: let the program that wrote it write the table as CSV");
        }
        return found;
    }
}
