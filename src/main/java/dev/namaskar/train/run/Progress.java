package dev.namaskar.train.run;

import dev.namaskar.train.Tally;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands after a step.
 *
 * @param step steps done
 * @param totalSteps steps that the run will have at most, or is expected to have where time ends it
 * @param loss mean loss of the step's batch
 * @param learningRate of the step
 * @param gradientNorm before clipping; not-a-number where nothing needed it
 * @param stepSeconds what the step took
 * @param seconds since the run began (or was resumed)
 * @param tally what the objective counted beside the loss of the step's batch, or null
 */
public record Progress(
        long step,
        long totalSteps,
        double loss,
        double learningRate,
        double gradientNorm,
        double stepSeconds,
        double seconds,
        @Nullable Tally tally) {}
