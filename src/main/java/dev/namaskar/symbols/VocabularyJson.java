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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Vocabularies as JSON: {@code {"unit":"codepoint","symbols":["a","b"]}}, or an array of symbols alone, which are then
 * code points.
 */
public final class VocabularyJson {
    private static final long MAX_BYTES = 64 << 20;

    private VocabularyJson() {}

    /** The vocabulary as JSON. */
    public static String write(Vocabulary vocabulary) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("unit", vocabulary.unit().label());
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
        if (value instanceof Map) {
            Map<String, @Nullable Object> object = Json.object(what, value);
            Object label = object.get("unit");
            unit = null;
            for (Unit candidate : Unit.values()) {
                if (candidate.label().equals(label)) {
                    unit = candidate;
                }
            }
            if (unit == null) {
                throw new MalformedFileException(
                        what + ": expected an array of symbols in the order of their indices, or"
                                + " an object with \"unit\" and \"symbols\", found an object "
                                + (label == null ? "without a unit" : "whose unit is " + Json.kind(label)));
            }
            value = object.get("symbols");
        }
        List<String> symbols = new ArrayList<>();
        for (Object symbol : Json.array(what, value)) {
            if (!(symbol instanceof String text)) {
                throw new MalformedFileException(
                        what + ": expected a string as symbol " + symbols.size() + ", found " + Json.kind(symbol));
            }
            symbols.add(text);
        }
        try {
            return Vocabulary.fromList(unit, symbols);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(what + ": " + e.getMessage(), e);
        }
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
