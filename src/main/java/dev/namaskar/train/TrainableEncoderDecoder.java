package dev.namaskar.train;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.EncoderDecoderPass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.State;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.train.batch.Batch;

/** An encoder and a decoder that read a batch's source and input; nothing is carried from batch to batch. */
record TrainableEncoderDecoder(EncoderDecoder model) implements Trainable {
    @Override
    public ParamLayout params() {
        return model.params();
    }

    @Override
    public SharedWeights weights(Gemm gemm) {
        return model.weights(gemm);
    }

    @Override
    public TrainingPass pass(SharedWeights weights, Gemm gemm) {
        EncoderDecoderPass pass = model.pass(weights, gemm);
        return new TrainingPass() {
            @Override
            public Frames forward(
                    Batch batch, State initial, State end, boolean training, long dropoutKey, int firstRow) {
                return pass.forward(batch.source().sequences(), batch.sequences(), training, dropoutKey, firstRow);
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
            public float[] sourceGradient() {
                return model.encoder().spec().tokens() ? new float[0] : pass.sourceGradient();
            }
        };
    }
}
