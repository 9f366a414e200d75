package dev.namaskar.net.readouts;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.layers.PlacedLayer;
import dev.namaskar.net.layers.Placement;
import dev.namaskar.net.layers.Stage;

/** A layer without parameters that reads a sequence out, {@code [T,B,F] -> [1,B,F]}. */
interface OverSteps extends Layer {
    /** The layer at work. */
    Stage atWork(Gemm gemm, int width);

    @Override
    default int outputWidth(int inputWidth) {
        return inputWidth;
    }

    @Override
    default PlacedLayer place(Placement at) {
        int width = at.requireValues().inputWidth();
        return (weights, gemm) -> atWork(gemm, width);
    }
}
