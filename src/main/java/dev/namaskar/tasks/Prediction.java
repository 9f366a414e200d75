package dev.namaskar.tasks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model says of an input.
 *
 * @param line for people
 * @param fields for programs: texts, numbers, lists and maps, by the names that JSON has
 */
public record Prediction(String line, Map<String, Object> fields) {
    /** Copies the fields. */
    public Prediction {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String toString() {
        return line;
    }
}
