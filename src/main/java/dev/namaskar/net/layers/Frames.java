package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import org.jspecify.annotations.Nullable;

/**
 * What flows between layers: values {@code [T,B,F]}, time-major, or token ids {@code [T,B]}, with the gradient of the
 * loss beside them. The arrays may be larger than what is in use.
 */
public final class Frames {
    private int steps;
    private int batch;
    private final int width;
    private int at;
    private int @Nullable [] lengths;
    private int @Nullable [] tokens;
    private @Nullable Mirror value;
    private @Nullable Mirror grad;
    private boolean wantsGradient;
    private boolean onlyInTwin;

    /** Frames of this many values, without shape or room so far. */
    public Frames(int width) {
        this.width = width;
    }

    /** Sets the shape of what follows. */
    public Frames shape(int newSteps, int newBatch, int @Nullable [] newLengths) {
        steps = newSteps;
        batch = newBatch;
        lengths = newLengths;
        return this;
    }

    /** Makes these token ids {@code [T,B]}, not copied, what flows. */
    public Frames tokens(int[] ids) {
        tokens = ids;
        return this;
    }

    /** Uses arrays that somebody else owns, from index {@code start} on. */
    public Frames over(Mirror newValue, Mirror newGrad, int start) {
        value = newValue;
        grad = newGrad;
        at = start;
        onlyInTwin = false;
        return this;
    }

    /** Says that products alone have the values so far; they come to the heap when somebody asks for them there. */
    public Frames onlyInTwin() {
        onlyInTwin = true;
        return this;
    }

    /** Makes sure that there is room of its own for the present shape. */
    public Frames reserve(Gemm gemm) {
        if (value == null || value.size() < size()) {
            value = gemm.mirror(size());
            grad = null;
        }
        onlyInTwin = false;
        return this;
    }

    /** Says whether somebody will ask for the gradients of these values. */
    public Frames wantGradient(boolean wanted) {
        wantsGradient = wanted;
        return this;
    }

    /** Whether backward has to compute the gradients of these values. */
    public boolean wantsGradient() {
        return wantsGradient;
    }

    /** T. */
    public int steps() {
        return steps;
    }

    /** B. */
    public int batch() {
        return batch;
    }

    /** F. */
    public int width() {
        return width;
    }

    /** Index of the first value of step 0, in the values and in the gradients. */
    public int at() {
        return at;
    }

    /** Index of the first value of step t of row b, in the values and in the gradients. */
    public int at(int t, int b) {
        return at + (t * batch + b) * width;
    }

    /** Real steps of row b. */
    public int length(int b) {
        return lengths == null ? steps : lengths[b];
    }

    /** T times B times F. */
    public int size() {
        return Math.multiplyExact(Math.multiplyExact(steps, batch), width);
    }

    /** Real steps of each row, or null where all rows have T. */
    public int @Nullable [] lengths() {
        return lengths;
    }

    /** The values; index {@code at() + (t * batch() + b) * width() + f}. */
    public float[] values() {
        if (onlyInTwin) {
            value().pull(at, size());
            onlyInTwin = false;
        }
        return value().heap();
    }

    /** The gradients of the loss with respect to the values, indexed as they are. */
    public float[] gradients() {
        return grad().heap();
    }

    /** Token ids {@code [T,B]}. */
    public int[] tokens() {
        if (tokens == null) {
            throw new IllegalStateException("expected token ids, found values");
        }
        return tokens;
    }

    /** Whether token ids flow, else values. */
    public boolean hasTokens() {
        return tokens != null;
    }

    /** The values where products read and write them. */
    public Mirror value() {
        if (value == null) {
            throw new IllegalStateException("nothing has been computed yet");
        }
        return value;
    }

    /** The gradients where products read and write them. */
    public Mirror grad() {
        if (grad == null) {
            throw new IllegalStateException("no gradient was asked for");
        }
        return grad;
    }

    /** Makes sure that there is room for gradients beside values that this object owns. */
    public Frames reserveGradient(Gemm gemm) {
        if (grad == null) {
            grad = gemm.mirror(value().size());
        }
        return this;
    }

    /** Takes the values that Java has written to where products read them. */
    public void pushValue() {
        value().push(at, size());
    }

    /** Takes the gradients that Java has written to where products read them. */
    public void pushGrad() {
        grad().push(at, size());
    }
}
