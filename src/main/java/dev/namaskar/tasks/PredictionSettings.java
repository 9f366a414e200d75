package dev.namaskar.tasks;

import dev.namaskar.params.Setting;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a model's answers; each kind of model knows some of it.
 *
 * @param top how many of the likeliest labels are shown
 * @param beam how many hypotheses are kept side by side where an answer is searched for; null for what is usual
 * @param nbest how many whole answers are given
 */
public record PredictionSettings(int top, @Nullable Integer beam, int nbest) {
    /** The likeliest answer alone. */
    public static final PredictionSettings USUAL = new PredictionSettings(1, null, 1);

    /** Checks the numbers. */
    public PredictionSettings {
        Setting.atLeast("top", 1, top);
        Setting.atLeast("beam", 1, beam);
        Setting.atLeast("nbest", 1, nbest);
    }
}
