package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import java.util.Arrays;

/**
 * A layer at work on plain arrays, without matrix products: all copying between the heap and where native products read
 * is done here.
 *
 * <pre>{@code
 * new HeapStage(gemm, width) {
 *     protected void forward(Frames x, Frames y, Call call) {          // y = x / 2
 *         for (int i = 0; i < x.size(); i++) {
 *             y.values()[i] = x.values()[x.at() + i] / 2;
 *         }
 *     }
 *     protected void backward(Frames x, Frames y, float[] dx, float[] gradient, Call call) {
 *         for (int i = 0; i < x.size(); i++) {
 *             dx[x.at() + i] = y.gradients()[i] / 2;
 *         }
 *     }
 * }
 * }</pre>
 */
public abstract class HeapStage extends Stage {
    private final Gemm gemm;
    private final Frames out;
    private final boolean readsOut;
    private float[] unwanted = new float[0];

    /** A stage that puts out this many values for each step. */
    protected HeapStage(Gemm gemm, int width) {
        this(gemm, width, false);
    }

    /**
     * A stage that puts out this many values for each step or, where it {@code readsOut}, for the whole sequence: {@code
     * [1,B,width]}.
     */
    protected HeapStage(Gemm gemm, int width, boolean readsOut) {
        this.gemm = gemm;
        this.readsOut = readsOut;
        out = new Frames(width);
    }

    /**
     * Computes the output.
     *
     * @param x the input {@code [T,B,F]}: {@code x.values()[x.at() + (t * B + b) * F + f]}
     * @param y written, all of it, padding too (zeros do): {@code y.values()} from index 0 on
     */
    protected abstract void forward(Frames x, Frames y, Call call);

    /**
     * Computes the gradients.
     *
     * @param x the input of the last forward
     * @param y its output, and in {@code y.gradients()} from index 0 on the gradient of the loss with respect to it
     * @param dx written: the gradient with respect to the input, indexed as {@code x.values()} is; zeros so far
     * @param gradient written, at the layer's own slots: the gradient of the parameters, which stands there anew
     */
    protected abstract void backward(Frames x, Frames y, float[] dx, float[] gradient, Call call);

    @Override
    public final Frames forward(Frames x, Call call) {
        out.shape(readsOut ? 1 : x.steps(), x.batch(), readsOut ? null : x.lengths())
                .reserve(gemm);
        forward(x, out, call);
        out.pushValue();
        return out.reserveGradient(gemm);
    }

    @Override
    public final void backward(Frames x, Call call, Mirror gradient) {
        out.grad().pull(0, out.size());
        float[] dx = x.wantsGradient() ? x.gradients() : unwanted(x.at() + x.size());
        Arrays.fill(dx, x.at(), x.at() + x.size(), 0);
        backward(x, out, dx, gradient.heap(), call);
        if (x.wantsGradient()) {
            x.pushGrad();
        }
    }

    private float[] unwanted(int size) {
        if (unwanted.length < size) {
            unwanted = new float[size];
        }
        return unwanted;
    }
}
