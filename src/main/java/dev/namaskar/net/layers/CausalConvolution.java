package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;

/**
 * A short convolution over time that sees no future, value by value ("depthwise"), {@code [T,B,F] -> [T,B,F]}:
 *
 * <pre>{@code
 * y_t = sum_{k=0}^{taps-1} w_k x_{t-k} + b
 * }</pre>
 *
 * <p>The last {@code taps - 1} inputs are its state, {@code conv0_1} the nearest, so that a text read step by step gives the numbers that
 * training saw; before a sequence they are zeros.
 *
 * @param taps steps that an output sees, at least 1
 */
public record CausalConvolution(int taps) implements Layer {
    private static final int MOST = 1000;

    /** Checks the taps. */
    public CausalConvolution {
        if (taps < 1 || taps > MOST) {
            throw new IllegalArgumentException("expected 1 to " + MOST + " taps of a convolution, found " + taps);
        }
    }

    /** Four taps. */
    public CausalConvolution() {
        this(4);
    }

    @Override
    public String kind() {
        return "causal_convolution";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return inputWidth;
    }

    @Override
    public PlacedLayer place(Placement at) {
        int width = at.requireValues().inputWidth();
        StateLayout.Part[] past = new StateLayout.Part[taps];
        for (int k = 1; k < taps; k++) {
            past[k] = at.state("conv" + at.index() + "_" + k, width);
        }
        return new Placed(
                at.parameter(at.label() + ".weight", Role.GAIN, taps, 1, width),
                at.parameter(at.label() + ".bias", Role.BIAS, 1, 1, width),
                past);
    }

    @SuppressWarnings("ArrayRecordComponent") // one array made where the layer was placed, never compared
    private record Placed(Slot weight, Slot bias, StateLayout.Part[] past) implements PlacedLayer {
        @Override
        public void initialize(Params params, SplitMix64 random) {
            // as PyTorch draws a convolution of each value for itself
            double limit = 1 / Math.sqrt(weight.blocks());
            Initializers.uniform(-limit, limit).fill(params.values(), weight, random);
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

    private static final class AtWork extends HeapStage {
        private final Placed layer;
        private final int width;
        private final int taps;
        private final float[] weight;
        private final float[] bias;
        /** What stood before the sequence when it was read: forward may write over the state that it came from. */
        private float[] before = new float[0];

        AtWork(Placed layer, SlotWeights weights, Gemm gemm) {
            super(gemm, layer.bias.columns());
            this.layer = layer;
            width = layer.bias.columns();
            taps = layer.weight.blocks();
            weight = weights.array(layer.weight);
            bias = weights.array(layer.bias);
        }

        @Override
        protected void forward(Frames x, Frames y, Call call) {
            int step = x.batch() * width;
            before = new float[taps * step];
            for (int k = 1; k < taps; k++) {
                System.arraycopy(call.initial().values(), call.initial().at(layer.past[k]), before, k * step, step);
            }
            float[] to = y.values();
            for (int t = 0; t < x.steps(); t++) {
                for (int b = 0; b < x.batch(); b++) {
                    int at = y.at(t, b);
                    System.arraycopy(bias, 0, to, at, width);
                    for (int k = 0; k < taps; k++) {
                        float[] from = t < k ? before : x.values();
                        int place = t < k ? (k - t) * step + b * width : x.at(t - k, b);
                        for (int f = 0; f < width; f++) {
                            to[at + f] += weight[k * width + f] * from[place + f];
                        }
                    }
                }
            }
            keepLast(x, call.end(), step);
        }

        /** The state after each row's own last step: its input k steps ago, be it before the sequence. */
        private void keepLast(Frames x, State end, int step) {
            for (int k = 1; k < taps; k++) {
                for (int b = 0; b < x.batch(); b++) {
                    int t = x.length(b) - k;
                    float[] from = t < 0 ? before : x.values();
                    int place = t < 0 ? -t * step + b * width : x.at(t, b);
                    System.arraycopy(from, place, end.values(), end.at(layer.past[k]) + b * width, width);
                }
            }
        }

        @Override
        protected void backward(Frames x, Frames y, float[] dx, float[] gradient, Call call) {
            int step = x.batch() * width;
            Arrays.fill(gradient, layer.weight.offset(), layer.weight.end(), 0);
            Arrays.fill(gradient, layer.bias.offset(), layer.bias.end(), 0);
            float[] dBefore = new float[taps * step];
            float[] dy = y.gradients();
            for (int t = 0; t < x.steps(); t++) {
                for (int b = 0; b < x.batch(); b++) {
                    int at = y.at(t, b);
                    for (int f = 0; f < width; f++) {
                        gradient[layer.bias.offset() + f] += dy[at + f];
                    }
                    for (int k = 0; k < taps; k++) {
                        float[] from = t < k ? before : x.values();
                        float[] to = t < k ? dBefore : dx;
                        int place = t < k ? (k - t) * step + b * width : x.at(t - k, b);
                        for (int f = 0; f < width; f++) {
                            gradient[layer.weight.block(k) + f] += dy[at + f] * from[place + f];
                            to[place + f] += dy[at + f] * weight[k * width + f];
                        }
                    }
                }
            }
            for (int k = 1; k < taps && call.wantsStateGradient(); k++) {
                State d = call.dInitial();
                System.arraycopy(dBefore, k * step, d.values(), d.at(layer.past[k]), step);
            }
        }
    }
}
