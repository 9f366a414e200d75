package dev.namaskar.train;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.State;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The parts that every batch is cut into, each with a pass of its own over weights that all share. */
final class Shards {
    private final GemmChoice gemm;
    private final SharedWeights weights;
    private final List<Shard> shards = new ArrayList<>();

    Shards(Trainable model, BatchSource source, int count, Supplier<Objective> objectives, GemmChoice gemm) {
        this.gemm = gemm;
        weights = model.weights(gemm.open());
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) source.rows() * i / count);
            int to = (int) ((long) source.rows() * (i + 1) / count);
            Batch rows = new Batch(source.shape(), to - from);
            shards.add(new Shard(model, weights, gemm.open(), rows, from, objectives.get()));
        }
    }

    GemmChoice gemm() {
        return gemm;
    }

    int count() {
        return shards.size();
    }

    SharedWeights weights() {
        return weights;
    }

    Shard get(int index) {
        return shards.get(index);
    }

    double loss() {
        double loss = 0;
        for (int i = 0; i < shards.size(); i++) { // by index: an iterator would be an object a step
            loss += shards.get(i).loss();
        }
        return loss;
    }

    /** What the objectives counted beside the loss of the last step; null where they count nothing. */
    @Nullable
    Tally tally() {
        Tally sum = shards.get(0).tally();
        for (int i = 1; i < shards.size() && sum != null; i++) {
            Tally other = shards.get(i).tally();
            sum = other == null ? null : sum.plus(other);
        }
        return sum;
    }

    /** Adds values of all gradients to the first's, in the shards' order. */
    void addUp(int from, int to) {
        float[] sum = shards.get(0).gradient();
        for (int s = 1; s < shards.size(); s++) {
            add(shards.get(s).gradient(), sum, from, to);
        }
    }

    private static void add(float[] from, float[] to, int start, int end) {
        for (int j = start; j < end; j++) {
            to[j] += from[j];
        }
    }

    void exportState(State whole) {
        shards.forEach(shard -> shard.exportState(whole));
    }

    void importState(State whole) {
        shards.forEach(shard -> shard.importState(whole));
    }
}
