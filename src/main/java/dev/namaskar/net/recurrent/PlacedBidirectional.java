package dev.namaskar.net.recurrent;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.layers.PlacedLayer;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.Stage;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;

/** Two recurrent layers over the same input, one of which reads it backwards (Schuster and Paliwal 1997). */
final class PlacedBidirectional implements PlacedLayer {
    final Recurrent spec;
    final PlacedRecurrent forward;
    final PlacedRecurrent reverse;

    PlacedBidirectional(Recurrent spec, PlacedRecurrent forward, PlacedRecurrent reverse) {
        this.spec = spec;
        this.forward = forward;
        this.reverse = reverse;
    }

    @Override
    public void initialize(Params params, SplitMix64 random) {
        forward.initialize(params, random);
        reverse.initialize(params, random);
    }

    @Override
    public SharedWeights weights(Gemm gemm) {
        return new Both(forward.weights(gemm), reverse.weights(gemm));
    }

    @Override
    public Stage stage(SharedWeights weights, Gemm gemm) {
        Both both = (Both) weights;
        return new BidirectionalStage(this, forward.stage(both.forward, gemm), reverse.stage(both.reverse, gemm), gemm);
    }

    private record Both(RecurrentWeights forward, RecurrentWeights reverse) implements SharedWeights {
        @Override
        public int parts() {
            return forward.parts() + reverse.parts();
        }

        @Override
        public void load(float[] values, int part, boolean training) {
            if (part < forward.parts()) {
                forward.load(values, part, training);
            } else {
                reverse.load(values, part - forward.parts(), training);
            }
        }
    }
}
