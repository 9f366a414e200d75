package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.params.Params;
import dev.namaskar.params.Settings;
import dev.namaskar.params.SplitMix64;
import java.util.List;

/**
 * Layers that read the first values of each step, while the others pass by beside them: {@code y = [f(x[0 .. width)),
 * x[width ..)]}, {@code [T,B,F] -> [T,B,G + F - width]} where f, the layers one after the other, puts out G values.
 *
 * @param width values that the layers read
 * @param layers at least one, which all put out something for every step
 */
public record Beside(int width, List<Layer> layers) implements Layer {
    /** Keeps its own list. */
    public Beside {
        layers = List.copyOf(layers);
        Settings.require(width >= 1, "width", "1 or more", width);
        Settings.require(!layers.isEmpty(), "layers", "at least one", 0);
    }

    /** These layers. */
    public Beside(int width, Layer... layers) {
        this(width, List.of(layers));
    }

    /** A dense layer that reads one value. */
    public Beside() {
        this(1, new Dense());
    }

    @Override
    public String kind() {
        return "beside";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return Layer.outputWidth(layers, width) + inputWidth - width;
    }

    @Override
    public PlacedLayer place(Placement at) {
        int in = at.requireValues().inputWidth();
        Settings.require(width <= in, "width", "at most " + in + ", which the layer reads", width);
        return new Placed(new PlacedChain(at, layers, width), width, outputWidth(in));
    }

    private record Placed(PlacedChain layers, int width, int outputWidth) implements PlacedLayer {
        @Override
        public void initialize(Params params, SplitMix64 random) {
            layers.initialize(params, random);
        }

        @Override
        public SharedWeights weights(Gemm gemm) {
            return layers.weights(gemm);
        }

        @Override
        public Stage stage(SharedWeights weights, Gemm gemm) {
            return new AtWork(layers.stage(weights, gemm), width, outputWidth, gemm);
        }
    }

    private static final class AtWork extends Stage {
        private final Chain inner;
        private final Gemm gemm;
        private final Frames in;
        private final Frames out;
        private Frames through;

        AtWork(Chain inner, int width, int outputWidth, Gemm gemm) {
            this.inner = inner;
            this.gemm = gemm;
            in = new Frames(width);
            out = new Frames(outputWidth);
            through = in;
        }

        @Override
        public Frames forward(Frames x, Call call) {
            in.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm).wantGradient(x.wantsGradient());
            columns(x.values(), x.at(), x.width(), in.values(), 0, in.width(), in.width());
            in.pushValue();
            in.reserveGradient(gemm);
            through = inner.forward(in, call);
            if (through.steps() != x.steps()) {
                throw new IllegalArgumentException(
                        "expected layers that put out something for every step, beside values"
                                + " that pass by; found one that reads out once");
            }
            out.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
            int made = through.width();
            columns(through.values(), through.at(), made, out.values(), 0, out.width(), made);
            columns(x.values(), x.at() + in.width(), x.width(), out.values(), made, out.width(), out.width() - made);
            out.pushValue();
            return out.reserveGradient(gemm);
        }

        @Override
        public void backward(Frames x, Call call, Mirror gradient) {
            out.grad().pull(0, out.size());
            int made = through.width();
            columns(out.gradients(), 0, out.width(), through.gradients(), through.at(), made, made);
            through.pushGrad();
            inner.backward(in, call, gradient);
            if (!x.wantsGradient()) {
                return;
            }
            in.grad().pull(0, in.size());
            columns(in.gradients(), 0, in.width(), x.gradients(), x.at(), x.width(), in.width());
            int passing = out.width() - made;
            columns(out.gradients(), made, out.width(), x.gradients(), x.at() + in.width(), x.width(), passing);
            x.pushGrad();
        }

        /** Copies some values of every step between arrays of so many values a step. */
        private void columns(float[] from, int at, int fromWidth, float[] to, int toAt, int toWidth, int count) {
            for (int row = 0; row < in.steps() * in.batch(); row++) {
                System.arraycopy(from, at + row * fromWidth, to, toAt + row * toWidth, count);
            }
        }
    }
}
