package dev.namaskar.optim;

import dev.namaskar.params.Call;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A named optimizer's settings: its defaults, changed where the user gave something else. Values are numbers, booleans
 * or text; text is read as what the default is, so that a command line can hand its words in as they are.
 */
public final class Settings {
    private final String owner;
    private final Map<String, Object> values;

    private Settings(String owner, Map<String, Object> values) {
        this.owner = owner;
        this.values = values;
    }

    /** Defaults in the order written: name, value, name, value. */
    static Map<String, Object> defaults(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    /** Defaults with these changes. */
    static Settings of(String owner, Map<String, Object> defaults, Map<String, ?> changes) {
        Settings settings = new Settings(owner, new LinkedHashMap<>(defaults));
        changes.forEach(settings::change);
        return settings;
    }

    private void change(String key, Object value) {
        Object usual = values.get(key);
        if (usual == null) {
            throw new IllegalArgumentException(
                    "no setting \"" + key + "\" for optimizer \"" + owner + "\"; there are " + values.keySet());
        }
        values.put(key, read(key, usual, value));
    }

    private Object read(String key, Object usual, Object value) {
        if (usual instanceof Double) {
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            try {
                return Double.parseDouble(value.toString());
            } catch (NumberFormatException notANumber) {
                throw wrong(key, "a number", value);
            }
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
        return new IllegalArgumentException("expected " + expected + " for \"" + key + "\" of optimizer \"" + owner
                + "\", found \"" + found + "\"");
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
    Object value(String key) {
        return get(key);
    }

    /** A value as people write it: 0.9, 1e-8, false. */
    static String shown(Object value) {
        return value instanceof Double number ? Call.number(number) : value.toString();
    }

    private Object get(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("optimizer \"" + owner + "\" declares no setting \"" + key + "\"");
        }
        return value;
    }

    static void require(boolean holds, String setting, String expected, double found) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + setting + " to be " + expected + ", found " + found);
        }
    }

    static void requireFraction(String setting, double found) {
        require(found >= 0 && found < 1, setting, "0 or more and below 1", found);
    }

    static void requirePositiveOrZero(String setting, double found) {
        require(found >= 0 && Double.isFinite(found), setting, "0 or more", found);
    }
}
