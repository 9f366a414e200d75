package dev.namaskar.net;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.net.layers.Chain;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Memory;
import dev.namaskar.net.layers.Stage;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network at work in one thread: forward, and backward through time. It owns the activations, which are allocated
 * when first needed and reused; memory is linear in T times B. Forward changes no weights, so any number of passes may
 * share them.
 */
public final class Pass {
    private static final StateLayout NOTHING = new StateLayout();

    private final Network network;
    private final Gemm gemm;
    private final Chain layers;
    private final Frames input;
    private @Nullable Frames output;
    private int[] inputTokens = new int[0];
    private @Nullable Mirror inputValues;
    private @Nullable Mirror inputGrad;
    private boolean wantsInputGradient;
    private boolean wantsStateGradient;
    private Stage.@Nullable Call call;
    private @Nullable Mirror gradient;
    private State dInitial = new State(NOTHING, 0);

    /** A pass over shared weights. */
    public Pass(Network network, NetworkWeights weights, Gemm gemm) {
        if (!weights.choice().equals(gemm.choice())) {
            throw new IllegalArgumentException(
                    "expected weights laid out for " + gemm.choice() + ", found " + weights.choice());
        }
        this.network = network;
        this.gemm = gemm;
        layers = new Chain(network.layers(), weights.layers(), gemm);
        input = new Frames(network.spec().tokens() ? 1 : network.spec().inputWidth());
    }

    /** A pass of its own over these parameters, for products by this library. */
    public static Pass of(Network network, float[] params, GemmLibrary library, boolean training) {
        NetworkWeights weights = network.weights(library);
        weights.load(params, training);
        return new Pass(network, weights, library.open());
    }

    /** Asks backward for the gradients of the input values and of the initial state too, as the gradient check does. */
    public Pass withInputGradients() {
        wantsInputGradient = !network.spec().tokens();
        wantsStateGradient = true;
        return this;
    }

    /** Predicts: {@code forward} without dropout. */
    public Frames predict(Sequences x, State state) {
        return forward(x, state, state, false, 0, 0);
    }

    /**
     * Runs the network over a batch.
     *
     * @param x the sequences
     * @param initial the state before the first step; not modified unless it is also {@code end}
     * @param end written: the state after each row's last real step; may be {@code initial} itself
     * @param training whether dropout is on
     * @param dropoutKey what dropout masks are drawn from: another key, other masks
     * @param firstRow where this batch's first row stands in a larger batch that was cut into shards
     * @return the last layer's output, {@code [T,B,F]} or, after a layer that reads out, {@code [1,B,F]}; valid until the
     *     next call
     */
    public Frames forward(Sequences x, State initial, State end, boolean training, long dropoutKey, int firstRow) {
        return forward(x, null, initial, end, training, dropoutKey, firstRow);
    }

    /**
     * Runs the network over a batch beside a memory, which layers that attend read.
     *
     * @param memory with lengths of its own; where its frames want gradients, backward adds to them and the caller has
     *     set them to zero (in their twin)
     * @see #forward(Sequences, State, State, boolean, long, int)
     */
    public Frames forward(
            Sequences x,
            @Nullable Memory memory,
            State initial,
            State end,
            boolean training,
            long dropoutKey,
            int firstRow) {
        check(x);
        check(initial, x.batch());
        check(end, x.batch());
        feed(x);
        if (wantsStateGradient && dInitial.batch() != x.batch()) {
            dInitial = network.zeroState(x.batch());
        }
        call = new Stage.Call(initial, end, dInitial, memory, training, dropoutKey, firstRow);
        output = layers.forward(input, call);
        return output;
    }

    private void check(State state, int batch) {
        if (state.batch() != batch) {
            throw new IllegalArgumentException("expected a state of " + batch + " rows, found one of " + state.batch());
        }
        StateLayout expected = network.state();
        if (state.layout() != expected && !state.layout().parts().equals(expected.parts())) {
            throw new IllegalArgumentException("expected a state of " + expected.shapes(batch) + ", found one of "
                    + state.layout().shapes(batch) + "; a network's states come from its zeroState");
        }
    }

    private void check(Sequences x) {
        if ((x.tokens() != null) != network.spec().tokens()) {
            throw new IllegalArgumentException("expected " + (network.spec().tokens() ? "token ids" : "values")
                    + ", found " + (x.tokens() != null ? "token ids" : "values"));
        }
        x.checkLengths();
        int[] tokens = x.tokens();
        if (tokens != null) {
            checkTokens(x, tokens);
        }
        float[] values = x.values();
        long size = (long) x.steps() * x.batch() * network.spec().inputWidth();
        if (values != null && values.length < size) {
            throw new IllegalArgumentException("expected [T=" + x.steps() + ",B=" + x.batch() + ",F="
                    + network.spec().inputWidth() + "] = " + size + " values, found " + values.length);
        }
    }

    private void checkTokens(Sequences x, int[] tokens) {
        int vocabulary = network.spec().inputWidth();
        for (int t = 0; t < x.steps(); t++) {
            for (int b = 0; b < x.batch(); b++) {
                int token = tokens[t * x.batch() + b];
                if ((token < 0 || token >= vocabulary) && isReal(x, t, b)) {
                    throw new IllegalArgumentException("expected token ids of 0 to " + (vocabulary - 1) + ", found "
                            + token + " at step " + t + ", row " + b);
                }
            }
        }
    }

    private static boolean isReal(Sequences x, int t, int b) {
        int[] lengths = x.lengths();
        return lengths == null || t < lengths[b];
    }

    private void feed(Sequences x) {
        input.shape(x.steps(), x.batch(), x.lengths());
        int[] tokens = x.tokens();
        if (tokens != null) {
            input.tokens(x.lengths() == null ? tokens : withoutPadding(x, tokens));
            return;
        }
        float[] values = Objects.requireNonNull(x.values());
        int size = input.size();
        if (inputValues == null
                || inputValues.size() < size
                || inputGrad == null
                || (wantsInputGradient && inputGrad.size() < size)) {
            inputValues = gemm.mirror(size);
            inputGrad = gemm.mirror(wantsInputGradient ? size : 0);
        }
        System.arraycopy(values, 0, inputValues.heap(), 0, size);
        clearPadding(x, inputValues.heap());
        inputValues.push(0, size);
        input.over(inputValues, inputGrad, 0).wantGradient(wantsInputGradient);
    }

    /** A copy whose padding is token 0, which every vocabulary has. */
    private int[] withoutPadding(Sequences x, int[] tokens) {
        if (inputTokens.length < x.steps() * x.batch()) {
            inputTokens = new int[x.steps() * x.batch()];
        }
        for (int t = 0; t < x.steps(); t++) {
            for (int b = 0; b < x.batch(); b++) {
                int i = t * x.batch() + b;
                inputTokens[i] = isReal(x, t, b) ? tokens[i] : 0;
            }
        }
        return inputTokens;
    }

    /** A gradient of zero does not stop a not-a-number: 0 x NaN is NaN, and a product sums over all rows. */
    private void clearPadding(Sequences x, float[] to) {
        int[] lengths = x.lengths();
        if (lengths == null) {
            return;
        }
        int width = network.spec().inputWidth();
        for (int b = 0; b < x.batch(); b++) {
            for (int t = lengths[b]; t < x.steps(); t++) {
                int at = (t * x.batch() + b) * width;
                Arrays.fill(to, at, at + width, 0);
            }
        }
    }

    /**
     * Goes back through the last forward: from the gradient of the loss with respect to the output, which the caller
     * has put into the output frames' {@link Frames#gradients()}, to the gradients of all parameters.
     *
     * @return the gradient, laid out as the parameters are; valid until the next call
     * @throws IllegalStateException if there was no forward since the last time: activations are overwritten on the way
     */
    public float[] backward() {
        if (gradient == null) {
            gradient = gemm.mirror(network.params().size());
        }
        backward(gradient);
        return gradient.heap();
    }

    /**
     * The same into a gradient that several networks over the same parameters share; this network's slots are
     * overwritten, on the heap, and no others touched.
     */
    public void backward(Mirror shared) {
        Stage.Call last = call;
        if (last == null) {
            throw new IllegalStateException("expected a forward before each backward, found none");
        }
        call = null;
        dInitial.clear();
        Objects.requireNonNull(output).pushGrad();
        layers.backward(input, last, shared);
        if (wantsInputGradient) {
            input.grad().pull(0, input.size());
        }
    }

    /** After {@link #backward}, where asked for: the gradient of the input values {@code [T,B,F]}. */
    public float[] inputGradient() {
        return input.gradients();
    }

    /** After {@link #backward}, where asked for: the gradient of the initial state. */
    public State initialStateGradient() {
        return dInitial;
    }
}
