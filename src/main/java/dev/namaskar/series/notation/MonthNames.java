package dev.namaskar.series.notation;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names of months, whole and short, in the languages whose names do not contradict each other. */
public final class MonthNames {
    private static final List<Locale> LANGUAGES = List.of(
            Locale.ENGLISH,
            Locale.GERMAN,
            Locale.FRENCH,
            Locale.ITALIAN,
            Locale.forLanguageTag("es"),
            Locale.forLanguageTag("pt"),
            Locale.forLanguageTag("nl"));
    private static final Map<String, Integer> NUMBERS = numbers();

    private MonthNames() {}

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>(Map.of("sept", 9, "mrz", 3));
        for (Locale language : LANGUAGES) {
            for (Month month : Month.values()) {
                for (TextStyle style : List.of(
                        TextStyle.FULL, TextStyle.SHORT, TextStyle.FULL_STANDALONE, TextStyle.SHORT_STANDALONE)) {
                    numbers.putIfAbsent(bare(month.getDisplayName(style, language)), month.getValue());
                }
            }
        }
        return Map.copyOf(numbers);
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replace(".", "");
    }

    /** The month's number, or 0 where the word names none. */
    public static int number(String word) {
        return NUMBERS.getOrDefault(bare(word), 0);
    }
}
