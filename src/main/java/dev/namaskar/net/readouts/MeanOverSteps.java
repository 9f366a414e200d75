package dev.namaskar.net.readouts;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.HeapStage;
import dev.namaskar.net.layers.Stage;
import java.util.Arrays;

/**
 * Reads out the mean over each row's real steps, {@code [T,B,F] -> [1,B,F]}: {@code y = sum_{t < length} x_t / length}.
 * A row of length 0 gives zeros.
 */
public record MeanOverSteps() implements OverSteps {
    @Override
    public String kind() {
        return "mean_over_steps";
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
            float[] from = x.values();
            float[] to = y.values();
            Arrays.fill(to, 0, y.size(), 0);
            for (int b = 0; b < x.batch(); b++) {
                int row = y.at(0, b);
                for (int t = 0; t < x.length(b); t++) {
                    int at = x.at(t, b);
                    for (int f = 0; f < x.width(); f++) {
                        to[row + f] += from[at + f];
                    }
                }
                for (int f = 0; f < x.width() && x.length(b) > 0; f++) {
                    to[row + f] /= x.length(b);
                }
            }
        }

        @Override
        protected void backward(Frames x, Frames y, float[] dx, float[] gradient, Call call) {
            float[] dy = y.gradients();
            for (int b = 0; b < x.batch(); b++) {
                for (int t = 0; t < x.length(b); t++) {
                    int at = x.at(t, b);
                    for (int f = 0; f < x.width(); f++) {
                        dx[at + f] = dy[y.at(0, b) + f] / x.length(b);
                    }
                }
            }
        }
    }
}
