package dev.namaskar.series.table.text;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Years;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Text whose cells have their places in the line and no marks between them, so that a name and a year run together as in
 * {@code USW000947281990TAVG}. Which places those are is not in the file: it is refused.
 */
final class FixedWidth {
    private static final int FEWEST_LINES = 3;
    private static final int LONGEST = 40;
    private static final int SHORTEST = 6;
    private static final int YEAR = 4;

    private FixedWidth() {}

    /**
     * Looks whether all lines have a year at the same place within their first word, behind a name that has letters.
     *
     * @throws TableException where they do
     */
    static void refuse(List<String> lines) {
        if (lines.size() < FEWEST_LINES) {
            return;
        }
        String first = word(lines.get(0));
        for (int at = SHORTEST; at + YEAR <= Math.min(first.length(), LONGEST); at++) {
            int from = at;
            boolean named = lines.stream().allMatch(line -> {
                String word = word(line);
                return word.length() >= from + YEAR
                        && word.substring(0, from).chars().anyMatch(Character::isLetter)
                        && word.substring(0, from)
                                        .chars()
                                        .filter(Character::isDigit)
                                        .count()
                                > 1
                        && Character.isLetterOrDigit(word.charAt(from - 1))
                        && Years.is(word.substring(from, from + YEAR));
            });
            Set<String> changing = new TreeSet<>();
            lines.forEach(line ->
                    changing.add(word(line).substring(Math.min(from, word(line).length()))));
            if (named && changing.size() > 1) {
                throw new TableException("\"" + first.substring(0, Math.min(first.length(), LONGEST))
                        + "\" is a name and a time run together: cells of fixed width, whose places are not in the"
                        + " file; write it as CSV with a mark between the cells, a row a time");
            }
        }
    }

    private static String word(String line) {
        String bare = line.strip();
        int space = 0;
        while (space < bare.length() && !Character.isWhitespace(bare.charAt(space))) {
            space++;
        }
        return bare.substring(0, space);
    }
}
