package dev.namaskar.text.corpus;

import dev.namaskar.symbols.PieceLearning;
import dev.namaskar.symbols.Pieces;
import dev.namaskar.symbols.TextSource;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Utf8Rule;
import dev.namaskar.symbols.Vocabulary;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text to learn from or to be scored on: one or many files ({@link TextSource}), one after the other.
 *
 * <p>Symbols are code points or bytes ({@link Unit}); nothing is normalised, line ends stay as they are (a CRLF is two
 * symbols), a byte order mark at a file's start is left out. Between two files stands a line feed where the first does
 * not end in one. A corpus larger than an eighth of the heap is kept in a temporary file, and closing the corpus removes
 * that.
 */
public final class Corpus implements AutoCloseable {
    private static final int SPAN = 1 << 13;

    private final String name;
    private final String fileName;
    private final List<String> notes;
    private final Unit unit;
    private final Closeable store;
    private final Tokens symbols;
    private final long characters;
    private final long fingerprint;
    private final BitSet distinct;
    /** What was made of the symbols and may lie on disk. */
    private final List<Closeable> encoded = new ArrayList<>();

    /**
     * What is known of a text once somebody has read all of it.
     *
     * @param name for people
     * @param fileName what a model may remember
     * @param unit what one symbol is
     * @param characters number of code points
     * @param fingerprint of the symbols in their order: beginning with 0, 31 times what it was and the next symbol
     * @param distinct the symbols that occur (read only)
     */
    public record Survey(String name, String fileName, Unit unit, long characters, long fingerprint, BitSet distinct) {}

    private Corpus(Survey survey, List<String> notes, Tokens symbols, Closeable store) {
        name = survey.name();
        fileName = survey.fileName();
        this.notes = List.copyOf(notes);
        unit = survey.unit();
        this.store = store;
        this.symbols = symbols;
        characters = survey.characters();
        fingerprint = survey.fingerprint();
        distinct = survey.distinct();
    }

    private Corpus(String name, String fileName, Gatherer gathered) throws IOException {
        this(gathered.survey(name, fileName), gathered.notes, gathered.store.tokens(), gathered.store);
    }

    /**
     * A text that somebody has surveyed and gives out by parts, wherever it lies.
     *
     * @param symbols read when they are needed; as many as were surveyed
     * @param store closed with the corpus
     */
    public static Corpus surveyed(Survey survey, Tokens symbols, Closeable store) {
        return new Corpus(survey, List.of(), symbols, store);
    }

    /**
     * Reads files one after the other, in the encoding that each is in.
     *
     * @throws IllegalArgumentException if a file is missing, a directory, unreadable or no text (the offset is named), or
     *     all of them are empty
     * @throws IOException if the disk fails
     */
    public static Corpus read(List<Path> files, Unit unit) throws IOException {
        return read(files.stream().map(TextSource::of).toList(), unit, null);
    }

    /**
     * Reads texts one after the other.
     *
     * @param encoding of all of them, or null to look at each
     */
    public static Corpus read(List<TextSource> sources, Unit unit, @Nullable Charset encoding) throws IOException {
        return read(sources, unit, encoding, SymbolStore.defaultInMemory());
    }

    /** Reads texts and keeps at most {@code inMemory} symbols in memory, more in a temporary file. */
    static Corpus read(List<TextSource> sources, Unit unit, @Nullable Charset encoding, long inMemory)
            throws IOException {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("expected at least one text file, found none");
        }
        String more = sources.size() > 1 ? " and " + (sources.size() - 1) + " more" : "";
        String name = sources.get(0).name() + more;
        Gatherer gatherer = new Gatherer(unit, inMemory);
        try {
            for (TextSource source : sources) {
                gatherer.startFile();
                source.read(encoding, unit, gatherer, gatherer.notes::add);
            }
            if (gatherer.isEmpty()) {
                throw new IllegalArgumentException(name + (sources.size() > 1 ? " are" : " is")
                        + " empty; expected a text of at least two characters");
            }
            return new Corpus(name, sources.get(0).fileName() + more, gatherer);
        } catch (IOException | RuntimeException | Error failure) {
            gatherer.store.close();
            throw failure;
        }
    }

    /**
     * A text at hand.
     *
     * @throws IllegalArgumentException if it is empty or holds half a surrogate pair
     */
    public static Corpus of(String text, Unit unit) {
        Vocabulary.requireWellFormed(text);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the text is empty; expected at least two characters");
        }
        int[] symbols = unit == Unit.BYTE
                ? Vocabulary.ofBytes().encode(text)
                : text.codePoints().toArray();
        Gatherer gatherer = new Gatherer(unit, symbols.length);
        try {
            for (int symbol : symbols) {
                gatherer.accept(symbol);
            }
            return new Corpus("the text", "text", gatherer);
        } catch (IOException impossible) {
            throw new IllegalStateException("a store in memory reached for the disk", impossible);
        }
    }

    /** The first file's path as it was given, and how many more there are. */
    public String name() {
        return name;
    }

    /** The first file's name without its folders, and how many more there are: what a model may remember. */
    public String fileName() {
        return fileName;
    }

    /** What was done to read the files beyond reading UTF-8: a line each. */
    public List<String> notes() {
        return notes;
    }

    /** What one symbol is. */
    public Unit unit() {
        return unit;
    }

    /** The symbols themselves: code points or byte values. */
    public Tokens symbols() {
        return symbols;
    }

    /** Number of code points, whatever the unit. */
    public long characters() {
        return characters;
    }

    /** A number that changes when any symbol does, or its place. */
    public long fingerprint() {
        return fingerprint;
    }

    /** Every code point of this corpus, sorted; or all bytes. */
    public Vocabulary vocabulary() {
        return unit == Unit.BYTE
                ? Vocabulary.ofBytes()
                : Vocabulary.ofCodePoints(distinct.stream().toArray());
    }

    /**
     * Pieces that are learnt from the first symbols of a corpus of bytes.
     *
     * @param count symbols of the vocabulary, the bytes among them
     * @param to how many of the corpus's bytes to learn from
     */
    Vocabulary learn(Pieces.Kind kind, int count, long to) throws IOException {
        try (PieceLearning learning = new PieceLearning()) {
            read(symbols.slice(0, to), learning::accept);
            return learning.vocabulary(kind, count);
        }
    }

    private static void read(Tokens from, Pieces.Sink to) throws IOException {
        int[] span = new int[SPAN];
        for (long at = 0; at < from.length(); at += SPAN) {
            int n = (int) Math.min(SPAN, from.length() - at);
            from.read(at, span, 0, n);
            for (int i = 0; i < n; i++) {
                to.accept(span[i]);
            }
        }
    }

    private Tokens inPieces(Tokens part, Pieces pieces) {
        SymbolStore kept = new SymbolStore(SymbolStore.defaultInMemory());
        encoded.add(kept);
        try (Pieces.Encoder encoder = pieces.encoder(kept::append)) {
            read(part, encoder::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        try {
            return kept.tokens();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Where the validation part starts: the first {@code floor(characters (1 - valFraction))} code points are for
     * training.
     *
     * @return the position of that symbol
     */
    public long cut(double valFraction) {
        if (!(valFraction >= 0 && valFraction < 1)) {
            throw new IllegalArgumentException("`val-fraction`: expected 0 <= fraction < 1, found " + valFraction);
        }
        long train = (long) (characters * (1 - valFraction));
        return unit == Unit.CODEPOINT ? train : position(train);
    }

    /** The position of the byte that starts code point number {@code character}. */
    private long position(long character) {
        int[] span = new int[SPAN];
        long seen = 0;
        for (long from = 0; from < symbols.length(); from += SPAN) {
            int n = (int) Math.min(SPAN, symbols.length() - from);
            symbols.read(from, span, 0, n);
            for (int i = 0; i < n; i++) {
                if (Utf8Rule.startsCharacter(span[i]) && seen++ == character) {
                    return from + i;
                }
            }
        }
        return symbols.length();
    }

    /** All symbols as indices of a vocabulary that must know them. */
    public Tokens encode(Vocabulary vocabulary) {
        return encode(vocabulary, new UnknownPolicy.Refuse(), 0, symbols.length());
    }

    /**
     * The symbols {@code from .. to-1} as indices of a vocabulary; the corpus must stay open as long as they are read.
     *
     * @throws IllegalArgumentException naming the first unknown symbol and its place, if the policy is to refuse it
     */
    public Tokens encode(Vocabulary vocabulary, UnknownPolicy policy, long from, long to) {
        if (vocabulary.unit() != unit) {
            throw new IllegalArgumentException("expected a corpus read by "
                    + vocabulary.unit().label() + ", as the model was trained, found one read by " + unit.label());
        }
        Tokens part = symbols.slice(from, to);
        Pieces pieces = vocabulary.pieces();
        if (pieces != null) {
            return inPieces(part, pieces);
        }
        boolean allKnown = unit == Unit.BYTE || distinct.stream().allMatch(s -> vocabulary.indexOf(s) >= 0);
        return allKnown
                ? new EncodedTokens(part, vocabulary, policy)
                : policy instanceof UnknownPolicy.Skip
                        ? EncodedTokens.known(part, vocabulary)
                        : EncodedTokens.checked(part, vocabulary, policy, from);
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : encoded) {
            each.close();
        }
        store.close();
    }
}
