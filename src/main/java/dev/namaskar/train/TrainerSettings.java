package dev.namaskar.train;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
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
 * @param library whose matrix products; null for the one that is fastest for the network's size
 */
public record TrainerSettings(
        int threads,
        int shards,
        long seed,
        boolean carryState,
        @Nullable GemmLibrary library) {
    /** Checks the numbers. */
    public TrainerSettings {
        if (threads < 1 || shards < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 thread and 1 shard, found " + threads + " and " + shards);
        }
    }

    /** Worker threads where nothing is asked for: the processors, at most 8. */
    public static int usualThreads() {
        return Math.min(8, Runtime.getRuntime().availableProcessors());
    }

    /** As many shards as threads, carried state, the library that is fastest for the network's size. */
    public static TrainerSettings of(int threads, long seed) {
        return new TrainerSettings(threads, threads, seed, true, null);
    }

    /** The library for a model whose passes take so many rows. */
    GemmLibrary libraryFor(ParamLayout params, int rows) {
        if (library != null) {
            return library;
        }
        // Input weights count where no recurrent ones do; elsewhere they may be a table of tokens, which no product
        // reads.
        boolean recurrent = params.slots().stream().anyMatch(slot -> slot.role() == Role.RECURRENT);
        long largest = params.slots().stream()
                .filter(slot -> slot.role() == Role.RECURRENT
                        || slot.role() == Role.DENSE
                        || (slot.role() == Role.INPUT && !recurrent))
                .mapToLong(Slot::blockSize)
                .max()
                .orElse(0);
        return GemmLibrary.bestFor(rows * largest);
    }

    /** The same with every batch beginning from a zero state. */
    public TrainerSettings withoutCarriedState() {
        return new TrainerSettings(threads, shards, seed, false, library);
    }
}
