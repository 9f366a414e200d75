package dev.namaskar.train;

/**
 * The shape that all batches of a source share but for their number of rows.
 *
 * @param steps T
 * @param tokens whether inputs are token ids, else values
 * @param inputWidth F, values per step; 1 for token ids
 * @param targetSteps steps that have a target: T, or 1 where the network reads out its last step alone
 * @param targetWidth values per target, or 0 where a target is a class id
 * @param contextWidth values per row that the {@link Objective} wants beside targets
 * @param ragged whether rows have lengths of their own
 */
public record BatchShape(
        int steps, boolean tokens, int inputWidth, int targetSteps, int targetWidth, int contextWidth, boolean ragged) {
    /** Token ids in, a class id for each step: language models. */
    public static BatchShape text(int steps) {
        return new BatchShape(steps, true, 1, steps, 0, 0, false);
    }

    /** Values in, values out at the last step, and context for the objective: direct forecasts. */
    public static BatchShape series(int steps, int inputWidth, int targetWidth, int contextWidth, boolean ragged) {
        return new BatchShape(steps, false, inputWidth, 1, targetWidth, contextWidth, ragged);
    }
}
