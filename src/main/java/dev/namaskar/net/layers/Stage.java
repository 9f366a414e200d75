package dev.namaskar.net.layers;

import dev.namaskar.kernels.Mirror;

/**
 * A layer at work in one thread: it owns its activations and gradients, which are allocated when they are first
 * needed and then reused.
 */
public abstract class Stage {
    /** Computes the layer's output; the frames that it returns belong to the stage and are valid until the next call. */
    public abstract Frames forward(Frames x, Call call);

    /**
     * Computes the gradients of the layer's parameters, written into {@code gradient} (heap), and, where the input
     * wants it, the gradient of the input. Reads the gradient of the output from the output frames' twin.
     */
    public abstract void backward(Frames x, Call call, Mirror gradient);

    /**
     * One call of a network.
     *
     * @param initial state before the first step
     * @param end state after each row's last step; written by forward
     * @param dInitial gradient of the initial state, written by backward where wanted (batch 0: not wanted)
     * @param training whether dropout is on
     * @param dropoutKey what the dropout masks of this call are drawn from
     * @param firstRow index of this call's first row in the whole batch, so that masks do not depend on the shards
     */
    public record Call(State initial, State end, State dInitial, boolean training, long dropoutKey, int firstRow) {}
}
