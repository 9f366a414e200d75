package dev.namaskar.symbols;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Strings of bytes that stand as one symbol each, above all 256 bytes, so that no text has anything unknown. A text is
 * first cut into chunks, runs of letters or of digits with the blank before them, or of other marks; what a piece is never
 * reaches beyond one.
 *
 * <p>Of {@link Kind#BPE} neighbours within a chunk are joined, the pair first whose piece was learnt first, as long as they
 * make a piece (Sennrich, Haddow and Birch 2016, over bytes); of {@link Kind#WORD} a chunk is a piece or its bytes.
 * Immutable.
 */
public final class Pieces {
    /** How pieces cover a chunk. */
    public enum Kind {
        /** Joined pair by pair. */
        BPE,
        /** Whole. */
        WORD;

        /** The name in model files and on the command line. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final int BYTES = 256;
    /** Bytes of a chunk at most, of scripts that put no blanks between words. */
    private static final int LONGEST = 48;

    private static final int REMEMBERED = 1 << 14;

    private final Kind kind;
    private final byte[][] pieces;
    private final Map<String, Integer> ranks = new HashMap<>();

    /** Takes a symbol. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the next one. */
        void accept(int symbol) throws IOException;
    }

    /**
     * These pieces.
     *
     * @param strings of two bytes or more, in the order in which they were learnt
     * @throws IllegalArgumentException if one is shorter or stands twice
     */
    public Pieces(Kind kind, List<byte[]> strings) {
        this.kind = kind;
        pieces = strings.toArray(byte[][]::new);
        for (byte[] piece : pieces) {
            if (piece.length < 2 || ranks.put(key(piece, 0, piece.length), BYTES + ranks.size()) != null) {
                throw new IllegalArgumentException("expected pieces of two bytes or more, each once, found "
                        + HexFormat.of().formatHex(piece));
            }
        }
    }

    /** How pieces cover a chunk. */
    public Kind kind() {
        return kind;
    }

    /** How many there are above the bytes. */
    public int count() {
        return pieces.length;
    }

    /** The bytes of a symbol. */
    byte[] bytes(int index) {
        return index < BYTES ? new byte[] {(byte) index} : pieces[index - BYTES];
    }

    private static String key(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The symbols of a text. */
    int[] encode(byte[] text) {
        List<Integer> symbols = new ArrayList<>();
        try (Encoder encoder = new Encoder(symbols::add)) {
            for (byte b : text) {
                encoder.accept(b & 0xff);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return symbols.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Turns bytes, as they come, into symbols; closing it gives out the last. */
    public Encoder encoder(Sink to) {
        return new Encoder(to);
    }

    /** See {@link Pieces#encoder}. */
    public final class Encoder implements AutoCloseable {
        private final Sink sink;
        private final Chunks chunks = new Chunks(this::give);
        private final Map<String, int[]> known = new HashMap<>();

        private Encoder(Sink sink) {
            this.sink = sink;
        }

        /** Takes the next byte. */
        public void accept(int value) throws IOException {
            chunks.accept(value);
        }

        private void give(byte[] chunk) throws IOException {
            String name = key(chunk, 0, chunk.length);
            int[] symbols = known.get(name);
            if (symbols == null) {
                symbols = cover(chunk, name);
                if (known.size() < REMEMBERED) {
                    known.put(name, symbols);
                }
            }
            for (int symbol : symbols) {
                sink.accept(symbol);
            }
        }

        @Override
        public void close() throws IOException {
            chunks.close();
        }
    }

    private int[] cover(byte[] chunk, String name) {
        Integer whole = ranks.get(name);
        if (kind == Kind.WORD && whole != null) {
            return new int[] {whole};
        }
        int n = chunk.length;
        int[] starts = new int[n + 1];
        Arrays.setAll(starts, i -> i);
        while (kind == Kind.BPE && n > 1) {
            int best = Integer.MAX_VALUE;
            int at = -1;
            for (int i = 0; i + 1 < n; i++) {
                int rank = ranks.getOrDefault(name.substring(starts[i], starts[i + 2]), Integer.MAX_VALUE);
                if (rank < best) {
                    best = rank;
                    at = i;
                }
            }
            if (at < 0) {
                break;
            }
            System.arraycopy(starts, at + 2, starts, at + 1, n - at - 1);
            n--;
        }
        int[] symbols = new int[n];
        for (int i = 0; i < n; i++) {
            int length = starts[i + 1] - starts[i];
            symbols[i] = length == 1
                    ? chunk[starts[i]] & 0xff
                    : Objects.requireNonNull(ranks.get(name.substring(starts[i], starts[i + 1])));
        }
        return symbols;
    }

    /** Cuts bytes into chunks. */
    static final class Chunks implements AutoCloseable {
        /** Takes a chunk. */
        interface Reader {
            void take(byte[] chunk) throws IOException;
        }

        private final Reader reader;
        private final byte[] held = new byte[LONGEST + 8];
        private int length;
        private int before = -1;

        Chunks(Reader reader) {
            this.reader = reader;
        }

        private static int sort(int b) {
            boolean letter = b >= 0x80 || Character.isLetter(b) || b == '\'';
            return letter ? 0 : b >= '0' && b <= '9' ? 1 : b == ' ' ? 2 : b <= ' ' ? 3 : 4;
        }

        void accept(int b) throws IOException {
            int now = sort(b);
            boolean joins = now == before || (before == 2 && length == 1 && now != 3);
            boolean full = length >= LONGEST && Utf8Rule.startsCharacter(b);
            if (length > 0 && (!joins || full || length == held.length)) {
                flush();
            }
            held[length++] = (byte) b;
            before = now;
        }

        private void flush() throws IOException {
            reader.take(Arrays.copyOf(held, length));
            length = 0;
        }

        @Override
        public void close() throws IOException {
            if (length > 0) {
                flush();
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pieces that && kind == that.kind && Arrays.deepEquals(pieces, that.pieces);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(pieces);
    }
}
