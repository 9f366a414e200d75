package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.params.SplitMix64;
import org.jspecify.annotations.Nullable;

/**
 * Dropout in training, nothing in prediction: {@code y = x m / (1 - rate)}, each entry of the mask m being 0 with
 * probability {@code rate} and 1 else (Srivastava et al. 2014). A mask is drawn for each step, or held over all steps
 * of a sequence (Gal and Ghahramani 2016).
 *
 * @param rate probability of a zero, at least 0 and below 1; a multiple of 2^-16 is drawn exactly
 * @param held whether one mask serves all steps
 */
public record Dropout(double rate, boolean held) implements Layer {
    /** Checks the rate. */
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("expected a dropout rate of at least 0 and below 1, found " + rate);
        }
    }

    /** A mask of its own for each step, and nothing dropped. */
    public Dropout() {
        this(0, false);
    }

    @Override
    public String kind() {
        return "dropout";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return inputWidth;
    }

    @Override
    public PlacedLayer place(Placement at) {
        int width = at.requireValues().inputWidth();
        int index = at.number();
        return (weights, gemm) -> new AtWork(this, width, index, gemm);
    }

    private static final class AtWork extends Stage {
        private final Dropout spec;
        private @Nullable DropoutMask drawn;
        private final int index;
        private final Gemm gemm;
        private final Frames out;
        private float[] mask = new float[0];
        private boolean on;

        AtWork(Dropout spec, int width, int index, Gemm gemm) {
            this.spec = spec;
            this.index = index;
            this.gemm = gemm;
            out = new Frames(width);
        }

        @Override
        public Frames forward(Frames x, Call call) {
            on = call.training() && spec.rate > 0;
            if (!on) {
                return x;
            }
            out.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
            int size = x.size();
            if (mask.length < size) {
                mask = new float[size];
            }
            draw(x, call);
            float[] y = out.values();
            System.arraycopy(x.values(), x.at(), y, 0, size);
            for (int j = 0; j < size; j++) {
                y[j] *= mask[j];
            }
            out.pushValue();
            out.reserveGradient(gemm);
            return out;
        }

        /** A row's mask depends on its place in the whole batch alone. */
        private void draw(Frames x, Call call) {
            if (drawn == null) {
                drawn = new DropoutMask(spec.rate);
            }
            int width = x.width();
            for (int t = 0; t < x.steps(); t++) {
                for (int b = 0; b < x.batch(); b++) {
                    int at = (t * x.batch() + b) * width;
                    if (spec.held && t > 0) {
                        System.arraycopy(mask, b * width, mask, at, width);
                        continue;
                    }
                    long key = SplitMix64.mix(call.dropoutKey() + index) ^ ((long) t << 32 | (call.firstRow() + b));
                    drawn.fill(mask, at, width, key);
                }
            }
        }

        @Override
        public void backward(Frames x, Call call, Mirror gradient) {
            if (!on || !x.wantsGradient()) {
                return;
            }
            int size = x.size();
            out.grad().pull(0, size);
            float[] dy = out.gradients();
            for (int j = 0; j < size; j++) {
                dy[j] *= mask[j];
            }
            x.grad().write(dy, 0, x.at(), size);
        }
    }
}
