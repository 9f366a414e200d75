package dev.namaskar.translation;

import dev.namaskar.decoding.LengthRule;
import dev.namaskar.params.Setting;
import org.jspecify.annotations.Nullable;

/**
 * How targets are searched for; what is null is as is usual for the model.
 *
 * @param beam beginnings carried along
 * @param best targets returned for each source
 * @param rule how targets of different lengths are compared
 * @param longest most symbols of a target
 */
public record Decoding(
        int beam, int best, LengthRule rule, @Nullable Integer longest) {
    /** The best of a beam of 5 by plain log probability. */
    public static final Decoding USUAL = new Decoding(5, 1, LengthRule.NONE, null);

    /** Checks the numbers. */
    public Decoding {
        Setting.atLeast("beam", 1, beam);
        Setting.atLeast("nbest", 1, best);
        Setting.atLeast("longest", 1, longest);
        beam = Math.max(beam, best);
    }

    /** With so many beginnings carried along; 1 is greedy. */
    public Decoding withBeam(int width) {
        return new Decoding(width, Math.min(best, width), rule, longest);
    }

    /** With so many targets for each source, and a beam that is at least as wide. */
    public Decoding withBest(int count) {
        return new Decoding(beam, count, rule, longest);
    }

    /** With another rule for lengths. */
    public Decoding withRule(LengthRule other) {
        return new Decoding(beam, best, other, longest);
    }

    /** With targets of at most so many symbols. */
    public Decoding withLongest(int symbols) {
        return new Decoding(beam, best, rule, symbols);
    }
}
