package dev.namaskar.net.readouts;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.HeapStage;
import dev.namaskar.net.layers.Stage;
import java.util.Arrays;

/**
 * Reads out each row's last real step alone: {@code [T,B,F] -> [1,B,F]}. A row of length 0 gives zeros. (Where no layer
 * reads out, every step is an output.)
 */
public record LastStep() implements OverSteps {
    @Override
    public String kind() {
        return "last_step";
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
            int width = x.width();
            Arrays.fill(y.values(), 0, y.size(), 0);
            for (int b = 0; b < x.batch(); b++) {
                if (x.length(b) > 0) {
                    System.arraycopy(x.values(), x.at(x.length(b) - 1, b), y.values(), b * width, width);
                }
            }
        }

        @Override
        protected void backward(Frames x, Frames y, float[] dx, float[] gradient, Call call) {
            int width = x.width();
            for (int b = 0; b < x.batch(); b++) {
                if (x.length(b) > 0) {
                    System.arraycopy(y.gradients(), b * width, dx, x.at(x.length(b) - 1, b), width);
                }
            }
        }
    }
}
