package dev.namaskar.train.settings;

import dev.namaskar.params.Setting;
import org.jspecify.annotations.Nullable;

/**
 * How a run is watched by its validation loss, as far as it is asked for: what is null is not.
 *
 * @param at the run ends once the loss is this low
 * @param patience the run ends after so many validations in a row without a better loss
 * @param every so many steps there is a validation, and the best parameters are kept
 */
public record EarlyStop(
        @Nullable Double at,
        @Nullable Integer patience,
        @Nullable Long every) {
    /** Nothing asked for: one validation at the end. */
    public static final EarlyStop NONE = new EarlyStop(null, null, null);

    /** Checks that what is asked for is positive. */
    public EarlyStop {
        Setting.positive("stop-at", at);
        Setting.atLeast("patience", 1, patience);
        Setting.atLeast("validate-every", 1, every);
    }

    /**
     * Steps between validations in a run of so many; 0 for at the end alone.
     *
     * @param needed whether something else than these rules goes by validations
     */
    public long every(long totalSteps, boolean needed) {
        if (every != null) {
            return every;
        }
        return at == null && patience == null && !needed ? 0 : Math.max(10, Math.min(500, totalSteps / 20));
    }

    /** When a run of so many steps (0: only limited by time) and this length ends. */
    public StoppingRules rules(long totalSteps, RunLength length) {
        Double minutes = length.minutes();
        return new StoppingRules(
                totalSteps,
                minutes == null ? 0 : minutes,
                at == null ? Double.NaN : at,
                patience == null ? 0 : patience);
    }
}
