package dev.namaskar.labelling.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A label and how likely it is.
 *
 * @param label the label
 * @param probability from 0 to 1
 */
public record LabelProbability(String label, double probability) {
    /** For programs: {@code label} and {@code probability}. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("label", label);
        map.put("probability", probability);
        return map;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.3f", label, probability);
    }
}
