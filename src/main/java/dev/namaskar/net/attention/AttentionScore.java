package dev.namaskar.net.attention;

/** How well a query and a key agree. */
public enum AttentionScore {
    /** {@code e = q . k / sqrt(K)} (Luong et al. 2015, scaled as Vaswani et al. 2017 do). */
    DOT,
    /** {@code e = u . tanh(q + k)} (Bahdanau et al. 2014), u being learned. */
    ADDITIVE
}
