package dev.namaskar.train;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;

/** Some rows of every batch, with a pass, a state and a gradient of their own. */
final class Shard {
    private final int firstRow;
    private final Batch batch;
    private final State carried;
    private final Pass pass;
    private final Objective objective;
    private double loss;
    private float[] gradient = new float[0];

    Shard(
            Network network,
            NetworkWeights weights,
            GemmLibrary library,
            Batch batch,
            int firstRow,
            Objective objective) {
        this.firstRow = firstRow;
        this.batch = batch;
        this.objective = objective;
        carried = network.zeroState(batch.rows());
        pass = new Pass(network, weights, library.open());
    }

    /** Forward and backward over this shard's rows; the state is carried on, its gradient is not. */
    void compute(Batch whole, boolean fresh, boolean carry, long dropoutKey, double weight) {
        whole.copyRows(firstRow, batch);
        if (fresh || !carry) {
            carried.clear();
        }
        Frames out = pass.forward(batch.sequences(), carried, carried, true, dropoutKey, firstRow);
        loss = objective.compute(out, batch, weight);
        gradient = pass.backward();
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
