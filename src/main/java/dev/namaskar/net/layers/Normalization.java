package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;

/**
 * Brings the values of each step to the same size, {@code [T,B,F] -> [T,B,F]}, g and b being learned for each value:
 *
 * <pre>{@code
 * centred:  y = g (x - mean x) / sqrt(var x + epsilon) + b      layer normalization (Ba, Kiros and Hinton 2016)
 * else:     y = g x / sqrt(mean x^2 + epsilon)                  RMS normalization (Zhang and Sennrich 2019)
 * }</pre>
 *
 * <p>Mean and variance (without Bessel's correction) are those of one step of one row, so that nothing depends on the
 * batch, on other steps, or on whether the network is in training. With n the normalized value and s the divisor:
 * {@code dx = (dn - mean dn - n mean(dn n)) / s}, the first mean only where centred.
 *
 * @param centred whether the mean is taken out, and a vector b added
 * @param epsilon above 0, keeps the divisor from 0
 */
public record Normalization(boolean centred, double epsilon) implements Layer {
    private static final double USUAL = 1e-5;

    /** Checks epsilon. */
    public Normalization {
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("expected a finite epsilon above 0, found " + epsilon);
        }
    }

    /** Layer normalization as PyTorch's LayerNorm has it. */
    public Normalization() {
        this(true, USUAL);
    }

    /** Layer normalization. */
    public static Normalization layer() {
        return new Normalization(true, USUAL);
    }

    /** RMS normalization. */
    public static Normalization rms() {
        return new Normalization(false, USUAL);
    }

    @Override
    public String kind() {
        return "normalization";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return inputWidth;
    }

    @Override
    public PlacedLayer place(Placement at) {
        int width = at.requireValues().inputWidth();
        Slot gain = at.parameter(at.label() + ".weight", Role.GAIN, 1, 1, width);
        return new Placed(this, gain, centred ? at.parameter(at.label() + ".bias", Role.BIAS, 1, 1, width) : gain);
    }

    /** The bias is the gain again where there is none. */
    private record Placed(Normalization spec, Slot gain, Slot bias) implements PlacedLayer {
        @Override
        public void initialize(Params params, SplitMix64 random) {
            Initializers.constant(1).fill(params.values(), gain, random);
        }

        @Override
        public SharedWeights weights(Gemm gemm) {
            return spec.centred ? new SlotWeights(gemm, gain, bias) : new SlotWeights(gemm, gain);
        }

        @Override
        public Stage stage(SharedWeights weights, Gemm gemm) {
            return new AtWork(this, (SlotWeights) weights, gemm);
        }
    }

    private static final class AtWork extends HeapStage {
        private final Placed layer;
        private final int width;
        private final float[] gain;
        private final float[] bias;
        /** Normalized values, and for each step of each row what they were divided by. */
        private float[] normal = new float[0];

        private float[] size = new float[0];

        AtWork(Placed layer, SlotWeights weights, Gemm gemm) {
            super(gemm, layer.gain.columns());
            this.layer = layer;
            width = layer.gain.columns();
            gain = weights.array(layer.gain);
            bias = layer.spec.centred ? weights.array(layer.bias) : new float[width];
        }

        @Override
        protected void forward(Frames x, Frames y, Call call) {
            int rows = x.steps() * x.batch();
            if (size.length < rows) {
                size = new float[rows];
                normal = new float[rows * width];
            }
            float[] to = y.values();
            for (int row = 0; row < rows; row++) {
                int at = row * width;
                normalize(x.values(), x.at() + at, row);
                for (int f = 0; f < width; f++) {
                    to[at + f] = gain[f] * normal[at + f] + bias[f];
                }
            }
        }

        private void normalize(float[] x, int from, int row) {
            double mean = 0;
            for (int f = 0; f < width && layer.spec.centred; f++) {
                mean += x[from + f];
            }
            float centre = (float) (mean / width);
            double square = 0;
            for (int f = 0; f < width; f++) {
                float d = x[from + f] - centre;
                normal[row * width + f] = d;
                square += (double) d * d;
            }
            size[row] = (float) Math.sqrt(square / width + layer.spec.epsilon);
            for (int f = 0; f < width; f++) {
                normal[row * width + f] /= size[row];
            }
        }

        @Override
        protected void backward(Frames x, Frames y, float[] dx, float[] gradient, Call call) {
            Arrays.fill(gradient, layer.gain.offset(), layer.gain.end(), 0);
            Arrays.fill(gradient, layer.bias.offset(), layer.bias.end(), 0);
            float[] dy = y.gradients();
            for (int row = 0; row < x.steps() * x.batch(); row++) {
                int at = row * width;
                double mean = 0;
                double along = 0;
                for (int f = 0; f < width; f++) {
                    float dn = gain[f] * dy[at + f];
                    mean += dn;
                    along += (double) dn * normal[at + f];
                    gradient[layer.gain.offset() + f] += dy[at + f] * normal[at + f];
                }
                for (int f = 0; f < width && layer.spec.centred; f++) {
                    gradient[layer.bias.offset() + f] += dy[at + f];
                }
                float centre = layer.spec.centred ? (float) (mean / width) : 0;
                float share = (float) (along / width);
                for (int f = 0; f < width; f++) {
                    dx[x.at() + at + f] = (gain[f] * dy[at + f] - centre - share * normal[at + f]) / size[row];
                }
            }
        }
    }
}
