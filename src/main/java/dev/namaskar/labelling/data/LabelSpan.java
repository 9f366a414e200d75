package dev.namaskar.labelling.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A label and where it stands.
 *
 * @param label what it is called
 * @param first its first step
 * @param end the step behind its last
 * @param probability from 0 to 1, the geometric mean over its steps
 * @param seconds from the beginning of one step to the next one's; null where steps are not in time
 */
public record LabelSpan(
        String label,
        int first,
        int end,
        double probability,
        @Nullable Double seconds) {
    /** For programs: {@code label}, {@code first}, {@code end} and {@code probability}; in time also {@code from_s} and {@code to_s}. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("label", label);
        map.put("first", first);
        map.put("end", end);
        if (seconds != null) {
            map.put("from_s", milliseconds(first * seconds));
            map.put("to_s", milliseconds(end * seconds));
        }
        map.put("probability", probability);
        return map;
    }

    private static double milliseconds(double time) {
        return Math.round(time * 1000) / 1000.0;
    }

    /** {@code seven 0.36-0.71 s}. */
    @Override
    public String toString() {
        return seconds == null
                ? label + " " + first + "-" + end
                : String.format(Locale.ROOT, "%s %.2f-%.2f s", label, first * seconds, end * seconds);
    }
}
