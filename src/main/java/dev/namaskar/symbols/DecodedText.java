package dev.namaskar.symbols;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream as the text it is, chunk by chunk and strictly: what the encoding has no character for is an error that
 * names the offset of its first byte. A byte order mark at the start is left out; line ends stay as they are.
 */
public final class DecodedText {
    private static final int CHUNK = 1 << 16;
    /** Bytes from the first fault on that a guess at the encoding is made from. */
    private static final int SAMPLE = 1 << 19;

    /** Takes the symbols of a text one by one. */
    public interface Sink {
        /** Takes the next symbol. */
        void accept(int symbol) throws IOException;
    }

    private final InputStream in;
    private final String name;
    private final Charset encoding;
    private final Unit unit;
    private final Sink sink;
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
    private final CharBuffer chars = CharBuffer.allocate(CHUNK);
    private final CharsetDecoder decoder;
    /** Offset in the text of the buffer's first byte. */
    private long base;

    private boolean begun;
    private boolean beyondAscii;

    private DecodedText(InputStream in, String name, Charset encoding, Unit unit, Sink sink) {
        this.in = in;
        this.name = name;
        this.encoding = encoding;
        this.unit = unit;
        this.sink = sink;
        decoder = encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * Gives every symbol of the stream to the sink.
     *
     * @param asked the encoding, or null to look at the bytes
     * @param notes told what was done to read them
     * @throws UnreadableTextException naming the stream and the offset of what is no text
     */
    static void read(
            InputStream stream, String name, @Nullable Charset asked, Unit unit, Sink sink, Consumer<String> notes)
            throws IOException {
        InputStream in = new BufferedInputStream(stream, CHUNK);
        byte[] head = FileSignature.head(in);
        try {
            if (FileSignature.isGzip(head)) {
                in = new BufferedInputStream(new GZIPInputStream(in, CHUNK), CHUNK);
                head = FileSignature.head(in);
                notes.accept(name + ": decompressed (gzip)");
            }
            String format =
                    FileSignature.isGzip(head) ? "compressed twice; decompress it first" : FileSignature.of(head);
            if (format != null) {
                throw new UnreadableTextException(name + ": expected a text, found " + format, null);
            }
            Charset marked = asked == null ? FileSignature.byteOrderMark(head) : null;
            if (marked != null && !marked.equals(StandardCharsets.UTF_8)) {
                notes.accept(name + ": read as " + marked.name() + ", by its byte order mark");
            } else if (asked == null && marked == null) {
                refuseUtf16(name, head);
            }
            Charset encoding = asked != null ? asked : marked != null ? marked : StandardCharsets.UTF_8;
            new DecodedText(in, name, encoding, unit, sink).readAll();
        } catch (EOFException | ZipException e) {
            throw new UnreadableTextException(
                    name + ": the compressed file is damaged or cut short (" + e.getMessage() + "); fetch it again",
                    null);
        }
    }

    private static void refuseUtf16(String name, byte[] head) {
        EncodingGuess guess = EncodingGuess.ofUtf16(head);
        if (guess != null) {
            throw new UnreadableTextException(
                    name + ": expected UTF-8, found what looks like "
                            + guess.charset().name() + " without a byte order mark; read as that it begins \""
                            + guess.excerpt() + "\"",
                    guess.charset().name());
        }
    }

    private void readAll() throws IOException {
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
        chars.clear();
        decoder.flush(chars);
        give(0);
    }

    private CoderResult decode(boolean last) throws IOException {
        int from = bytes.position();
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, last);
        boolean mark = !begun && chars.position() > 0 && chars.get(0) == '\ufeff';
        begun |= chars.position() > 0;
        if (unit == Unit.BYTE && encoding.equals(StandardCharsets.UTF_8)) {
            for (int i = from + (mark ? 3 : 0); i < bytes.position(); i++) {
                sink.accept(bytes.get(i) & 0xff);
            }
            beyondAscii |= chars.position() < bytes.position() - from;
        } else {
            give(mark ? 1 : 0);
        }
        if (result.isError()) {
            throw malformed(result);
        }
        return result;
    }

    /** Gives the decoded characters to the sink. */
    private void give(int from) throws IOException {
        for (int i = from; i < chars.position(); ) {
            int codePoint = Character.codePointAt(chars.array(), i, chars.position());
            if (unit == Unit.BYTE) {
                for (byte value : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                    sink.accept(value & 0xff);
                }
            } else {
                sink.accept(codePoint);
            }
            beyondAscii |= codePoint >= 0x80;
            i += Character.charCount(codePoint);
        }
    }

    private UnreadableTextException malformed(CoderResult result) throws IOException {
        long offset = base + bytes.position();
        if (!encoding.equals(StandardCharsets.UTF_8)) {
            byte[] wrong = new byte[Math.min(result.length(), bytes.remaining())];
            bytes.get(wrong);
            return new UnreadableTextException(
                    String.format(
                            Locale.ROOT,
                            "%s: no %s at byte offset %d: found %s, which stands for no character there; the text is"
                                    + " damaged or in another encoding",
                            name,
                            encoding.name(),
                            offset,
                            Utf8Fault.hex(wrong)),
                    null);
        }
        byte[] rest = rest();
        String fault = String.format(
                Locale.ROOT, "%s: malformed UTF-8 at byte offset %d: %s", name, offset, Utf8Fault.describe(rest));
        if (beyondAscii && Utf8Fault.isCutShort(rest)) {
            return new UnreadableTextException(
                    fault + "; the text breaks off amid a character, as a file cut short does: fetch it again, or"
                            + " keep its first " + offset + " bytes, which are whole",
                    null);
        }
        if (Utf8Fault.isMostlyUtf8(rest, beyondAscii)) {
            return new UnreadableTextException(
                    fault + "; the text about it is UTF-8, so these bytes are damaged: mend them", null);
        }
        EncodingGuess guess = EncodingGuess.of(rest);
        return guess == null
                ? new UnreadableTextException(
                        fault + "; expected UTF-8, and no encoding known here fits; name it", null)
                : new UnreadableTextException(
                        fault + "; expected UTF-8, and the likeliest encoding is "
                                + guess.charset().name() + ", in which it reads \"" + guess.excerpt() + "\"",
                        guess.charset().name());
    }

    /** The bytes from the fault on, as many as a guess takes. */
    private byte[] rest() throws IOException {
        byte[] here = new byte[bytes.remaining()];
        bytes.get(here);
        byte[] more = in.readNBytes(SAMPLE);
        byte[] all = Arrays.copyOf(here, here.length + more.length);
        System.arraycopy(more, 0, all, here.length, more.length);
        return all;
    }
}
