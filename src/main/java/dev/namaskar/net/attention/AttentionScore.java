package dev.namaskar.net.attention;

import java.util.Locale;

/** How well a query and a key agree. */
public enum AttentionScore {
    /** {@code e = q . k / sqrt(K)} (Luong et al. 2015, scaled as Vaswani et al. 2017 do). */
    DOT,
    /** {@code e = u . tanh(q + k)} (Bahdanau et al. 2014), u being learned. */
    ADDITIVE;

    /** The name of settings: {@code dot}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The score of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static AttentionScore named(String key) {
        for (AttentionScore score : values()) {
            if (score.key().equals(key)) {
                return score;
            }
        }
        throw new IllegalArgumentException("`attention`: expected dot or additive, found " + key);
    }
}
