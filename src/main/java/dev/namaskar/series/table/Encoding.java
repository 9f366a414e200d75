package dev.namaskar.series.table;

import dev.namaskar.series.TableException;
import dev.namaskar.train.run.DataFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Tells UTF-16, as spreadsheets write it, from UTF-8 by a file's first bytes, and what is no text from both. */
final class Encoding {
    private static final int LOOKED_AT = 512;

    private Encoding() {}

    /** The text of a file; what is neither UTF-8 nor UTF-16 shows itself while it is read. */
    static Reader open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(DataFile.open(file, "a table"));
        try {
            bytes.mark(LOOKED_AT);
            byte[] first = bytes.readNBytes(LOOKED_AT);
            bytes.reset();
            return new InputStreamReader(
                    bytes, of(first, String.valueOf(file.getFileName())).newDecoder());
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static Charset of(byte[] first, String name) {
        if (starts(first, 0xFF, 0xFE) || (isZero(first, 1) && !isZero(first, 0) && isZero(first, 3))) {
            return StandardCharsets.UTF_16LE;
        }
        if (starts(first, 0xFE, 0xFF) || (isZero(first, 0) && !isZero(first, 1) && isZero(first, 2))) {
            return StandardCharsets.UTF_16BE;
        }
        boolean zip = starts(first, 'P', 'K');
        for (int i = 0; i < first.length; i++) {
            zip |= first[i] == 0;
        }
        if (zip || starts(first, 0x1F, 0x8B)) {
            throw new TableException(name + " is no text: unpack it, or let the spreadsheet write it as CSV");
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean starts(byte[] bytes, int one, int two) {
        return bytes.length > 1 && (bytes[0] & 0xFF) == one && (bytes[1] & 0xFF) == two;
    }

    private static boolean isZero(byte[] bytes, int at) {
        return at < bytes.length && bytes[at] == 0;
    }
}
