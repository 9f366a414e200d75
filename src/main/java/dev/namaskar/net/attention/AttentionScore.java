package dev.namaskar.net.attention;

import java.util.Locale;

/** How well a query and a key agree. */
public enum AttentionScore {
    /**
     * {@code e = x . k / sqrt(K)}, the query being the input itself (Luong et al. 2015, "general"), which is as wide as
     * keys are. Keys alone are learned: where queries are too, a large learning rate moves both at once, and with them
     * the scores by its square.
     */
    GENERAL,
    /** {@code e = q . k / sqrt(K)} (Vaswani et al. 2017). */
    DOT,
    /** {@code e = u . tanh(q + k)} (Bahdanau et al. 2014), u being learned. */
    ADDITIVE;

    /** Whether queries are a learned product of the input. */
    boolean projectsQueries() {
        return this != GENERAL;
    }

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
        throw new IllegalArgumentException("`attention`: expected general, dot or additive, found " + key);
    }
}
