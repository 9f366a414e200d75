package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;

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
