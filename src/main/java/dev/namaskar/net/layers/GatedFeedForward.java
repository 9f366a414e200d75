package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import java.util.List;

/**
 * A gated feed-forward block at every step (Dauphin et al. 2017; Shazeer 2020), {@code [T,B,F] -> [T,B,F]}:
 *
 * <pre>{@code
 * y = (f(x W_g + b_g) * (x W_u + b_u)) W_d + b_d
 * }</pre>
 *
 * @param width inner width, of gate and what it gates
 * @param activation f, the gate's; sigmoid is the gated linear unit
 */
public record GatedFeedForward(int width, Activation activation) implements Layer {
    /** Checks the width. */
    public GatedFeedForward {
        if (width < 1) {
            throw new IllegalArgumentException("expected an inner width of at least 1, found " + width);
        }
    }

    /** One gated linear unit. */
    public GatedFeedForward() {
        this(1, Activation.SIGMOID);
    }

    @Override
    public String kind() {
        return "gated_feed_forward";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return inputWidth;
    }

    @Override
    public PlacedLayer place(Placement at) {
        int in = at.requireValues().inputWidth();
        return new Placed(
                width,
                at.place(new Dense(width, activation), in),
                at.place(new Dense(width, Activation.IDENTITY), in),
                at.place(new Dense(in, Activation.IDENTITY), width));
    }

    private record Placed(int width, PlacedLayer gate, PlacedLayer up, PlacedLayer down) implements PlacedLayer {
        @Override
        public void initialize(Params params, SplitMix64 random) {
            gate.initialize(params, random);
            up.initialize(params, random);
            down.initialize(params, random);
        }

        @Override
        public SharedWeights weights(Gemm gemm) {
            return SharedWeights.of(List.of(gate.weights(gemm), up.weights(gemm), down.weights(gemm)));
        }

        @Override
        public Stage stage(SharedWeights weights, Gemm gemm) {
            List<SharedWeights> each = ((SharedWeights.Several) weights).each();
            return new AtWork(
                    width,
                    gate.stage(each.get(0), gemm),
                    up.stage(each.get(1), gemm),
                    down.stage(each.get(2), gemm),
                    gemm);
        }
    }

    private static final class AtWork extends Stage {
        private final Stage gate;
        private final Stage up;
        private final Stage down;
        private final Gemm gemm;
        private final Frames gated;
        private Frames gates;
        private Frames values;
        private float[] straight = new float[0];

        AtWork(int width, Stage gate, Stage up, Stage down, Gemm gemm) {
            this.gate = gate;
            this.up = up;
            this.down = down;
            this.gemm = gemm;
            gated = new Frames(width).wantGradient(true);
            gates = gated;
            values = gated;
        }

        @Override
        public Frames forward(Frames x, Call call) {
            gates = gate.forward(x, call);
            values = up.forward(x, call);
            gated.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
            float[] g = gates.values();
            float[] u = values.values();
            float[] to = gated.values();
            for (int i = 0; i < gated.size(); i++) {
                to[i] = g[i] * u[i];
            }
            gated.pushValue();
            gated.reserveGradient(gemm);
            return down.forward(gated, call);
        }

        @Override
        public void backward(Frames x, Call call, Mirror gradient) {
            down.backward(gated, call, gradient);
            gated.grad().pull(0, gated.size());
            float[] d = gated.gradients();
            for (int i = 0; i < gated.size(); i++) {
                gates.gradients()[i] = d[i] * values.values()[i];
                values.gradients()[i] = d[i] * gates.values()[i];
            }
            gates.pushGrad();
            values.pushGrad();
            gate.backward(x, call, gradient);
            if (!x.wantsGradient()) {
                up.backward(x, call, gradient);
                return;
            }
            // each overwrites the gradient of the input that both share
            x.grad().pull(x.at(), x.size());
            if (straight.length < x.size()) {
                straight = new float[x.size()];
            }
            System.arraycopy(x.gradients(), x.at(), straight, 0, x.size());
            up.backward(x, call, gradient);
            x.grad().pull(x.at(), x.size());
            for (int i = 0; i < x.size(); i++) {
                x.gradients()[x.at() + i] += straight[i];
            }
            x.pushGrad();
        }
    }
}
