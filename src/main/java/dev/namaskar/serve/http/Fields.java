package dev.namaskar.serve.http;

import dev.namaskar.files.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that a client sent, each read as what it has to be. What is null counts as not given. In the
 * end {@link #noOthers} refuses those that nobody asked for, so that a misspelt setting does not pass for its default.
 */
public final class Fields {
    private final Map<String, @Nullable Object> fields;
    private final String prefix;
    private final Set<String> asked = new HashSet<>();

    /** The fields of a request's body. */
    public Fields(Map<String, @Nullable Object> fields) {
        this(fields, "");
    }

    private Fields(Map<String, @Nullable Object> fields, String prefix) {
        this.fields = fields;
        this.prefix = prefix;
    }

    /** All of them, for a request made of this one. */
    public Map<String, @Nullable Object> toMap() {
        return fields;
    }

    /** The value as it is, or null. */
    public @Nullable Object value(String name) {
        asked.add(name);
        return fields.get(name);
    }

    /** A value that has to be there. */
    public Object required(String name) {
        Object value = value(name);
        if (value == null) {
            throw Refusal.wrong("missing_field", prefix + name, "expected the field `" + prefix + name + "`");
        }
        return value;
    }

    /** A text that has to be there. */
    public String text(String name) {
        return text(name, required(name));
    }

    /** A text, or what stands for it where there is none. */
    public String text(String name, String usual) {
        Object value = value(name);
        return value == null ? usual : text(name, value);
    }

    private String text(String name, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(name, "a text", value);
    }

    /** Whether something is wanted. */
    public boolean flag(String name) {
        Object value = value(name);
        if (value == null || value instanceof Boolean) {
            return value != null && (Boolean) value;
        }
        throw wrong(name, "true or false", value);
    }

    /** A whole number in a range, or null. */
    public @Nullable Integer whole(String name, int least, int most) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= least
                && number.doubleValue() <= most) {
            return number.intValue();
        }
        throw wrong(name, "a whole number of " + least + " to " + most, value);
    }

    /** A whole number in a range, or what stands for it. */
    public int whole(String name, int usual, int least, int most) {
        Integer value = whole(name, least, most);
        return value == null ? usual : value;
    }

    /** A whole number of any size, or null. */
    public @Nullable Long whole(String name) {
        Object value = value(name);
        if (value == null || value instanceof Long) {
            return (Long) value;
        }
        throw wrong(name, "a whole number", value);
    }

    /** A number in a range, or null. */
    public @Nullable Double number(String name, double least, double most) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        throw wrong(name, "a number of " + plain(least) + " to " + plain(most), value);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** Texts, one alone or in a list; null where there are none. */
    public @Nullable List<String> texts(String name, int most) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        List<?> list = value instanceof List<?> several ? several : List.of(value);
        List<String> texts = new ArrayList<>();
        for (Object one : list) {
            if (!(one instanceof String text) || list.size() > most) {
                throw wrong(name, "a text or a list of 1 to " + most + " texts", value);
            }
            texts.add(text);
        }
        if (texts.isEmpty()) {
            throw wrong(name, "a text or a list of 1 to " + most + " texts", value);
        }
        return texts;
    }

    /** The fields of an object inside, or null. */
    public @Nullable Fields object(String name) {
        Object value = value(name);
        return value == null ? null : object(name, value);
    }

    /** The objects of a list, each with its fields. */
    public List<Fields> objects(String name, int most) {
        Object value = required(name);
        if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > most) {
            throw wrong(name, "a list of 1 to " + most + " objects", value);
        }
        List<Fields> all = new ArrayList<>();
        for (Object one : list) {
            all.add(object(name + "[" + all.size() + "]", one));
        }
        return all;
    }

    @SuppressWarnings("unchecked") // the reader of JSON makes maps of strings
    private Fields object(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Fields((Map<String, @Nullable Object>) map, prefix + name + ".");
        }
        throw wrong(name, "an object", value);
    }

    /** Where these fields stand: {@code stream_options.}, or nothing. */
    public String prefix() {
        return prefix;
    }

    /** A refusal of a field's value. */
    public Refusal wrong(String name, String expected, @Nullable Object found) {
        String code = found instanceof Number && expected.contains("number") ? "out_of_range" : "wrong_type";
        return Refusal.wrong(
                code, prefix + name, "`" + prefix + name + "`: expected " + expected + ", found " + Json.kind(found));
    }

    /**
     * Refuses fields that nobody asked for.
     *
     * @throws Refusal naming the first
     */
    public void noOthers() {
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            if (!asked.contains(field.getKey()) && field.getValue() != null) {
                throw Refusal.wrong(
                        "unknown_field",
                        prefix + field.getKey(),
                        "expected none but the settings that there are, found " + Json.kind(prefix + field.getKey()));
            }
        }
    }
}
