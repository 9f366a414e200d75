package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import java.util.List;

/**
 * Layers beside a way straight through (He, Zhang, Ren and Sun 2015): {@code y = x + f(x)}, {@code [T,B,F] -> [T,B,F]},
 * f being the layers one after the other; {@code dx = dy + f'(x) dy}.
 *
 * @param layers at least one; the last puts out as many values as the first reads, for every step
 */
public record Residual(List<Layer> layers) implements Layer {
    /** Keeps its own list. */
    public Residual {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("expected at least one layer beside the way straight through");
        }
    }

    /** These layers. */
    public Residual(Layer... layers) {
        this(List.of(layers));
    }

    /** A layer that does nothing beside the way straight through. */
    public Residual() {
        this(new Dropout());
    }

    @Override
    public String kind() {
        return "residual";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return inputWidth;
    }

    @Override
    public PlacedLayer place(Placement at) {
        int width = at.requireValues().inputWidth();
        PlacedChain placed = new PlacedChain(at, layers, width);
        if (placed.outputWidth() != width) {
            throw new IllegalArgumentException("expected layers that put out as many values as they read, " + width
                    + ", beside a residual's way straight through; found " + placed.outputWidth());
        }
        return new Placed(placed);
    }

    private record Placed(PlacedChain layers) implements PlacedLayer {
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
            return new AtWork(layers.stage(weights, gemm), gemm);
        }
    }

    private static final class AtWork extends Stage {
        private final Chain inner;
        private final Gemm gemm;
        private Frames in = new Frames(0);
        private Frames beside = in;
        private Frames out = in;

        AtWork(Chain inner, Gemm gemm) {
            this.inner = inner;
            this.gemm = gemm;
        }

        @Override
        public Frames forward(Frames x, Call call) {
            if (in.width() != x.width()) {
                in = new Frames(x.width());
                out = new Frames(x.width());
            }
            // The layers get frames of their own: their input's gradient is one part of what x gets.
            in.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm).wantGradient(x.wantsGradient());
            System.arraycopy(x.values(), x.at(), in.values(), 0, x.size());
            in.pushValue();
            if (x.wantsGradient()) {
                in.reserveGradient(gemm);
            }
            beside = inner.forward(in, call);
            if (beside.steps() != x.steps()) {
                throw new IllegalArgumentException("expected layers that put out something for every step beside a"
                        + " residual's way straight through, found one that reads out once");
            }
            out.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
            float[] y = out.values();
            System.arraycopy(beside.values(), beside.at(), y, 0, x.size());
            float[] straight = in.values();
            for (int i = 0; i < x.size(); i++) {
                y[i] += straight[i];
            }
            out.pushValue();
            return out.reserveGradient(gemm);
        }

        @Override
        public void backward(Frames x, Call call, Mirror gradient) {
            out.grad().pull(0, out.size());
            float[] dy = out.gradients();
            if (beside == in) {
                // layers that had nothing to do: f(x) = x
                if (x.wantsGradient()) {
                    for (int i = 0; i < x.size(); i++) {
                        x.gradients()[x.at() + i] = 2 * dy[i];
                    }
                    x.pushGrad();
                }
                return;
            }
            System.arraycopy(dy, 0, beside.gradients(), beside.at(), out.size());
            beside.pushGrad();
            inner.backward(in, call, gradient);
            if (x.wantsGradient()) {
                in.grad().pull(0, in.size());
                float[] through = in.gradients();
                float[] dx = x.gradients();
                for (int i = 0; i < x.size(); i++) {
                    dx[x.at() + i] = dy[i] + through[i];
                }
                x.pushGrad();
            }
        }
    }
}
