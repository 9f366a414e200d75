package dev.namaskar.train.settings;

/**
 * When a run ends: at the first of these that is reached. Zero (or less) means no such limit.
 *
 * @param steps training steps
 * @param minutes of training
 * @param targetLoss stop once the validation loss is at or below this; not-a-number for none
 * @param patience validations in a row without a better loss
 */
public record StoppingRules(long steps, double minutes, double targetLoss, int patience) {
    /** A number of steps alone. */
    public static StoppingRules afterSteps(long steps) {
        return new StoppingRules(steps, 0, Double.NaN, 0);
    }

    /** The same with another limit of time. */
    public StoppingRules withMinutes(double limit) {
        return new StoppingRules(steps, limit, targetLoss, patience);
    }

    /** The rules for one of several runs, which share the time. */
    public StoppingRules perRun(int runs) {
        return new StoppingRules(steps, minutes / runs, targetLoss, patience);
    }
}
