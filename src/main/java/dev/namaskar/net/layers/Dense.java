package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.kernels.RowSums;
import dev.namaskar.kernels.Weights;
import dev.namaskar.params.Initializer;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;

/**
 * A dense layer at every step: {@code y = f(x W + b)}, {@code [T,B,F] -> [T,B,width]}. The last layer of a network is
 * its {@code head}.
 *
 * @param width number of outputs
 * @param activation f
 * @param initializer initializer of W
 */
public record Dense(int width, Activation activation, Initializer initializer) implements Layer {

    /** Checks the settings. */
    public Dense {
        if (width < 1) {
            throw new IllegalArgumentException("expected at least 1 output of a dense layer, found " + width);
        }
    }

    /** A dense layer with the initializer of this name. */
    public Dense(int width, Activation activation, String initializer) {
        this(width, activation, Initializers.named(initializer));
    }

    /** Initializers are the same that go by the same text, as which files keep them. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Dense that
                && width == that.width
                && activation.equals(that.activation)
                && initializer.spec().equals(that.initializer.spec());
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + activation.hashCode()) + initializer.spec().hashCode();
    }

    /** One output without activation. */
    public Dense() {
        this(1, Activation.IDENTITY);
    }

    /** A dense layer with weights drawn as PyTorch draws them. */
    public Dense(int width, Activation activation) {
        this(width, activation, Initializers.pytorch());
    }

    @Override
    public String kind() {
        return "dense";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return width;
    }

    @Override
    public PlacedLayer place(Placement at) {
        String name = at.requireValues().last() ? "head" : at.label();
        return new Placed(
                this,
                at.parameter(name + ".weight", Role.DENSE, 1, at.inputWidth(), width),
                at.parameter(name + ".bias", Role.BIAS, 1, 1, width));
    }

    private record Placed(Dense spec, Slot weight, Slot bias) implements PlacedLayer {
        @Override
        public void initialize(Params params, SplitMix64 random) {
            spec.initializer.fill(params.values(), weight, random);
            if (spec.initializer.equals(Initializers.pytorch())) {
                Initializers.named("pytorch(" + weight.rows() + ")").fill(params.values(), bias, random);
            }
        }

        @Override
        public SharedWeights weights(Gemm gemm) {
            return new SlotWeights(gemm, weight, bias);
        }

        @Override
        public Stage stage(SharedWeights weights, Gemm gemm) {
            return new AtWork(this, (SlotWeights) weights, gemm);
        }
    }

    private static final class AtWork extends Stage {
        private final Placed layer;
        private final Weights plain;
        private final Weights transposed;
        private final float[] bias;
        private final Gemm gemm;
        private final Frames out;
        private final RowSums rowSums;
        private float[] biasRows = new float[0];

        AtWork(Placed layer, SlotWeights weights, Gemm gemm) {
            this.layer = layer;
            plain = weights.matrix(layer.weight, 0);
            transposed = weights.transposed(layer.weight, 0);
            bias = weights.array(layer.bias);
            this.gemm = gemm;
            out = new Frames(layer.spec.width);
            rowSums = new RowSums(gemm);
        }

        @Override
        public Frames forward(Frames x, Call call) {
            out.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
            int step = x.batch() * layer.spec.width;
            repeatBias(step);
            for (int t = 0; t < x.steps(); t++) {
                out.value().write(biasRows, 0, t * step, step);
            }
            gemm.multiply(x.steps() * x.batch(), x.value(), x.at(), plain, 1, out.value(), 0);
            out.onlyInTwin();
            if (layer.spec.activation != Activation.IDENTITY) {
                layer.spec.activation.forward(out.values(), out.size());
                out.pushValue();
            }
            out.reserveGradient(gemm);
            return out;
        }

        private void repeatBias(int step) {
            if (biasRows.length < step) {
                biasRows = new float[step];
            }
            for (int at = 0; at < step; at += bias.length) {
                System.arraycopy(bias, 0, biasRows, at, bias.length);
            }
        }

        @Override
        public void backward(Frames x, Call call, Mirror gradient) {
            if (layer.spec.activation != Activation.IDENTITY) {
                out.grad().pull(0, out.size());
                layer.spec.activation.backward(out.values(), out.gradients(), out.size());
                out.pushGrad();
            }
            int rows = x.steps() * x.batch();
            int width = layer.spec.width;
            gemm.multiplyTransposed(
                    x.width(), width, rows, x.value(), x.at(), out.grad(), 0, 0, gradient, layer.weight.offset());
            gradient.pull(layer.weight.offset(), layer.weight.size());
            rowSums.sum(out.grad(), 0, rows, width, 0, gradient, layer.bias.offset());
            gradient.pull(layer.bias.offset(), width);
            if (x.wantsGradient()) {
                gemm.multiply(rows, out.grad(), 0, transposed, 0, x.grad(), x.at());
            }
        }
    }
}
