package dev.namaskar.files;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON text from and to plain values: {@code Map<String, Object>} in file order, {@code List<Object>}, {@code String},
 * {@code Long}, {@code Double}, {@code Boolean} and {@code null}.
 *
 * <p>The reader is for text that nobody vouches for (RFC 8259 and nothing beyond it): nesting, duplicate names, number
 * length and the number of values are bounded.
 */
public final class Json {
    private static final int MAX_DEPTH = 64;
    /** More than a vocabulary of all of Unicode has, and read in well under a second. */
    private static final int MAX_VALUES = 2_000_000;

    private static final int MAX_NUMBER_LENGTH = 64;

    private int values;

    private Json() {}

    /**
     * Reads one value and nothing after it.
     *
     * @param what names the text in errors, such as {@code model.safetensors: header}
     * @throws MalformedFileException if the text is not JSON or passes a bound
     */
    public static @Nullable Object read(String what, String text) throws MalformedFileException {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(MAX_DEPTH);
        try {
            Object value = new Json().value(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new MalformedFileException("more text after the end");
            }
            return value;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new MalformedFileException(what + ": expected JSON, found " + oneLine(e), e);
        }
    }

    /** Reads one object; any other value is an error. */
    public static Map<String, @Nullable Object> readObject(String what, String text) throws MalformedFileException {
        return object(what, read(what, text));
    }

    /** The value as an object, or an error that says what it is instead. */
    @SuppressWarnings("unchecked") // only this class makes these maps, and their keys are strings
    public static Map<String, @Nullable Object> object(String what, @Nullable Object value)
            throws MalformedFileException {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new MalformedFileException(what + ": expected a JSON object, found " + kind(value));
    }

    /** The value as an array, or an error that says what it is instead. */
    @SuppressWarnings("unchecked") // only this class makes these lists
    public static List<@Nullable Object> array(String what, @Nullable Object value) throws MalformedFileException {
        if (value instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw new MalformedFileException(what + ": expected a JSON array, found " + kind(value));
    }

    /** What a value is, for error messages. */
    public static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "an array";
        }
        String text = value.toString();
        return (value instanceof String ? "the string \"" : "the value ")
                + (text.length() > 40 ? text.substring(0, 40) + "..." : text)
                + (value instanceof String ? "\"" : "");
    }

    /**
     * Writes plain values without white space, maps in their own order, or by key where they promise none: the same
     * values give the same text.
     *
     * @throws IllegalArgumentException if a number is not finite or a value is of another class
     */
    public static String write(@Nullable Object value) {
        StringWriter text = new StringWriter();
        JsonWriter writer = new JsonWriter(text);
        writer.setStrictness(Strictness.STRICT);
        writer.setHtmlSafe(false);
        try {
            write(writer, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonWriter writer, @Nullable Object value) throws IOException {
        if (value == null) {
            writer.nullValue();
        } else if (value instanceof Map<?, ?> map) {
            writer.beginObject();
            for (Map.Entry<?, ?> entry : ordered(map).entrySet()) {
                writer.name(String.valueOf(entry.getKey()));
                write(writer, entry.getValue());
            }
            writer.endObject();
        } else if (value instanceof Iterable<?> list) {
            writer.beginArray();
            for (Object element : list) {
                write(writer, element);
            }
            writer.endArray();
        } else if (value instanceof Number number) {
            writer.value(number);
        } else if (value instanceof Boolean bool) {
            writer.value(bool);
        } else if (value instanceof CharSequence || value instanceof Enum) {
            writer.value(value.toString());
        } else {
            throw new IllegalArgumentException(
                    "expected a map, list, string, number, boolean or null for JSON, found " + value.getClass());
        }
    }

    private static Map<?, ?> ordered(Map<?, ?> map) {
        return map instanceof LinkedHashMap || map instanceof SortedMap || map.size() < 2 ? map : new TreeMap<>(map);
    }

    private @Nullable Object value(JsonReader reader) throws IOException {
        if (++values > MAX_VALUES) {
            throw new MalformedFileException("more than " + MAX_VALUES + " values");
        }
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> members(reader);
            case BEGIN_ARRAY -> elements(reader);
            case STRING -> reader.nextString();
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> {
                reader.nextNull();
                yield null;
            }
            default -> throw new MalformedFileException("nothing");
        };
    }

    private Map<String, @Nullable Object> members(JsonReader reader) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (members.containsKey(name)) {
                throw new MalformedFileException("the name " + kind(name) + " twice in one object");
            }
            members.put(name, value(reader));
        }
        reader.endObject();
        return members;
    }

    private List<@Nullable Object> elements(JsonReader reader) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            elements.add(value(reader));
        }
        reader.endArray();
        return elements;
    }

    private static Number number(String text) throws MalformedFileException {
        if (text.length() > MAX_NUMBER_LENGTH) {
            throw new MalformedFileException("a number of " + text.length() + " characters");
        }
        if (text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
            return Long.valueOf(text);
        }
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new MalformedFileException("the number " + text + ", larger than a double can hold");
        }
        return value;
    }

    /** The parser's own message up to its first line break; its advice to programmers helps nobody who has a file. */
    private static String oneLine(Exception e) {
        String message = String.valueOf(e.getMessage())
                .replace("Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON", "something else");
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
