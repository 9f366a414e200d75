package dev.namaskar.files;

import java.util.List;
import java.util.Map;

/** Typed reading of a map that came from a file nobody vouches for. */
public record Fields(Map<String, ?> map, String what) {
    private Object get(String key) {
        Object value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("expected \"" + key + "\" in the " + what + ", found " + map.keySet());
        }
        return value;
    }

    private IllegalArgumentException wrong(String key, String expected, Object found) {
        return new IllegalArgumentException(
                "expected " + expected + " for \"" + key + "\" in the " + what + ", found " + found);
    }

    public String text(String key) {
        if (get(key) instanceof String text) {
            return text;
        }
        throw wrong(key, "a text", get(key));
    }

    public double number(String key) {
        return number(key, get(key));
    }

    private double number(String key, Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(key, "a finite number", value);
    }

    public int integer(String key) {
        double value = number(key);
        if (value != Math.rint(value) || Math.abs(value) > 1e9) {
            throw wrong(key, "a whole number", value);
        }
        return (int) value;
    }

    public boolean flag(String key) {
        if (get(key) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, "true or false", get(key));
    }

    List<?> list(String key) {
        if (get(key) instanceof List<?> list) {
            return list;
        }
        throw wrong(key, "a list", get(key));
    }

    public double[] numbers(String key) {
        return list(key).stream().mapToDouble(v -> number(key, v)).toArray();
    }

    public List<String> texts(String key) {
        return list(key).stream()
                .map(v -> {
                    if (v instanceof String text) {
                        return text;
                    }
                    throw wrong(key, "texts", v);
                })
                .toList();
    }
}
