package dev.namaskar.params;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name with numbers, as people type it and files keep it: {@code uniform(-0.1,0.1)}, {@code orthogonal}. Underscores
 * in the name count as hyphens, capitals as small letters.
 *
 * @param name what is asked for
 * @param arguments its numbers, in order
 */
public record Call(String name, double... arguments) {
    private static final Pattern SHAPE = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_-]*)\\s*(?:\\(([^()]*)\\))?\\s*");

    /** Reads {@code name} or {@code name(number, number)}. */
    public static Call parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new IllegalArgumentException(
                    "expected a name with numbers such as uniform(-0.1,0.1), found \"" + text + "\"");
        }
        String name = shape.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
        String inside = shape.group(2);
        if (inside == null || inside.isBlank()) {
            return new Call(name);
        }
        String[] parts = inside.split(",", -1);
        double[] numbers = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = finite(parts[i].strip(), text);
        }
        return new Call(name, numbers);
    }

    private static double finite(String part, String text) {
        try {
            double value = Double.parseDouble(part);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, together with numbers that are not finite
        }
        throw new IllegalArgumentException("expected a finite number, found \"" + part + "\" in \"" + text + "\"");
    }

    /** The k-th number, or this value if fewer were given. */
    public double get(int k, double otherwise) {
        return k < arguments.length ? arguments[k] : otherwise;
    }

    /** The k-th number, which has to be a whole one, or this value if fewer were given. */
    public int whole(int k, int otherwise) {
        double value = get(k, otherwise);
        if (value != (int) value) {
            throw new IllegalArgumentException("expected a whole number, found " + value + " in \"" + this + "\"");
        }
        return (int) value;
    }

    /** Checks how many numbers there are; {@code form} says what would be right. */
    public Call expect(int atLeast, int atMost, String form) {
        if (arguments.length < atLeast || arguments.length > atMost) {
            throw new IllegalArgumentException("expected " + form + ", found \"" + this + "\"");
        }
        return this;
    }

    /** A number as people write it, exactly: 20, 0.0001, 1e-8. */
    public static String number(double value) {
        if (value == (int) value) {
            return Integer.toString((int) value);
        }
        double size = Math.abs(value);
        return size >= 1e-4 && size < 1e7
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }

    /** The text that {@link #parse} reads again, whole numbers without a fraction. */
    @Override
    public String toString() {
        if (arguments.length == 0) {
            return name;
        }
        StringJoiner text = new StringJoiner(",", name + "(", ")");
        for (double value : arguments) {
            text.add(number(value));
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Call call && name.equals(call.name) && Arrays.equals(arguments, call.arguments);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(arguments);
    }
}
