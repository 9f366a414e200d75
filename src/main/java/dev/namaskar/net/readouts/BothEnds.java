package dev.namaskar.net.readouts;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.HeapStage;
import dev.namaskar.net.layers.PlacedLayer;
import dev.namaskar.net.layers.Placement;
import dev.namaskar.net.layers.Stage;
import java.util.Arrays;

/**
 * Reads out the two ends of a layer that reads both ways side by side, {@code [T,B,2H] -> [1,B,2H]}: of the forward
 * direction the last real step, of the reverse direction, which ends where the sequence begins, the first. So both
 * halves have seen the whole sequence. A row of length 0 gives zeros.
 */
public record BothEnds() implements OverSteps {
    @Override
    public String kind() {
        return "both_ends";
    }

    @Override
    public PlacedLayer place(Placement at) {
        int width = at.requireValues().inputWidth();
        if (width % 2 != 0) {
            throw new IllegalArgumentException(
                    "expected two directions side by side, of equal width, before their ends are read; found " + width
                            + " values a step");
        }
        return OverSteps.super.place(at);
    }

    @Override
    public Stage atWork(Gemm gemm, int width) {
        return new AtWork(gemm, width);
    }

    private static final class AtWork extends HeapStage {
        AtWork(Gemm gemm, int width) {
            super(gemm, width, true);
        }

        @Override
        protected void forward(Frames x, Frames y, Call call) {
            int half = x.width() / 2;
            Arrays.fill(y.values(), 0, y.size(), 0);
            for (int b = 0; b < x.batch(); b++) {
                if (x.length(b) > 0) {
                    System.arraycopy(x.values(), x.at(x.length(b) - 1, b), y.values(), y.at(0, b), half);
                    System.arraycopy(x.values(), x.at(0, b) + half, y.values(), y.at(0, b) + half, half);
                }
            }
        }

        @Override
        protected void backward(Frames x, Frames y, float[] dx, float[] gradient, Call call) {
            int half = x.width() / 2;
            for (int b = 0; b < x.batch(); b++) {
                if (x.length(b) > 0) {
                    System.arraycopy(y.gradients(), y.at(0, b), dx, x.at(x.length(b) - 1, b), half);
                    System.arraycopy(y.gradients(), y.at(0, b) + half, dx, x.at(0, b) + half, half);
                }
            }
        }
    }
}
