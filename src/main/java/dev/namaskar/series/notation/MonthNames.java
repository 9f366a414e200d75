package dev.namaskar.series.notation;

import java.text.Normalizer;
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
            Locale.forLanguageTag("nl"),
            Locale.forLanguageTag("sv"),
            Locale.forLanguageTag("da"),
            Locale.forLanguageTag("nb"),
            Locale.forLanguageTag("pl"),
            Locale.forLanguageTag("hi"),
            Locale.forLanguageTag("ru"),
            Locale.forLanguageTag("uk"),
            Locale.forLanguageTag("ar"),
            Locale.forLanguageTag("tr"),
            Locale.forLanguageTag("el"),
            Locale.forLanguageTag("cs"),
            Locale.forLanguageTag("fi"),
            Locale.forLanguageTag("hu"),
            Locale.forLanguageTag("ro"),
            Locale.forLanguageTag("id"));
    /** Climatologists' quarters of a year, each called by its months and written for the middle one. */
    private static final List<String> RUNNING =
            List.of("djf", "jfm", "fma", "mam", "amj", "mjj", "jja", "jas", "aso", "son", "ond", "ndj");

    private static final Map<String, Integer> NUMBERS = numbers();

    private MonthNames() {}

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>(Map.of("sept", 9, "mrz", 3));
        numbers.putAll(Map.of("अक्टूबर", 10, "सितम्बर", 9, "नवम्बर", 11, "दिसम्बर", 12));
        for (Locale language : LANGUAGES) {
            for (Month month : Month.values()) {
                for (TextStyle style : List.of(
                        TextStyle.FULL, TextStyle.SHORT, TextStyle.FULL_STANDALONE, TextStyle.SHORT_STANDALONE)) {
                    numbers.putIfAbsent(bare(month.getDisplayName(style, language)), month.getValue());
                }
            }
        }
        for (int i = 0; i < RUNNING.size(); i++) {
            numbers.putIfAbsent(RUNNING.get(i), i + 1);
        }
        return Map.copyOf(numbers);
    }

    private static String bare(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace(".", "").replace("॰", "");
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }

    /** The month's number, or 0 where the word names none. */
    public static int number(String word) {
        return NUMBERS.getOrDefault(bare(word), 0);
    }
}
