package dev.namaskar.train;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.train.batch.Batch;

/** A network that reads a batch's input. */
record TrainableNetwork(Network network) implements Trainable {
    @Override
    public ParamLayout params() {
        return network.params();
    }

    @Override
    public StateLayout state() {
        return network.state();
    }

    @Override
    public SharedWeights weights(Gemm gemm) {
        return network.weights(gemm);
    }

    @Override
    public TrainingPass pass(SharedWeights weights, Gemm gemm) {
        Pass pass = new Pass(network, (NetworkWeights) weights, gemm);
        return new TrainingPass() {
            @Override
            public Frames forward(
                    Batch batch, State initial, State end, boolean training, long dropoutKey, int firstRow) {
                return pass.forward(batch.sequences(), initial, end, training, dropoutKey, firstRow);
            }

            @Override
            public float[] backward() {
                return pass.backward();
            }

            @Override
            public void wantInputGradients() {
                pass.withInputGradients();
            }

            @Override
            public float[] inputGradient() {
                return network.spec().tokens() ? new float[0] : pass.inputGradient();
            }

            @Override
            public State initialStateGradient() {
                return pass.initialStateGradient();
            }
        };
    }
}
