package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;

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

    /** A single value for each token. */
    public Embedding() {
        this(1);
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
    public PlacedLayer place(Placement at) {
        if (!at.tokens() || at.index() > 0) {
            throw new IllegalArgumentException(
                    "an embedding reads token ids; it must be the first layer of a token network");
        }
        return new Placed(at.parameter("embedding.weight", Role.EMBEDDING, 1, at.inputWidth(), width));
    }

    private record Placed(Slot slot) implements PlacedLayer {
        @Override
        public void initialize(Params params, SplitMix64 random) {
            Initializers.normal(0, 1).fill(params.values(), slot, random);
        }

        @Override
        public SharedWeights weights(Gemm gemm) {
            return new SlotWeights(gemm, slot);
        }

        @Override
        public Stage stage(SharedWeights weights, Gemm gemm) {
            return new AtWork(slot, ((SlotWeights) weights).array(slot), gemm);
        }
    }

    private static final class AtWork extends Stage {
        private final Slot slot;
        private final float[] table;
        private final Gemm gemm;
        private final Frames out;

        AtWork(Slot slot, float[] table, Gemm gemm) {
            this.slot = slot;
            this.table = table;
            this.gemm = gemm;
            out = new Frames(slot.columns());
        }

        @Override
        public Frames forward(Frames x, Call call) {
            out.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
            int width = slot.columns();
            int[] tokens = x.tokens();
            for (int i = 0; i < x.steps() * x.batch(); i++) {
                System.arraycopy(table, tokens[i] * width, out.values(), i * width, width);
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
