package dev.namaskar.net.recurrent;

import java.util.Locale;

/** How a recurrent layer reads its sequence, and how a bidirectional one joins its two hidden states. */
public enum Merge {
    /** Forward in time alone. */
    FORWARD,
    /** Both directions side by side, {@code [h; h_reverse]}: PyTorch's form. */
    CONCATENATE,
    /** {@code h + h_reverse}. */
    SUM,
    /** {@code (h + h_reverse) / 2}. */
    AVERAGE,
    /** {@code h * h_reverse}, element by element. */
    MULTIPLY;

    /** The name in specifications. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The merge of this name. */
    public static Merge named(String key) {
        for (Merge merge : values()) {
            if (merge.key().equals(key)) {
                return merge;
            }
        }
        throw new IllegalArgumentException(
                "expected a direction of forward, concatenate, sum, average, multiply, found \"" + key + "\"");
    }
}
