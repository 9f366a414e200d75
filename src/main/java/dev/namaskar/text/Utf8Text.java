package dev.namaskar.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads a stream as strict UTF-8, chunk by chunk: overlong forms, surrogates, values beyond U+10FFFF and sequences that
 * break off are errors that name the offset of the sequence's first byte. A byte order mark at the start is left out;
 * line ends stay as they are.
 */
final class Utf8Text {
    private static final int CHUNK = 1 << 16;

    /** Takes the symbols of a text one by one. */
    interface Sink {
        void accept(int symbol) throws IOException;
    }

    private final String name;
    private final Unit unit;
    private final Sink sink;
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
    private final CharBuffer chars = CharBuffer.allocate(CHUNK);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    /** Offset in the file of the buffer's first byte. */
    private long base;

    private Utf8Text(String name, Unit unit, Sink sink) {
        this.name = name;
        this.unit = unit;
        this.sink = sink;
    }

    /**
     * Gives every symbol of the stream to the sink.
     *
     * @throws IllegalArgumentException naming the file and the offset of what is not UTF-8
     */
    static void read(InputStream in, String name, Unit unit, Sink sink) throws IOException {
        new Utf8Text(name, unit, sink).readAll(in);
    }

    private void readAll(InputStream in) throws IOException {
        boolean more = true;
        while (more) {
            int got = in.read(bytes.array(), bytes.position(), bytes.remaining());
            more = got >= 0;
            bytes.position(bytes.position() + Math.max(got, 0)).flip();
            CoderResult result;
            do {
                result = decode(!more);
            } while (result.isOverflow());
            base += bytes.position();
            bytes.compact();
        }
    }

    private CoderResult decode(boolean last) throws IOException {
        int from = bytes.position();
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, last);
        boolean first = base + from == 0 && chars.position() > 0 && chars.get(0) == '\ufeff';
        if (unit == Unit.BYTE) {
            for (int i = from + (first ? 3 : 0); i < bytes.position(); i++) {
                sink.accept(bytes.get(i) & 0xff);
            }
        } else {
            for (int i = first ? 1 : 0; i < chars.position(); ) {
                int codePoint = Character.codePointAt(chars.array(), i, chars.position());
                sink.accept(codePoint);
                i += Character.charCount(codePoint);
            }
        }
        if (result.isError()) {
            throw malformed();
        }
        return result;
    }

    private IllegalArgumentException malformed() {
        int lead = bytes.get(bytes.position()) & 0xff;
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "%s: malformed UTF-8 at byte offset %d: %s; expected UTF-8 text, convert the file first"
                        + " (iconv -f ISO-8859-1 -t UTF-8, or whatever encoding it has)",
                name,
                base + bytes.position(),
                fault(lead)));
    }

    /** What is wrong with the sequence that starts with this byte, after RFC 3629 and Unicode's table 3-7. */
    private String fault(int lead) {
        String found = String.format(Locale.ROOT, "found 0x%02X", lead);
        if (lead < 0xC0) {
            return found + ", a continuation byte where a character should start";
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return found + ", which no UTF-8 text holds";
        }
        int needed = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        StringBuilder seen = new StringBuilder(found);
        for (int k = 1; k <= needed; k++) {
            if (k >= bytes.remaining()) {
                return seen + " and the end of the file, expected " + needed + " continuation bytes 80..BF after it";
            }
            int next = bytes.get(bytes.position() + k) & 0xff;
            seen.append(String.format(Locale.ROOT, " %02X", next));
            int low = k > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            int high = k > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
            if (next < low || next > high) {
                return String.format(
                        Locale.ROOT, "%s, expected %02X..%02X as byte %d of the character", seen, low, high, k + 1);
            }
        }
        return seen.toString();
    }
}
