package dev.namaskar.symbols;

import dev.namaskar.files.InputFile;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Vocabularies as JSON: {@code {"unit":"codepoint","symbols":["a","b"]}}, those of bytes and of pieces (bpe, word) with two
 * hexadecimal digits for each byte; or, as others keep them and of code points
 * then, an array of symbols alone, an index for each symbol, {@code {"a":0,"b":1}}, or a symbol for each index, {@code
 * {"0":"a","1":"b"}}. Symbols such as {@code <pad>} and {@code <unk>} stand for no character, see {@link Vocabulary}.
 */
public final class VocabularyJson {
    private static final String PADDING = "<pad>";
    private static final long MAX_BYTES = 64 << 20;

    private VocabularyJson() {}

    /** The vocabulary as JSON. */
    public static String write(Vocabulary vocabulary) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("unit", vocabulary.unitLabel());
        object.put("symbols", vocabulary.toList());
        return Json.write(object);
    }

    /**
     * Reads a vocabulary.
     *
     * @param what names the text in errors
     */
    public static Vocabulary read(String what, String json) throws MalformedFileException {
        Object value = Json.read(what, json);
        Unit unit = Unit.CODEPOINT;
        List<String> symbols;
        if (value instanceof Map) {
            Map<String, @Nullable Object> object = Json.object(what, value);
            if (object.containsKey("symbols") || object.get("unit") instanceof String) {
                symbols = strings(what, object.get("symbols"));
                for (Pieces.Kind kind : Pieces.Kind.values()) {
                    if (kind.label().equals(object.get("unit"))) {
                        return pieces(what, kind, symbols);
                    }
                }
                unit = unit(what, object.get("unit"));
            } else {
                symbols = dictionary(what, object);
            }
        } else {
            symbols = strings(what, value);
        }
        try {
            return Vocabulary.fromList(unit, symbols);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(what + ": " + e.getMessage(), e);
        }
    }

    private static Vocabulary pieces(String what, Pieces.Kind kind, List<String> symbols)
            throws MalformedFileException {
        try {
            List<byte[]> bytes = symbols.stream().map(HexFormat.of()::parseHex).toList();
            int base = Math.min(bytes.size(), Pieces.BYTES);
            Vocabulary.fromList(Unit.BYTE, symbols.subList(0, base));
            return Vocabulary.ofPieces(new Pieces(kind, bytes.subList(base, bytes.size())));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(what + ": " + e.getMessage(), e);
        }
    }

    private static Unit unit(String what, @Nullable Object label) throws MalformedFileException {
        for (Unit candidate : Unit.values()) {
            if (candidate.label().equals(label)) {
                return candidate;
            }
        }
        throw new MalformedFileException(
                what + ": expected \"unit\" codepoint, byte, bpe or word beside \"symbols\", found an object "
                        + (label == null ? "without a unit" : "whose unit is " + Json.kind(label)));
    }

    private static List<String> strings(String what, @Nullable Object value) throws MalformedFileException {
        List<String> symbols = new ArrayList<>();
        for (Object symbol : Json.array(what, value)) {
            if (!(symbol instanceof String text)) {
                throw new MalformedFileException(
                        what + ": expected a string as symbol " + symbols.size() + ", found " + Json.kind(symbol));
            }
            symbols.add(text);
        }
        return symbols;
    }

    /** Indices by symbol (char2idx), or symbols by index (idx2char); without a 0 it is the padding's. */
    private static List<String> dictionary(String what, Map<String, @Nullable Object> object)
            throws MalformedFileException {
        boolean byIndex = !object.isEmpty() && object.values().stream().allMatch(String.class::isInstance);
        TreeMap<Long, String> byNumber = new TreeMap<>();
        for (Map.Entry<String, @Nullable Object> entry : object.entrySet()) {
            Object number = byIndex ? number(entry.getKey()) : entry.getValue();
            String symbol = byIndex ? String.valueOf(entry.getValue()) : entry.getKey();
            if (!(number instanceof Long index) || index < 0) {
                throw new MalformedFileException(
                        what + ": expected an array of symbols in the order of their indices, or"
                                + " an object of an index for each symbol or a symbol for each index, found "
                                + Json.kind(entry.getValue()) + " for " + Json.write(entry.getKey()));
            }
            String other = byNumber.put(index, symbol);
            if (other != null) {
                throw new MalformedFileException(what + ": expected an index of its own for each symbol, found " + index
                        + " for " + Json.write(other) + " and " + Json.write(symbol));
            }
        }
        // Keras's tokenizers count from 1 and leave 0 to the padding.
        byNumber.putIfAbsent(0L, PADDING);
        long expected = 0;
        for (long index : byNumber.keySet()) {
            if (index != expected++) {
                throw new MalformedFileException(what + ": expected the indices 0 to " + (byNumber.size() - 1)
                        + ", found none of " + (expected - 1) + " but one of " + byNumber.lastKey());
            }
        }
        return List.copyOf(byNumber.values());
    }

    private static @Nullable Long number(String text) {
        return text.matches("[0-9]{1,9}") ? Long.valueOf(text) : null;
    }

    /** Reads a vocabulary from a file. */
    public static Vocabulary read(Path path) throws IOException {
        InputFile.require(path);
        if (Files.size(path) > MAX_BYTES) {
            throw new MalformedFileException(
                    path + ": expected a vocabulary of at most " + MAX_BYTES + " bytes, found " + Files.size(path));
        }
        try {
            return read(
                    path.toString(),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new MalformedFileException(path + ": expected UTF-8, found other bytes", e);
        }
    }
}
