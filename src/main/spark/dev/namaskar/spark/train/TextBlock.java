package dev.namaskar.spark.train;

import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Utf8Rule;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * A piece of a file of UTF-8: the characters that begin in these bytes.
 *
 * @param path of the file
 * @param from first byte
 * @param to behind the last
 * @param length of the file
 * @param breaks whether a line feed stands before it, for the file before ended without one
 */
record TextBlock(String path, long from, long to, long length, boolean breaks) implements Serializable {
    /** Small enough for any executor, large enough to be worth a job's task. */
    static final long BYTES = 4 << 20;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int LONGEST = 4;

    /**
     * What a block holds.
     *
     * @param failure why it is no text; empty if it is
     * @param power 31 to the number of symbols, modulo 2 to the 64th
     * @param fingerprint of the symbols
     * @param last symbol, if there is any
     */
    record Survey(String failure, int symbols, int characters, long power, long fingerprint, long[] distinct, int last)
            implements Serializable {}

    /** The blocks of a file. */
    static List<TextBlock> of(String path, long length) {
        List<TextBlock> blocks = new ArrayList<>();
        for (long from = 0; from < length; from += BYTES) {
            blocks.add(new TextBlock(path, from, Math.min(length, from + BYTES), length, false));
        }
        return blocks;
    }

    boolean beginsFile() {
        return from == 0;
    }

    TextBlock afterBreak(boolean lineFeed) {
        return new TextBlock(path, from, to, length, lineFeed);
    }

    /** The symbols, behind the line feed if there is one. */
    int[] read(Unit unit, Configuration hadoop) throws IOException {
        byte[] bytes = bytes(hadoop);
        int[] symbols;
        if (unit == Unit.BYTE) {
            symbols = new int[bytes.length];
            Arrays.setAll(symbols, i -> bytes[i] & 0xFF);
        } else {
            symbols = decode(bytes).codePoints().toArray();
        }
        if (!breaks) {
            return symbols;
        }
        int[] broken = new int[symbols.length + 1];
        broken[0] = '\n';
        System.arraycopy(symbols, 0, broken, 1, symbols.length);
        return broken;
    }

    Survey survey(Unit unit, Configuration hadoop) throws IOException {
        byte[] bytes = bytes(hadoop);
        CharBuffer text;
        try {
            text = decode(bytes);
        } catch (CharacterCodingException e) {
            return new Survey(
                    path + " is no UTF-8: the bytes from " + from + " to " + to + " hold something else; on Spark texts"
                            + " are read as plain UTF-8",
                    0,
                    0,
                    0,
                    0,
                    new long[0],
                    0);
        }
        int[] symbols =
                unit == Unit.BYTE ? read(unit, hadoop) : text.codePoints().toArray();
        BitSet distinct = new BitSet();
        long power = 1;
        long fingerprint = 0;
        for (int symbol : symbols) {
            distinct.set(symbol);
            power *= 31;
            fingerprint = 31 * fingerprint + symbol;
        }
        return new Survey(
                "",
                symbols.length,
                Character.codePointCount(text, 0, text.length()),
                power,
                fingerprint,
                distinct.toLongArray(),
                symbols.length == 0 ? 0 : symbols[symbols.length - 1]);
    }

    private static CharBuffer decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes));
    }

    /** The bytes of the characters that begin here, without a mark at the file's start. */
    private byte[] bytes(Configuration hadoop) throws IOException {
        Path file = new Path(path);
        int count = (int) (Math.min(length, to + LONGEST - 1) - from);
        byte[] bytes = new byte[count];
        try (FSDataInputStream in = file.getFileSystem(hadoop).open(file)) {
            in.readFully(from, bytes);
        } catch (EOFException e) {
            throw new IOException(path + " was " + length + " bytes long and is shorter now", e);
        }
        int first = beginsFile() ? (startsWithMark(bytes) ? MARK.length : 0) : boundary(bytes, 0);
        int end = to == length ? count : boundary(bytes, (int) (to - from));
        return first >= end ? new byte[0] : Arrays.copyOfRange(bytes, first, end);
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
    }

    /** The first place from here on where a character begins, no further than the longest could reach. */
    private static int boundary(byte[] bytes, int at) {
        int place = at;
        while (place < bytes.length && place < at + LONGEST - 1 && !Utf8Rule.startsCharacter(bytes[place])) {
            place++;
        }
        return place;
    }
}
