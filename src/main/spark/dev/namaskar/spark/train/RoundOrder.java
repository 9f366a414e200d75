package dev.namaskar.spark.train;

import dev.namaskar.files.Json;
import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.RecordCodec;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Snapshot;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every replica is to do in a round, in a form that travels.
 *
 * @param run in whose folder states are kept
 * @param from steps done before
 * @param steps to take
 * @param trainer the run's settings as JSON, but for its products
 * @param open runs whose replicas are still wanted
 * @param memory what the schedule remembers of validation losses, which the driver alone tells it
 * @param averaging how a mean of the weights is taken, or null
 */
record RoundOrder(
        ReplicaStates run,
        long from,
        int steps,
        String optimizer,
        Map<String, Object> optimizerSettings,
        String schedule,
        String trainer,
        String gemm,
        List<String> open,
        float[] memory,
        @Nullable Averaging averaging)
        implements Serializable {
    /**
     * A mean of the weights that goes on in every replica.
     *
     * @param decay factor by which older weights fade with every step
     * @param count steps that are in it
     */
    record Averaging(double decay, long count) implements Serializable {
        /** What a replica goes on with. */
        Snapshot.Average of(float[] mean) {
            return new Snapshot.Average(decay, count, mean);
        }
    }

    static RoundOrder of(
            ReplicaStates run, Trainer trainer, int steps, List<String> open, Snapshot.@Nullable Average mean) {
        TrainerSettings settings = trainer.settings();
        Optimizer optimizer = trainer.optimizer();
        return new RoundOrder(
                run,
                trainer.steps(),
                steps,
                optimizer.name(),
                new HashMap<>(optimizer.settings()),
                optimizer.schedule().spec(),
                Json.write(RecordCodec.PLAIN.write(settings.withGemm(null))),
                trainer.gemm().toString(),
                open,
                trainer.optimizerState().scheduleValues(),
                mean == null ? null : new Averaging(mean.decay(), mean.count()));
    }

    Optimizer inner() {
        return Optimizers.named(optimizer, optimizerSettings);
    }

    /**
     * The settings of a replica's trainer, whose draws are its own.
     *
     * @throws IllegalArgumentException if an executor lacks the library that all multiply with
     */
    TrainerSettings trainer(int replica) throws IOException {
        GemmChoice choice = GemmChoice.named(gemm);
        if (!choice.missing().isEmpty()) {
            throw new IllegalArgumentException("`gemm`: an executor cannot load " + choice.missing()
                    + ", with which the driver multiplies; give executors the same jars, or take plain Java with `gemm`"
                    + " java");
        }
        TrainerSettings all =
                RecordCodec.PLAIN.read("trainer", TrainerSettings.class, Json.readObject("trainer", trainer));
        return all.withSeed(all.seed() + replica * SplitMix64.GOLDEN_GAMMA).withGemm(choice);
    }
}
