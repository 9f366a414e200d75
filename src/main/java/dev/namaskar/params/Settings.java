package dev.namaskar.params;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The settings of something named, such as an optimizer: its defaults, changed where the user gave something else.
 * Values are finite numbers, booleans or text; text is read as what the default is, so that a command line can hand its
 * words in as they are.
 */
public final class Settings {
    private final String owner;
    private final Map<String, Object> values;

    private Settings(String owner, Map<String, Object> values) {
        this.owner = owner;
        this.values = values;
    }

    /** Defaults in the order written: name, value, name, value. */
    public static Map<String, Object> defaults(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    /**
     * Defaults with these changes.
     *
     * @param owner whose settings they are, for messages: {@code optimizer "adam"}
     * @throws IllegalArgumentException if a change has no default, or is not of its kind
     */
    public static Settings of(String owner, Map<String, Object> defaults, Map<String, ?> changes) {
        Map<String, Object> values = new LinkedHashMap<>(defaults);
        values.replaceAll((key, value) -> value instanceof Number number ? number.doubleValue() : value);
        Settings settings = new Settings(owner, values);
        changes.forEach(settings::change);
        return settings;
    }

    private void change(String key, Object value) {
        Object usual = values.get(key);
        if (usual == null) {
            throw new IllegalArgumentException(
                    "no setting \"" + key + "\" for " + owner + "; there are " + values.keySet());
        }
        values.put(key, read(key, usual, value));
    }

    private Object read(String key, Object usual, Object value) {
        if (usual instanceof Double) {
            double number;
            try {
                number = value instanceof Number given ? given.doubleValue() : Double.parseDouble(value.toString());
            } catch (NumberFormatException notANumber) {
                throw wrong(key, "a number", value);
            }
            if (!Double.isFinite(number)) {
                throw wrong(key, "a finite number", value);
            }
            return number;
        }
        if (usual instanceof Boolean) {
            return switch (value.toString().toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong(key, "true or false", value);
            };
        }
        return value.toString();
    }

    private IllegalArgumentException wrong(String key, String expected, Object found) {
        return new IllegalArgumentException(
                "expected " + expected + " for \"" + key + "\" of " + owner + ", found \"" + found + "\"");
    }

    /** The names of all settings. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** A number. */
    public double number(String key) {
        return (Double) get(key);
    }

    /** A switch. */
    public boolean flag(String key) {
        return (Boolean) get(key);
    }

    /** A text. */
    public String text(String key) {
        return (String) get(key);
    }

    /** Whatever it is. */
    public Object value(String key) {
        return get(key);
    }

    /** A value as people write it: 0.9, 1e-8, false. */
    public static String shown(Object value) {
        return value instanceof Double number ? Call.number(number) : value.toString();
    }

    private Object get(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(owner + " declares no setting \"" + key + "\"");
        }
        return value;
    }

    /** Refuses a value that does not hold: {@code expected SETTING to be EXPECTED, found FOUND}. */
    public static void require(boolean holds, String setting, String expected, double found) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + setting + " to be " + expected + ", found " + found);
        }
    }

    /** Requires a number in [0, 1). */
    public static void requireFraction(String setting, double found) {
        require(found >= 0 && found < 1, setting, "0 or more and below 1", found);
    }

    /** Requires a finite number of 0 or more. */
    public static void requirePositiveOrZero(String setting, double found) {
        require(found >= 0 && Double.isFinite(found), setting, "0 or more", found);
    }
}
