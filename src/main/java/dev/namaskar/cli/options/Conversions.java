package dev.namaskar.cli.options;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values from words of the command line, refused in words of the person who typed them. */
public final class Conversions {
    private Conversions() {}

    /** For a program and all its commands. */
    public static void addTo(CommandLine program) {
        ITypeConverter<Integer> integer = whole(Integer::valueOf, Integer.MIN_VALUE, Integer.MAX_VALUE);
        ITypeConverter<Long> large = whole(Long::valueOf, Long.MIN_VALUE, Long.MAX_VALUE);
        program.registerConverter(int.class, integer)
                .registerConverter(Integer.class, integer)
                .registerConverter(long.class, large)
                .registerConverter(Long.class, large)
                .registerConverter(float.class, number(Float::valueOf))
                .registerConverter(Float.class, number(Float::valueOf))
                .registerConverter(double.class, number(Double::valueOf))
                .registerConverter(Double.class, number(Double::valueOf))
                .registerConverter(Path.class, Conversions::path);
    }

    private static <T> ITypeConverter<T> whole(Function<String, T> conversion, long least, long most) {
        return word -> {
            try {
                return conversion.apply(word);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + word + "' is "
                        + (isWhole(word) ? "beyond the range " + least + " to " + most : "not a whole number"));
            }
        };
    }

    private static boolean isWhole(String word) {
        return word.matches("[+-]?[0-9]+");
    }

    private static <T> ITypeConverter<T> number(Function<String, T> conversion) {
        return word -> {
            try {
                // Java reads "1f" and "0x1p3" too, which nobody means here.
                return word.equals("NaN") || word.endsWith("Infinity")
                        ? conversion.apply(word)
                        : checked(conversion, word);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "'" + word + "' is not a number" + (word.contains(",") ? ", which has a point, as 0.5" : ""));
            }
        };
    }

    private static <T> T checked(Function<String, T> conversion, String word) {
        new BigDecimal(word);
        return conversion.apply(word);
    }

    private static Path path(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + word + "' cannot name a file: " + e.getReason());
        }
    }
}
