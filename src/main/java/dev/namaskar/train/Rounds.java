package dev.namaskar.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run's steps are taken: one by one by its trainer, or several at a time by trainers elsewhere that meet again. */
@FunctionalInterface
public interface Rounds {
    /** A step of the trainer at a time. */
    Rounds SINGLE = (trainer, most) -> List.of(trainer.take());

    /**
     * A step that was taken.
     *
     * @param loss mean loss of the step's batch
     * @param learningRate of the step
     * @param gradientNorm before clipping; not-a-number where nothing needed it
     * @param tally what the objective counted beside the loss, or null
     */
    record Step(
            double loss,
            double learningRate,
            double gradientNorm,
            @Nullable Tally tally) {}

    /**
     * Takes the next steps of a run.
     *
     * @param trainer of the run (modified): afterwards it stands behind the last of them
     * @param most how many may be taken, at least 1
     * @return what was taken, at least one
     */
    List<Step> next(Trainer trainer, long most);
}
