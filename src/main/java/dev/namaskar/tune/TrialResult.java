package dev.namaskar.tune;

import java.io.Serializable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a trial.
 *
 * @param trial the settings that were tried
 * @param seed the start of everything drawn at random in its run: the same in all trials, so that all are measured on
 *     the same held-out data
 * @param steps that were trained, of all its networks together
 * @param score on what was held out, lower is better; infinite where there is an error
 * @param error why there is no score, such as a loss that is no number; null where there is one
 * @param seconds that it took
 */
public record TrialResult(
        Trial trial,
        long seed,
        long steps,
        double score,
        @Nullable String error,
        double seconds) implements Serializable {
    /** The best first; of equals the one with the lower number, so that the usual settings stay where none is better. */
    static final Comparator<TrialResult> BEST_FIRST = Comparator.comparingDouble(TrialResult::score)
            .thenComparingInt(result -> result.trial().number());

    /** In the order of a table of trials: by number, then by rung. */
    static final Comparator<TrialResult> BY_NUMBER = Comparator.<TrialResult>comparingInt(
                    result -> result.trial().number())
            .thenComparingInt(result -> result.trial().rung());

    /** Whether there is a score. */
    public boolean scored() {
        return error == null;
    }

    /** All but the time it took, by the names that a log has: the same wherever and whenever it is carried out. */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("trial", trial.number());
        figures.put("rung", trial.rung());
        figures.put("part", trial.part());
        figures.put("settings", new LinkedHashMap<>(trial.settings()));
        figures.put("seed", seed);
        figures.put("steps", steps);
        figures.put("score", scored() ? score : null);
        if (error != null) {
            figures.put("error", error);
        }
        return figures;
    }

    /** {@code trial 3, 1/9 of a run: 0.6123 after 40 steps in 1.2 s; lr 0.0031, hidden 64}. */
    @Override
    public String toString() {
        String length = trial.whole() ? "" : ", 1/" + Math.round(1 / trial.part()) + " of a run";
        String outcome = error == null
                ? String.format(Locale.ROOT, "%.4f after %d steps in %.1f s", score, steps, seconds)
                : "no score, " + error;
        return "trial " + trial.number() + length + ": " + outcome + "; " + trial.words();
    }
}
