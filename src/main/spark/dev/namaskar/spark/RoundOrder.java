package dev.namaskar.spark;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What every replica is to do in a round, in a form that travels.
 *
 * @param run in whose folder states are kept
 * @param from steps done before
 * @param steps to take
 */
record RoundOrder(
        ReplicaStates run,
        long from,
        int steps,
        String optimizer,
        Map<String, Object> optimizerSettings,
        String schedule,
        int threads,
        int shards,
        long seed,
        boolean carryState,
        String gemm)
        implements Serializable {
    static RoundOrder of(ReplicaStates run, Trainer trainer, int steps) {
        TrainerSettings settings = trainer.settings();
        Optimizer optimizer = trainer.optimizer();
        return new RoundOrder(
                run,
                trainer.steps(),
                steps,
                optimizer.name(),
                new HashMap<>(optimizer.settings()),
                optimizer.schedule().spec(),
                settings.threads(),
                settings.shards(),
                settings.seed(),
                settings.carryState(),
                trainer.gemm().toString());
    }

    Optimizer inner() {
        return Optimizers.named(optimizer, optimizerSettings);
    }

    /**
     * The settings of a replica's trainer, whose draws are its own.
     *
     * @throws IllegalArgumentException if an executor lacks the library that all multiply with
     */
    TrainerSettings trainer(int replica) {
        GemmChoice choice = GemmChoice.named(gemm);
        if (!choice.missing().isEmpty()) {
            throw new IllegalArgumentException("`gemm`: an executor cannot load " + choice.missing()
                    + ", with which the driver multiplies; give executors the same jars, or take plain Java with `gemm`"
                    + " java");
        }
        return new TrainerSettings(threads, shards, seed + replica * SplitMix64.GOLDEN_GAMMA, carryState, choice);
    }
}
