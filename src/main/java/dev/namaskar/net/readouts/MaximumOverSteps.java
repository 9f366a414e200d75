package dev.namaskar.net.readouts;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.HeapStage;
import dev.namaskar.net.layers.Stage;
import java.util.Arrays;

/**
 * Reads out the maximum over each row's real steps, value by value, {@code [T,B,F] -> [1,B,F]}: {@code y_f = max_{t <
 * length} x_tf}. Its gradient goes to the step where the maximum stood, to the first where several are equal. A row of
 * length 0 gives zeros; what is not a number stays so.
 */
public record MaximumOverSteps() implements OverSteps {
    @Override
    public String kind() {
        return "maximum_over_steps";
    }

    @Override
    public Stage atWork(Gemm gemm, int width) {
        return new AtWork(gemm, width);
    }

    private static final class AtWork extends HeapStage {
        /** Where in the input each output stood; below 0 where a row has no step. */
        private int[] stood = new int[0];

        AtWork(Gemm gemm, int width) {
            super(gemm, width, true);
        }

        @Override
        protected void forward(Frames x, Frames y, Call call) {
            float[] from = x.values();
            if (stood.length < y.size()) {
                stood = new int[y.size()];
            }
            Arrays.fill(stood, 0, y.size(), -1);
            Arrays.fill(y.values(), 0, y.size(), 0);
            for (int b = 0; b < x.batch(); b++) {
                for (int f = 0; f < x.width() && x.length(b) > 0; f++) {
                    int best = x.at(0, b) + f;
                    for (int t = 1; t < x.length(b); t++) {
                        int at = x.at(t, b) + f;
                        if (from[at] > from[best] || Float.isNaN(from[at])) {
                            best = at;
                        }
                    }
                    stood[y.at(0, b) + f] = best;
                    y.values()[y.at(0, b) + f] = from[best];
                }
            }
        }

        @Override
        protected void backward(Frames x, Frames y, float[] dx, float[] gradient, Call call) {
            for (int i = 0; i < y.size(); i++) {
                if (stood[i] >= 0) {
                    dx[stood[i]] = y.gradients()[i];
                }
            }
        }
    }
}
