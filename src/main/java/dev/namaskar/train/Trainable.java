package dev.namaskar.train;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.Network;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.ParamLayout;

/**
 * A model as a {@link Trainer} and a gradient check see it: parameters in one flat buffer, and passes over a batch,
 * forward and back. A {@link Network} is one ({@link #of}); so is whatever is made of several networks over the same
 * parameters, as an encoder and a decoder are:
 *
 * <pre>{@code
 * ParamLayout params = new ParamLayout();
 * Network encoder = new Network(spec, params, "encoder.");
 * Network decoder = new Network(otherSpec, params, "decoder.");
 * weights(gemm) -> SharedWeights.of(List.of(encoder.weights(gemm), decoder.weights(gemm)))
 * }</pre>
 *
 * <p>It holds no weights and never changes, so that any number of threads may work with it.
 */
public interface Trainable {
    /** Where each parameter stands in the flat buffer. */
    ParamLayout params();

    /** The state that is carried from batch to batch; empty for models that begin each anew. */
    default StateLayout state() {
        return new StateLayout();
    }

    /** Room for the weights in the form that these products want; loaded once an update and shared by all passes. */
    SharedWeights weights(Gemm gemm);

    /**
     * A pass for one thread.
     *
     * @param weights what {@link #weights} made
     * @param gemm the products of this thread
     */
    TrainingPass pass(SharedWeights weights, Gemm gemm);

    /** A network on its own: it reads a batch's input. */
    static Trainable of(Network network) {
        return new TrainableNetwork(network);
    }

    /** An encoder and a decoder: they read a batch's source and input. */
    static Trainable of(EncoderDecoder model) {
        return new TrainableEncoderDecoder(model);
    }
}
