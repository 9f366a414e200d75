package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.Map;

/**
 * A learned vector for each token: {@code y_t = E[x_t]}, {@code [T,B] -> [T,B,width]}.
 *
 * @param width length of a token's vector
 */
public record Embedding(int width) implements Layer {
    /** Checks the width. */
    public Embedding {
        if (width < 1) {
            throw new IllegalArgumentException("expected an embedding of at least 1 value, found " + width);
        }
    }

    @Override
    public String kind() {
        return "embedding";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return width;
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of("width", width);
    }

    @Override
    public PlacedLayer place(
            ParamLayout params, StateLayout state, int inputWidth, boolean tokens, int index, boolean last) {
        if (!tokens || index > 0) {
            throw new IllegalArgumentException(
                    "an embedding reads token ids; it must be the first layer of a token network");
        }
        return new Placed(params.add("embedding.weight", Role.EMBEDDING, 1, inputWidth, width));
    }

    private static final class Placed extends PlacedLayer {
        final Slot slot;

        Placed(Slot slot) {
            this.slot = slot;
        }

        @Override
        public void initialize(Params params, SplitMix64 random) {
            Initializers.named("normal(0,1)").fill(params.values(), slot, random);
        }

        @Override
        public LayerWeights weights(Gemm gemm) {
            return new Loaded(slot);
        }

        @Override
        public Stage stage(LayerWeights weights, Gemm gemm) {
            return new AtWork(slot, (Loaded) weights, gemm);
        }
    }

    private static final class Loaded extends LayerWeights {
        private final Slot slot;
        final float[] table;

        Loaded(Slot slot) {
            this.slot = slot;
            table = new float[slot.size()];
        }

        @Override
        public int parts() {
            return 1;
        }

        @Override
        public void load(float[] values, int part, boolean training) {
            System.arraycopy(values, slot.offset(), table, 0, table.length);
        }
    }

    private static final class AtWork extends Stage {
        private final Slot slot;
        private final Loaded weights;
        private final Gemm gemm;
        private final Frames out;

        AtWork(Slot slot, Loaded weights, Gemm gemm) {
            this.slot = slot;
            this.weights = weights;
            this.gemm = gemm;
            out = new Frames(slot.columns());
        }

        @Override
        public Frames forward(Frames x, Call call) {
            out.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
            int width = slot.columns();
            int[] tokens = x.tokens();
            for (int i = 0; i < x.steps() * x.batch(); i++) {
                System.arraycopy(weights.table, tokens[i] * width, out.values(), i * width, width);
            }
            out.pushValue();
            out.reserveGradient(gemm);
            return out;
        }

        @Override
        public void backward(Frames x, Call call, Mirror gradient) {
            out.grad().pull(0, out.size());
            float[] to = gradient.heap();
            Arrays.fill(to, slot.offset(), slot.end(), 0);
            int width = slot.columns();
            int[] tokens = x.tokens();
            for (int i = 0; i < x.steps() * x.batch(); i++) {
                int at = slot.offset() + tokens[i] * width;
                for (int j = 0; j < width; j++) {
                    to[at + j] += out.gradients()[i * width + j];
                }
            }
        }
    }
}
