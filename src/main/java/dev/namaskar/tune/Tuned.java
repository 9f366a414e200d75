package dev.namaskar.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a search found.
 *
 * @param model of the best settings, from a whole run
 * @param best the best of the whole runs; on what was held out never worse than the usual settings, which are one of them
 * @param measure what scores are
 * @param trials all that ended, by number and rung
 */
public record Tuned<M>(M model, TrialResult best, String measure, List<TrialResult> trials) {
    /** Copies the list. */
    public Tuned {
        trials = List.copyOf(trials);
    }

    /** The best settings by name; what is not there is as usual, and nothing is where the usual ones are the best. */
    public Map<String, Object> settings() {
        return best.trial().settings();
    }

    /** The usual settings' whole run. */
    public TrialResult usual() {
        return trials.stream()
                .filter(result -> result.trial().number() == 0 && result.trial().whole())
                .findFirst()
                .orElseThrow();
    }

    /** How many settings were tried. */
    public int tried() {
        return (int) trials.stream()
                .mapToInt(result -> result.trial().number())
                .distinct()
                .count();
    }

    /** Settings and scores for programs, by the names that JSON has. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("trials", tried());
        figures.put("runs", trials.size());
        figures.put("best", best.trial().number());
        figures.put("settings", new LinkedHashMap<>(settings()));
        figures.put("measure", measure);
        figures.put("score", best.score());
        figures.put("usual_score", usual().score());
        figures.put("seed", best.seed());
        figures.put("steps", best.steps());
        return figures;
    }

    /** {@code trial 7 of 20 is the best: val_nats 0.5123, the usual settings 0.5510; lr 0.0031, hidden 64}. */
    @Override
    public String toString() {
        return best.trial().number() == 0
                ? String.format(
                        Locale.ROOT,
                        "none of %d settings is better than the usual ones: %s %.4f",
                        tried() - 1,
                        measure,
                        best.score())
                : String.format(
                        Locale.ROOT,
                        "trial %d is the best of %d: %s %.4f, the usual settings %.4f; %s",
                        best.trial().number(),
                        tried(),
                        measure,
                        best.score(),
                        usual().score(),
                        best.trial().words());
    }
}
