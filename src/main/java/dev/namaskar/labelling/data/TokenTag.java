package dev.namaskar.labelling.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A token and its likeliest tags.
 *
 * @param token as it stands in the sentence
 * @param tags likeliest first, one or more
 */
public record TokenTag(String token, List<LabelProbability> tags) {
    /** Copies the list. */
    public TokenTag {
        tags = List.copyOf(tags);
    }

    /** The likeliest tag. */
    public String tag() {
        return tags.get(0).label();
    }

    /** For programs: {@code token}, {@code tag}, {@code probability} and {@code tags}. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("token", token);
        map.put("tag", tag());
        map.put("probability", tags.get(0).probability());
        map.put("tags", tags.stream().map(LabelProbability::toMap).toList());
        return map;
    }

    @Override
    public String toString() {
        return token + "/" + tag()
                + String.format(Locale.ROOT, " %.3f", tags.get(0).probability());
    }
}
