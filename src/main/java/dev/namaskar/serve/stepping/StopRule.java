package dev.namaskar.serve.stepping;

import java.util.List;

/**
 * Ends a text before the first of some strings. What may be the beginning of one is held back until it is clear that it
 * is none.
 */
final class StopRule {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();

    StopRule(List<String> stops) {
        this.stops = stops;
    }

    /**
     * Adds a character.
     *
     * @return of how many UTF-16 units at the end it is open whether they stay; below zero if the text ends before so many
     */
    int add(String character) {
        held.append(character);
        int longest = 0;
        for (String stop : stops) {
            if (endsWith(stop, stop.length())) {
                return -stop.length();
            }
            for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
                if (endsWith(stop, n)) {
                    longest = n;
                }
            }
        }
        held.delete(0, held.length() - longest);
        return longest;
    }

    private boolean endsWith(String stop, int n) {
        int from = held.length() - n;
        if (from < 0) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (held.charAt(from + i) != stop.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
