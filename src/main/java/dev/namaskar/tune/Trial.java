package dev.namaskar.tune;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings to try.
 *
 * @param number which settings: 0 for the usual ones, others drawn by chance from the search's seed and this number alone
 * @param rung how many others of its bracket the settings have got past, counted from 0
 * @param part of a whole run's steps that they are tried for
 * @param settings by name; what is not there is as usual
 */
public record Trial(int number, int rung, double part, Map<String, Object> settings) implements Serializable {
    /** Copies the settings. */
    public Trial {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Whether it is a whole run. */
    public boolean whole() {
        return part == 1;
    }

    /** {@code lr 0.0031, hidden 64, cell gru}. */
    String words() {
        return settings.isEmpty()
                ? "the usual settings"
                : String.join(
                        ", ",
                        settings.entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .toList());
    }
}
