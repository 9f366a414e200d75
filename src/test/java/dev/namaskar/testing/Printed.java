package dev.namaskar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a page says that a program prints, beside what it prints. */
public final class Printed {
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])-?\\d+(?:[.]\\d+)?(?![\\w])");

    private Printed() {}

    /**
     * Holds a program to its page: the same words, and the same numbers to the last digit shown, of which sums in another
     * order, as other machines have them, may change by one.
     */
    public static void agrees(String shown, String printed) {
        assertThat(words(printed)).isEqualTo(words(shown));
        List<String> expected = numbers(shown);
        List<String> found = numbers(printed);
        for (int i = 0; i < expected.size(); i++) {
            int point = expected.get(i).indexOf('.');
            int digits = point < 0 ? 0 : expected.get(i).length() - point - 1;
            double last = digits == 0 ? 0 : 1.01 * Math.pow(10, -digits);
            assertThat(Double.parseDouble(found.get(i)))
                    .as("number " + i + " of " + printed)
                    .isCloseTo(Double.parseDouble(expected.get(i)), within(last));
        }
    }

    private static String words(String text) {
        return NUMBER.matcher(text).replaceAll("#").replaceAll("\\s+", " ").strip();
    }

    private static List<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(MatchResult::group).toList();
    }
}
