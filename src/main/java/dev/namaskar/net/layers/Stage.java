package dev.namaskar.net.layers;

import dev.namaskar.kernels.Mirror;
import org.jspecify.annotations.Nullable;

/**
 * A layer at work in one thread: it owns its activations and gradients, which are allocated when they are first
 * needed and then reused.
 *
 * <p>What holds for every layer: a row's output depends on that row alone, and on its real steps alone; where the
 * gradient of the output is zero, as it is at padding, the layer passes on zeros, whatever stands there. Calling it for T
 * steps or T times for one step, with the state carried on, gives the same numbers. Layers without recurrence that work
 * on values in plain Java are easiest written as a {@link HeapStage}.
 */
public abstract class Stage {
    /** Computes the layer's output; the frames that it returns belong to the stage and are valid until the next call. */
    public abstract Frames forward(Frames x, Call call);

    /**
     * Computes the gradients of the layer's parameters, which overwrite its slots of {@code gradient} (heap), and, where
     * {@linkplain Frames#wantsGradient() the input wants it}, the gradient of the input, which overwrites what stood
     * there. Reads the gradient of the output from the output frames' twin.
     */
    public abstract void backward(Frames x, Call call, Mirror gradient);

    /**
     * One call of a network.
     *
     * @param initial state before the first step
     * @param end state after each row's last step; written by forward; may be {@code initial} itself
     * @param dInitial gradient of the initial state, written by backward where wanted (batch 0: not wanted)
     * @param memory what layers that attend read beside their input, or null; they add to its frames' gradients, which
     *     somebody else has set to zero, where these want them
     * @param training whether dropout is on
     * @param dropoutKey what the dropout masks of this call are drawn from
     * @param firstRow index of this call's first row in the whole batch, so that masks do not depend on the shards
     */
    public record Call(
            State initial,
            State end,
            State dInitial,
            @Nullable Memory memory,
            boolean training,
            long dropoutKey,
            int firstRow) {
        /** Whether backward has to write {@link #dInitial}. */
        public boolean wantsStateGradient() {
            return dInitial.batch() > 0;
        }
    }
}
