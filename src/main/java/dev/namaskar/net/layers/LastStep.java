package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads out each row's last real step alone: {@code [T,B,F] -> [1,B,F]}. A row of length 0 gives zeros. (Where this
 * layer is absent, every step is read out.)
 */
public record LastStep() implements Layer {
    @Override
    public String kind() {
        return "last_step";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return inputWidth;
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of();
    }

    @Override
    public PlacedLayer place(
            ParamLayout params, StateLayout state, int inputWidth, boolean tokens, int index, boolean last) {
        if (tokens || index > 0) {
            throw new IllegalArgumentException("the last step is read once, from values");
        }
        return new Placed(inputWidth);
    }

    private static final class Placed extends PlacedLayer {
        private final int width;

        Placed(int width) {
            this.width = width;
        }

        @Override
        public void initialize(Params params, SplitMix64 random) {}

        @Override
        public LayerWeights weights(Gemm gemm) {
            return LayerWeights.NONE;
        }

        @Override
        public Stage stage(LayerWeights weights, Gemm gemm) {
            return new AtWork(width, gemm);
        }
    }

    private static final class AtWork extends Stage {
        private final Gemm gemm;
        private final Frames out;

        AtWork(int width, Gemm gemm) {
            this.gemm = gemm;
            out = new Frames(width);
        }

        @Override
        public Frames forward(Frames x, Call call) {
            out.shape(1, x.batch(), null).reserve(gemm);
            int width = x.width();
            for (int b = 0; b < x.batch(); b++) {
                int from = lastRow(x, b);
                if (from < 0) {
                    Arrays.fill(out.values(), b * width, (b + 1) * width, 0);
                } else {
                    System.arraycopy(x.values(), from, out.values(), b * width, width);
                }
            }
            out.pushValue();
            out.reserveGradient(gemm);
            return out;
        }

        private static int lastRow(Frames x, int b) {
            int[] lengths = x.lengths();
            int length = lengths == null ? x.steps() : lengths[b];
            return length == 0 ? -1 : x.at() + ((length - 1) * x.batch() + b) * x.width();
        }

        @Override
        public void backward(Frames x, Call call, Mirror gradient) {
            if (!x.wantsGradient()) {
                return;
            }
            int width = x.width();
            out.grad().pull(0, out.size());
            Arrays.fill(x.gradients(), x.at(), x.at() + x.size(), 0);
            for (int b = 0; b < x.batch(); b++) {
                int to = lastRow(x, b);
                if (to >= 0) {
                    System.arraycopy(out.gradients(), b * width, x.gradients(), to, width);
                }
            }
            x.pushGrad();
        }
    }
}
