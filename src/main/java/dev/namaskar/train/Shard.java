package dev.namaskar.train;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.State;
import dev.namaskar.train.batch.Batch;
import org.jspecify.annotations.Nullable;

/** Some rows of every batch, with a pass, a state and a gradient of their own. */
final class Shard {
    private final int firstRow;
    private final Batch batch;
    private final State carried;
    private final TrainingPass pass;
    private final Objective objective;
    private double loss;
    private float[] gradient = new float[0];

    Shard(Trainable model, SharedWeights weights, Gemm gemm, Batch batch, int firstRow, Objective objective) {
        this.firstRow = firstRow;
        this.batch = batch;
        this.objective = objective;
        carried = new State(model.state(), batch.rows());
        pass = model.pass(weights, gemm);
    }

    /** Forward and backward over this shard's rows; the state is carried on, its gradient is not. */
    void compute(Batch whole, boolean fresh, boolean carry, long dropoutKey, double weight) {
        whole.copyRows(firstRow, batch);
        if (fresh || !carry) {
            carried.clear();
        }
        Frames out = pass.forward(batch, carried, carried, true, dropoutKey, firstRow);
        loss = objective.compute(out, batch, weight);
        gradient = pass.backward();
    }

    /** What the whole batch's loss is divided by. */
    double count(Batch whole) {
        return objective.count(whole);
    }

    /** What the objective counted beside the loss. */
    @Nullable
    Tally tally() {
        return objective.tally();
    }

    double loss() {
        return loss;
    }

    float[] gradient() {
        return gradient;
    }

    void exportState(State whole) {
        carried.copyRows(0, batch.rows(), whole, firstRow);
    }

    void importState(State whole) {
        whole.copyRows(firstRow, batch.rows(), carried, 0);
    }
}
