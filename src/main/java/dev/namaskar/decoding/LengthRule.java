package dev.namaskar.decoding;

import java.util.Locale;

/**
 * What a hypothesis's log probability is divided by before hypotheses of different lengths are compared. Without one,
 * short sequences win, since every symbol costs something.
 *
 * @param kind the formula
 * @param alpha its exponent, at least 0; 0 divides by 1
 */
public record LengthRule(Kind kind, double alpha) {
    /** Compares plain log probabilities. */
    public static final LengthRule NONE = new LengthRule(Kind.POWER, 0);

    /** Compares log probabilities per symbol. */
    public static final LengthRule MEAN = new LengthRule(Kind.POWER, 1);

    /** The formulas. */
    public enum Kind {
        /** {@code n^alpha}. */
        POWER,
        /** {@code ((5 + n) / 6)^alpha} (Wu et al. 2016, section 7). */
        GNMT
    }

    /** Checks the exponent. */
    public LengthRule {
        if (!(alpha >= 0 && Double.isFinite(alpha))) {
            throw new IllegalArgumentException("expected an exponent of at least 0, found " + alpha);
        }
    }

    /**
     * The rule of that name: {@code none}, {@code mean}, {@code power(0.7)} or {@code gnmt(0.6)}.
     *
     * @throws IllegalArgumentException that names the rules there are
     */
    public static LengthRule named(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("none")) {
            return NONE;
        }
        if (lower.equals("mean")) {
            return MEAN;
        }
        for (Kind kind : Kind.values()) {
            String head = kind.name().toLowerCase(Locale.ROOT) + "(";
            if (lower.startsWith(head) && lower.endsWith(")")) {
                String number = lower.substring(head.length(), lower.length() - 1);
                try {
                    return new LengthRule(kind, Double.parseDouble(number));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "expected a number as the exponent of a length rule, found \"" + number + "\"", e);
                }
            }
        }
        throw new IllegalArgumentException(
                "expected a length rule of none, mean, power(alpha), gnmt(alpha), found \"" + name + "\"");
    }

    /**
     * The log probability of a hypothesis as it is compared.
     *
     * @param logProbability of all its symbols
     * @param length its symbols, the end symbol counted; 1 for none
     */
    public double score(double logProbability, int length) {
        return logProbability / divisor(Math.max(1, length));
    }

    private double divisor(int length) {
        return switch (kind) {
            case POWER -> Math.pow(length, alpha);
            case GNMT -> Math.pow((5.0 + length) / 6, alpha);
        };
    }
}
