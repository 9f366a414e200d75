package dev.namaskar.params;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value that a map of settings holds, and where it stands there, for errors.
 *
 * @param what names the map: {@code specification}
 * @param key under which it stands
 * @param found the value, which nobody vouches for
 */
record StoredValue(String what, String key, @Nullable Object found) {
    /** Another value of the same place. */
    StoredValue with(@Nullable Object other) {
        return new StoredValue(what, key, other);
    }

    private IllegalArgumentException wrong(String expected) {
        String shown = found instanceof String ? "\"" + found + "\"" : String.valueOf(found);
        return new IllegalArgumentException(
                "expected " + expected + " for \"" + key + "\" in the " + what + ", found " + shown);
    }

    Object present() {
        if (found == null) {
            throw wrong("a value");
        }
        return found;
    }

    List<?> list() {
        if (found instanceof List<?> values) {
            return values;
        }
        throw wrong("a list");
    }

    Map<String, ?> map() {
        if (!(found instanceof Map<?, ?> values)) {
            throw wrong("settings by name");
        }
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        values.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    /** The value as a constant, a text, a switch, a character or a number. */
    Object as(Class<?> type) {
        if (type.isEnum()) {
            return constant(type);
        }
        if (type == String.class) {
            return only(found instanceof String, "a text");
        }
        if (type == boolean.class || type == Boolean.class) {
            return only(found instanceof Boolean, "true or false");
        }
        if (type == char.class) {
            return String.valueOf(only(found instanceof String text && text.length() == 1, "one character"))
                    .charAt(0);
        }
        return number(type);
    }

    private Object only(boolean holds, String expected) {
        if (!holds) {
            throw wrong(expected);
        }
        return present();
    }

    private Object constant(Class<?> type) {
        String name = String.valueOf(found);
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(name)) {
                return constant;
            }
        }
        throw wrong("one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    private Object number(Class<?> type) {
        if (!(found instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            throw wrong("a finite number");
        }
        if (type == double.class || type == Double.class) {
            return number.doubleValue();
        }
        if (type == float.class || type == Float.class) {
            return number.floatValue();
        }
        long whole = number.longValue();
        boolean isInt = type == int.class || type == Integer.class;
        if (!isInt && type != long.class && type != Long.class) {
            throw new IllegalStateException("no form for " + type.getName() + "; give the codec one");
        }
        if (whole != number.doubleValue() || (isInt && whole != (int) whole)) {
            throw wrong("a whole number");
        }
        if (isInt) {
            return (int) whole;
        }
        return whole;
    }
}
