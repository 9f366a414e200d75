package dev.namaskar.symbols;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The symbols that texts are cut into, code points or words, and behind them one more for all that is not among them.
 * Where it is made of training texts, what they have but once is left out and stands for the unknown, so that a network
 * has met it.
 */
public final class Lexicon {
    /** What one symbol is. */
    public enum Cut {
        /** A Unicode code point. */
        CODEPOINT,
        /** What stands between blanks. */
        WORD;

        /** The name on the command line and in model files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The cut of this name.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Cut of(String label) {
            for (Cut cut : values()) {
                if (cut.label().equals(label)) {
                    return cut;
                }
            }
            throw new IllegalArgumentException("expected a unit codepoint or word, found " + label);
        }

        /** The symbols of a text, in their order. */
        public List<String> symbols(String text) {
            return this == WORD
                    ? text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"))
                    : text.codePoints().mapToObj(Character::toString).toList();
        }
    }

    private final Cut cut;
    private final List<String> symbols;
    private final Map<String, Integer> indices = new HashMap<>();

    /**
     * A lexicon of these symbols.
     *
     * @throws IllegalArgumentException if one is empty or stands there twice
     */
    public Lexicon(Cut cut, List<String> symbols) {
        this.cut = cut;
        this.symbols = List.copyOf(symbols);
        for (String symbol : symbols) {
            if (symbol.isEmpty() || indices.put(symbol, indices.size()) != null) {
                throw new IllegalArgumentException(
                        "expected symbols of which each stands once, found \"" + symbol + "\"");
            }
        }
    }

    /** The symbols that occur more than once in texts, in their order; all of them where none does. */
    public static Lexicon of(Cut cut, Iterable<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String text : texts) {
            cut.symbols(text).forEach(symbol -> counts.merge(symbol, 1, Integer::sum));
        }
        List<String> often = counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        return new Lexicon(cut, often.isEmpty() ? List.copyOf(counts.keySet()) : often);
    }

    /** What one symbol is. */
    public Cut cut() {
        return cut;
    }

    /** The symbols, without the unknown. */
    public List<String> symbols() {
        return symbols;
    }

    /** How many there are, the unknown one among them. */
    public int size() {
        return symbols.size() + 1;
    }

    /** The index of the unknown symbol. */
    public int unknown() {
        return symbols.size();
    }

    /** The index of a symbol. */
    public int indexOf(String symbol) {
        return indices.getOrDefault(symbol, symbols.size());
    }

    /** The indices of a text's symbols. */
    public int[] encode(String text) {
        return cut.symbols(text).stream().mapToInt(this::indexOf).toArray();
    }

    /** The lexicon as JSON: {@code {"unit":"word","symbols":["a","flight"]}}. */
    public String toJson() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("unit", cut.label());
        object.put("symbols", symbols);
        return Json.write(object);
    }

    /**
     * Reads a lexicon.
     *
     * @param what names the text in errors
     * @throws MalformedFileException if it is none
     */
    public static Lexicon fromJson(String what, String json) throws MalformedFileException {
        Map<String, @Nullable Object> object = Json.readObject(what, json);
        List<String> symbols = new ArrayList<>();
        for (@Nullable Object symbol : Json.array(what, object.get("symbols"))) {
            if (!(symbol instanceof String text)) {
                throw new MalformedFileException(what + ": expected symbols as texts, found " + Json.kind(symbol));
            }
            symbols.add(text);
        }
        try {
            return new Lexicon(Cut.of(String.valueOf(object.get("unit"))), symbols);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(what + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return symbols.size() + (cut == Cut.WORD ? " words" : " characters");
    }
}
