package dev.namaskar.train;

import dev.namaskar.kernels.GemmChoice;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the rest of a run depends on: what a checkpoint stores. The place in the data is the step number, and
 * the random draws of a step are a function of seed and step, so neither needs more.
 *
 * @param step steps done
 * @param params the flat parameter buffer
 * @param optimizerStep updates done
 * @param optimizer the optimizer's (and its schedule's) state
 * @param carried the state carried to the next batch, part after part, each {@code [B, width]}
 * @param seed of the random generator, {@link dev.namaskar.params.SplitMix64}
 * @param shards parts of every batch
 * @param average of the weights; null where none has begun
 * @param gemm whose matrix products; null where that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of buffers for one file, never compared
public record Snapshot(
        long step,
        float[] params,
        long optimizerStep,
        float[] optimizer,
        float[] carried,
        long seed,
        int shards,
        @Nullable Average average,
        @Nullable GemmChoice gemm) {
    /**
     * A mean of the weights.
     *
     * @param decay factor by which older weights fade; 0 where all count alike
     * @param count steps that are in it
     * @param mean the weights
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    public record Average(double decay, long count, float[] mean) {}
}
