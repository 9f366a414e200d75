package dev.namaskar.train.run;

import dev.namaskar.train.Trainer;

/** Carries out training runs, one after the other: plainly, or between checkpoints that a killed run goes on from. */
@FunctionalInterface
public interface Runs {
    /** Every run from its beginning to its end. */
    Runs PLAIN = (trainer, training) -> {
        training.run();
        return training.parameters();
    };

    /**
     * Carries out the next run, or takes up what an earlier process left of it.
     *
     * @param trainer at step 0
     * @param training over that trainer
     * @return the parameters that the run ends with: the best by validation, or without one the last
     */
    float[] carryOut(Trainer trainer, Training training);
}
