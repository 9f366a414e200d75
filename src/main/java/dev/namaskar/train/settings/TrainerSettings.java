package dev.namaskar.train.settings;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Role;
import dev.namaskar.params.Setting;
import org.jspecify.annotations.Nullable;

/**
 * How a trainer works.
 *
 * @param threads worker threads; changes speed, not results
 * @param shards parts that every batch is cut into; gradients are added up in their order, so another number rounds
 *     differently
 * @param seed what dropout masks are drawn from
 * @param carryState whether the state at a batch's end is where the next begins (truncated back-propagation through
 *     time), unless the source says that it starts fresh
 * @param gemm whose matrix products; null for what is fastest here at the run's sizes ({@link
 *     dev.namaskar.kernels.GemmTrial}) or, in a restored run, for what it began with
 * @param dropConnect part of the recurrent weights that each update sees as zero (Wan et al. 2013); 0 for none
 */
public record TrainerSettings(
        int threads,
        int shards,
        long seed,
        boolean carryState,
        @Nullable GemmChoice gemm,
        double dropConnect) {
    /** Checks the numbers. */
    public TrainerSettings {
        if (threads < 1 || shards < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 thread and 1 shard, found " + threads + " and " + shards);
        }
        Setting.fraction("drop-connect", dropConnect);
    }

    /** The same with one library for all products. */
    public TrainerSettings(int threads, int shards, long seed, boolean carryState, GemmLibrary library) {
        this(threads, shards, seed, carryState, GemmChoice.of(library), 0);
    }

    /** Worker threads where nothing is asked for: the processors, at most 8. */
    public static int usualThreads() {
        return Math.min(8, Runtime.getRuntime().availableProcessors());
    }

    /** As many shards as threads, carried state, the products that are fastest here. */
    public static TrainerSettings of(int threads, long seed) {
        return new TrainerSettings(threads, threads, seed, true, null, 0);
    }

    /** The same with every batch beginning from a zero state. */
    public TrainerSettings withoutCarriedState() {
        return new TrainerSettings(threads, shards, seed, false, gemm, dropConnect);
    }

    /** The same drawing at random from another seed. */
    public TrainerSettings withSeed(long start) {
        return new TrainerSettings(threads, shards, start, carryState, gemm, dropConnect);
    }

    /** The same with these matrix products; null for what is fastest here. */
    public TrainerSettings withGemm(@Nullable GemmChoice choice) {
        return new TrainerSettings(threads, shards, seed, carryState, choice, dropConnect);
    }

    /**
     * Checks that every setting changes something over these parameters.
     *
     * @throws IllegalArgumentException naming the setting that does not
     */
    public void requireEffect(ParamLayout params) {
        Setting.require(
                dropConnect == 0 || params.slots().stream().anyMatch(slot -> slot.role() == Role.RECURRENT),
                "drop-connect",
                "0 where there are no recurrent weights",
                dropConnect);
    }

    /** The same with this part of the recurrent weights dropped in each update. */
    public TrainerSettings withDropConnect(double rate) {
        return new TrainerSettings(threads, shards, seed, carryState, gemm, rate);
    }
}
