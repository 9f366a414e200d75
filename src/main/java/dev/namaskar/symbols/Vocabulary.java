package dev.namaskar.symbols;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The symbols that a model knows, in the order of their indices. Immutable.
 *
 * <p>Of unit {@link Unit#CODEPOINT} a fresh vocabulary is every code point of a corpus, sorted. Of unit
 * {@link Unit#BYTE} it is all 256 bytes, index = value, whether or not the corpus holds them: every text can then be
 * a prime, and the generator chooses only among bytes that continue well-formed UTF-8, so what
 * it writes can always be decoded.
 *
 * <p>Above the bytes there may be {@link Pieces}, byte pairs or words, which stand as one symbol each.
 *
 * <p>A vocabulary from elsewhere may have marks among its code points, {@code <pad>} or {@code <unk>}, which stand for no
 * character: no text holds them, and none is written. Where there is one for what is unknown, that is what unknown
 * characters are read as.
 */
public final class Vocabulary {
    private static final int PAGE = 256;
    private static final int PAGES = (Character.MAX_CODE_POINT + 1) / PAGE;

    /** {@code <pad>}, {@code [UNK]}. */
    private static final Pattern MARK = Pattern.compile("<[^<>]{1,30}>|\\[[^\\[\\]]{1,30}\\]");

    private static final Pattern UNKNOWN = Pattern.compile("[<\\[](unk|unknown|oov)[>\\]]", Pattern.CASE_INSENSITIVE);

    private final Unit unit;
    /** Code points or bytes; -1 - k is the mark of number k. */
    private final int[] symbols;

    private final List<String> marks;
    /** What stands above the bytes; null where every symbol is one code point or byte. */
    private final @Nullable Pieces pieces;

    private final int unknown;
    /** Index + 1 of a symbol by page and place in the page; 0 is unknown, a missing page is all unknown. */
    private final int[][] lookup;

    private Vocabulary(Unit unit, int[] symbols, List<String> marks) {
        this(unit, symbols, marks, null);
    }

    private Vocabulary(Unit unit, int[] symbols, List<String> marks, @Nullable Pieces pieces) {
        this.pieces = pieces;
        this.unit = unit;
        this.symbols = symbols;
        this.marks = marks;
        int oov = -1;
        lookup = new int[PAGES][];
        for (int index = 0; index < symbols.length; index++) {
            int symbol = symbols[index];
            if (symbol < 0) {
                oov = UNKNOWN.matcher(marks.get(-1 - symbol)).matches() ? index : oov;
                continue;
            }
            int[] page = lookup[symbol / PAGE];
            if (page == null) {
                page = lookup[symbol / PAGE] = new int[PAGE];
            }
            if (page[symbol % PAGE] != 0) {
                throw new IllegalArgumentException("symbol " + SymbolDisplay.withNumber(symbol)
                        + " stands twice in the vocabulary; each has one index");
            }
            page[symbol % PAGE] = index + 1;
        }
        unknown = oov;
    }

    /**
     * A vocabulary of code points in this order.
     *
     * @throws IllegalArgumentException if one stands twice, is a lone surrogate or no code point, or there is none
     */
    public static Vocabulary ofCodePoints(int... codePoints) {
        requireCodePoints(codePoints);
        return new Vocabulary(Unit.CODEPOINT, codePoints.clone(), List.of());
    }

    private static void requireCodePoints(int... codePoints) {
        if (codePoints.length == 0) {
            throw new IllegalArgumentException("expected at least one symbol in the vocabulary, found none");
        }
        for (int codePoint : codePoints) {
            if (!Character.isValidCodePoint(codePoint) || isSurrogate(codePoint)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "expected a Unicode scalar value, found U+%04X", codePoint));
            }
        }
    }

    /** All 256 bytes. */
    public static Vocabulary ofBytes() {
        int[] bytes = new int[256];
        Arrays.setAll(bytes, i -> i);
        return new Vocabulary(Unit.BYTE, bytes, List.of());
    }

    /** All 256 bytes, and above them these pieces; the unit is the byte, of which texts are read. */
    public static Vocabulary ofPieces(Pieces pieces) {
        return new Vocabulary(Unit.BYTE, ofBytes().symbols, List.of(), pieces);
    }

    /** Every code point of a text, sorted; or all bytes. */
    public static Vocabulary of(String text, Unit unit) {
        return unit == Unit.BYTE
                ? ofBytes()
                : ofCodePoints(text.codePoints().sorted().distinct().toArray());
    }

    /** What {@link #toList} wrote. */
    public static Vocabulary fromList(Unit unit, List<String> symbols) {
        if (unit == Unit.BYTE) {
            Vocabulary bytes = ofBytes();
            if (!bytes.toList().equals(symbols)) {
                throw new IllegalArgumentException(
                        "expected the 256 bytes 00 .. ff in order, found " + symbols.size() + " symbols");
            }
            return bytes;
        }
        int[] all = new int[symbols.size()];
        List<String> marks = new ArrayList<>();
        for (int index = 0; index < all.length; index++) {
            String symbol = symbols.get(index);
            int codePoints = symbol.codePointCount(0, symbol.length());
            boolean mark = codePoints != 1 && MARK.matcher(symbol).matches() && !marks.contains(symbol);
            if (codePoints != 1 && !mark) {
                throw new IllegalArgumentException("expected one code point per symbol of the vocabulary, found \""
                        + symbol + "\" of " + codePoints + " at index " + index);
            }
            if (mark) {
                marks.add(symbol);
            }
            all[index] = mark ? -marks.size() : symbol.codePointAt(0);
        }
        requireCodePoints(Arrays.stream(all).filter(symbol -> symbol >= 0).toArray());
        return new Vocabulary(Unit.CODEPOINT, all, List.copyOf(marks));
    }

    /** What stands above the bytes, or null. */
    public @Nullable Pieces pieces() {
        return pieces;
    }

    /** The name of what a symbol is: the unit's, or that of the pieces. */
    public String unitLabel() {
        return pieces == null ? unit.label() : pieces.kind().label();
    }

    /** The bytes of the symbol at an index; of a vocabulary of bytes or of pieces of them. */
    public byte[] bytes(int index) {
        return pieces == null ? new byte[] {(byte) symbols[index]} : pieces.bytes(index);
    }

    /** How many characters begin within the symbol at an index: 1, but for bytes and pieces of them. */
    public int characters(int index) {
        if (unit == Unit.CODEPOINT) {
            return 1;
        }
        if (index < Pieces.BYTES) {
            return Utf8Rule.startsCharacter(index) ? 1 : 0;
        }
        int count = 0;
        for (byte b : bytes(index)) {
            count += Utf8Rule.startsCharacter(b) ? 1 : 0;
        }
        return count;
    }

    /** One string per symbol in index order: the code point itself, or bytes as two hexadecimal digits each. */
    public List<String> toList() {
        List<String> list = new ArrayList<>(size());
        if (pieces != null) {
            for (int index = 0; index < size(); index++) {
                list.add(HexFormat.of().formatHex(bytes(index)));
            }
            return list;
        }
        for (int index = 0; index < symbols.length; index++) {
            list.add(unit == Unit.BYTE ? HexFormat.of().toHexDigits((byte) symbols[index]) : codePoint(index));
        }
        return list;
    }

    /** What one symbol is. */
    public Unit unit() {
        return unit;
    }

    /** Number of symbols. */
    public int size() {
        return symbols.length + (pieces == null ? 0 : pieces.count());
    }

    /** The code point or byte value at an index, of a piece its first byte's; negative for a mark. */
    public int symbol(int index) {
        return index < symbols.length ? symbols[index] : bytes(index)[0] & 0xff;
    }

    /** Whether what stands at an index is a mark, such as {@code <pad>}, and no character. */
    public boolean isMark(int index) {
        return symbol(index) < 0;
    }

    /** The text of a piece or, where its bytes are no whole characters, {@code 0xE0A4}. */
    private String pieceText(int index) {
        byte[] bytes = bytes(index);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                ? text
                : "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
    }

    private String codePoint(int index) {
        int symbol = symbols[index];
        return symbol < 0 ? marks.get(-1 - symbol) : Character.toString(symbol);
    }

    /** The index of a code point or byte value, -1 if it is unknown. */
    public int indexOf(int symbol) {
        int[] page = symbol < 0 || symbol > Character.MAX_CODE_POINT ? null : lookup[symbol / PAGE];
        return page == null ? -1 : page[symbol % PAGE] - 1;
    }

    /** The symbol at an index as people read it: the character itself, or {@code 0xE0} for a byte beyond ASCII. */
    public String text(int index) {
        if (pieces != null) {
            return pieceText(index);
        }
        int symbol = symbols[index];
        return unit == Unit.BYTE && symbol >= 0x80 ? String.format(Locale.ROOT, "0x%02X", symbol) : codePoint(index);
    }

    /**
     * The indices of a text's symbols.
     *
     * @throws IllegalArgumentException naming the symbol and its place (counted from 1, in code points), if the policy
     *     is to refuse it, or if the text is not well-formed UTF-16
     */
    public int[] encode(String text, UnknownPolicy policy) {
        requireWellFormed(text);
        if (pieces != null) {
            return pieces.encode(text.getBytes(StandardCharsets.UTF_8));
        }
        if (unit == Unit.BYTE) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int[] indices = new int[bytes.length];
            Arrays.setAll(indices, i -> bytes[i] & 0xff);
            return indices;
        }
        int[] codePoints = text.codePoints().toArray();
        int n = 0;
        int before = -1;
        for (int i = 0; i < codePoints.length; i++) {
            int symbol = codePoints[i];
            int after = i + 1 < codePoints.length ? codePoints[i + 1] : -1;
            int index = indexOrPolicy(symbol, before, after, i, policy);
            before = symbol;
            if (index >= 0) {
                codePoints[n++] = index;
            }
        }
        return Arrays.copyOf(codePoints, n);
    }

    /** The indices of a text whose symbols must all be known. */
    public int[] encode(String text) {
        return encode(text, new UnknownPolicy.Refuse());
    }

    /**
     * The index of a symbol, or what the policy says of an unknown one.
     *
     * @param before the symbol before it, or -1
     * @param after the symbol behind it, or -1
     * @param position the symbol's place in its text, from 0
     * @return the index, -1 if the symbol is to be left out
     */
    public int indexOrPolicy(int symbol, int before, int after, long position, UnknownPolicy policy) {
        int index = indexOf(symbol);
        if (index >= 0 || policy instanceof UnknownPolicy.Skip) {
            return index;
        }
        if (unknown >= 0 && policy instanceof UnknownPolicy.Refuse) {
            return unknown;
        }
        if (policy instanceof UnknownPolicy.Replace replace) {
            int standIn = indexOf(replace.codePoint());
            if (standIn < 0) {
                throw new IllegalArgumentException(
                        "`unknown` replace: the stand-in " + SymbolDisplay.withNumber(replace.codePoint())
                                + " is itself not in the model's vocabulary of " + size() + " symbols");
            }
            return standIn;
        }
        throw new IllegalArgumentException(SymbolDisplay.withNumber(symbol) + " at character " + (position + 1)
                + " is not in the model's vocabulary of " + size()
                + " symbols" + NormalForms.hint(this, symbol, before, after)
                + "; `unknown` skip leaves such characters out");
    }

    /** The text that indices stand for; bytes that are not well-formed UTF-8 become U+FFFD. */
    public String decode(int... indices) {
        if (unit == Unit.BYTE) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int index : indices) {
                bytes.writeBytes(bytes(index));
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(indices.length);
        for (int index : indices) {
            text.append(codePoint(index));
        }
        return text.toString();
    }

    /** This vocabulary with the symbols of another that it lacks behind its own, whose indices stay. */
    public Vocabulary extendedBy(Vocabulary other) {
        if (unit != other.unit) {
            throw new IllegalArgumentException("expected a vocabulary of unit " + unit.label() + ", found "
                    + other.unit.label() + "; a model keeps its unit");
        }
        if (pieces != null || other.pieces != null) {
            if (!equals(other)) {
                throw new IllegalArgumentException(
                        "expected the same pieces, found others; a model keeps those it learnt");
            }
            return this;
        }
        int[] fresh = Arrays.stream(other.symbols)
                .filter(s -> s >= 0 && indexOf(s) < 0)
                .toArray();
        if (fresh.length == 0) {
            return this;
        }
        int[] all = Arrays.copyOf(symbols, symbols.length + fresh.length);
        System.arraycopy(fresh, 0, all, symbols.length, fresh.length);
        return new Vocabulary(unit, all, marks);
    }

    /** The symbol at an index with its number, {@code 'é' (U+00E9)}; the number alone for what cannot be shown. */
    public String describeAt(int index) {
        if (pieces != null) {
            return pieceText(index);
        }
        return symbols[index] < 0 ? codePoint(index) : SymbolDisplay.withNumber(symbols[index]);
    }

    /** Refuses halves of surrogate pairs, with the place. */
    public static void requireWellFormed(String text) {
        long position = 0;
        for (int i = 0; i < text.length(); position++) {
            int codePoint = text.codePointAt(i);
            if (isSurrogate(codePoint)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "expected well-formed text, found half a surrogate pair, U+%04X, at character %d",
                        codePoint,
                        position + 1));
            }
            i += Character.charCount(codePoint);
        }
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary that
                && unit == that.unit
                && Arrays.equals(symbols, that.symbols)
                && marks.equals(that.marks)
                && Objects.equals(pieces, that.pieces);
    }

    @Override
    public int hashCode() {
        return 31 * unit.hashCode() + Arrays.hashCode(symbols);
    }

    @Override
    public String toString() {
        return "Vocabulary[" + size() + " symbols of unit " + unitLabel() + "]";
    }
}
