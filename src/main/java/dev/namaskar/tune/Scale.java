package dev.namaskar.tune;

import dev.namaskar.optim.search.SearchRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;

/** What the values of a setting are, and how they are spread where a range of them is tried. */
public enum Scale {
    /** Numbers, evenly: dropout. */
    NUMBER,
    /** Numbers, evenly in their logarithms: learning rates. */
    RATE,
    /** Whole numbers, each as likely: layers. */
    WHOLE,
    /** Whole numbers, evenly in their logarithms: widths. */
    WIDTH,
    /** One of some words: cells. */
    WORD;

    /** Digits of a number that is drawn: as many as anybody would write down. */
    private static final MathContext DIGITS = new MathContext(4);

    /**
     * The range that a text says: {@code 64..256}, {@code gru|lstm}, or one value alone.
     *
     * @throws IllegalArgumentException if it says none
     */
    public SearchRange read(String text) {
        int dots = this == WORD ? -1 : text.indexOf("..");
        if (dots < 0) {
            return new SearchRange.Choice(
                    Arrays.stream(text.split("\\|", -1)).map(this::value).toList());
        }
        Object from = value(text.substring(0, dots));
        Object to = value(text.substring(dots + 2));
        return switch (this) {
            case NUMBER -> new SearchRange.Uniform((double) from, (double) to);
            case RATE -> new SearchRange.LogUniform((double) from, (double) to);
            case WHOLE -> new SearchRange.Whole((int) from, (int) to);
            case WIDTH -> new SearchRange.LogWhole((int) from, (int) to);
            case WORD -> throw new AssertionError("words have no range");
        };
    }

    private Object value(String text) {
        String word = text.strip();
        try {
            return switch (this) {
                case NUMBER, RATE -> Double.parseDouble(word);
                case WHOLE, WIDTH -> Integer.parseInt(word);
                case WORD -> {
                    if (word.isEmpty()) {
                        throw new NumberFormatException();
                    }
                    yield word;
                }
            };
        } catch (NumberFormatException e) {
            String kind = this == WORD ? "a word" : this == NUMBER || this == RATE ? "a number" : "a whole number";
            throw new IllegalArgumentException("expected " + kind + ", found \"" + word + "\"", e);
        }
    }

    /** A drawn value as it is tried, which can be written down in full. */
    static Object shown(Object drawn) {
        return drawn instanceof Double number
                ? (Object) new BigDecimal(number).round(DIGITS).doubleValue()
                : drawn;
    }

    /** The values that a range must do at: its ends, or all there are to choose from. */
    static List<Object> ends(SearchRange range) {
        return range instanceof SearchRange.Choice choice ? choice.values() : List.of(range.at(0), range.at(1));
    }
}
