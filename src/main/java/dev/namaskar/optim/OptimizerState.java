package dev.namaskar.optim;

import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything an {@link Optimizer} remembers between updates. A checkpoint holds {@link #step} and {@link #values};
 * {@link Optimizer#restore} makes a state of them that goes on with the same bits.
 */
public final class OptimizerState {
    // A double is kept in the flat float[] as four 16-bit integers, so that it survives exactly.
    private static final int FLOATS_PER_DOUBLE = 4;

    private final int size;
    private final @Nullable ParamLayout layout;
    private final List<TransformState> transforms;
    private final Ranges trainable;
    private final double[] scheduleMemory;
    private long step;
    private double learningRate;
    private double gradientNorm = Double.NaN;
    private boolean projected;

    OptimizerState(
            int size,
            @Nullable ParamLayout layout,
            List<TransformState> transforms,
            Ranges trainable,
            double[] scheduleMemory) {
        this.size = size;
        this.layout = layout;
        this.transforms = transforms;
        this.trainable = trainable;
        this.scheduleMemory = scheduleMemory;
    }

    /** How many updates have begun; 1 during the first. */
    public long step() {
        return step;
    }

    /** Number of parameters. */
    public int size() {
        return size;
    }

    /** The learning rate of the update begun last; 0 before the first. */
    public double learningRate() {
        return learningRate;
    }

    /** The gradient's norm before clipping at the update begun last; not-a-number if nothing asked for it. */
    public double gradientNorm() {
        return gradientNorm;
    }

    /**
     * A copy of all numbers in one flat array: each transform's arrays and then its scalars, in the chain's order,
     * then the schedule's memory. A double takes four places of 16 bits each.
     *
     * @throws IllegalStateException between {@link Optimizer#project} and the update, when the parameters are elsewhere
     */
    public float[] values() {
        return valuesWith(scheduleMemory);
    }

    /** {@link #values} with another schedule's memory in place of this one's. */
    float[] valuesWith(double[] memory) {
        if (projected) {
            throw new IllegalStateException(
                    "the parameters stand at the point ahead where the gradient is taken; update before saving");
        }
        float[] flat = new float[flatLength(memory)];
        int at = 0;
        for (TransformState state : transforms) {
            for (int k = 0; k < state.arrayCount(); k++) {
                System.arraycopy(state.array(k), 0, flat, at, size);
                at += size;
            }
            at = pack(state.scalars(), flat, at);
        }
        pack(memory, flat, at);
        return flat;
    }

    /** The schedule's memory alone: the end of {@link #values}. */
    public float[] scheduleValues() {
        float[] flat = new float[scheduleMemory.length * FLOATS_PER_DOUBLE];
        pack(scheduleMemory, flat, 0);
        return flat;
    }

    /** Takes over a step number and what {@link #values} returned. */
    void load(long restoredStep, float[] flat) {
        if (restoredStep < 0) {
            throw new IllegalArgumentException("expected a step number of 0 or more, found " + restoredStep);
        }
        int expected = flatLength(scheduleMemory);
        if (flat.length != expected) {
            throw new IllegalArgumentException("expected an optimizer state of " + expected + " values for " + size
                    + " parameters, found " + flat.length + "; was it written by another optimizer or network?");
        }
        int at = 0;
        for (TransformState state : transforms) {
            for (int k = 0; k < state.arrayCount(); k++) {
                System.arraycopy(flat, at, state.array(k), 0, size);
                at += size;
            }
            at = unpack(flat, at, state.scalars());
        }
        unpack(flat, at, scheduleMemory);
        step = restoredStep;
    }

    private int flatLength(double[] memory) {
        long length = (long) memory.length * FLOATS_PER_DOUBLE;
        for (TransformState state : transforms) {
            length += (long) state.arrayCount() * size + (long) state.scalars().length * FLOATS_PER_DOUBLE;
        }
        return Math.toIntExact(length);
    }

    private static int pack(double[] numbers, float[] flat, int at) {
        int next = at;
        for (double number : numbers) {
            long bits = Double.doubleToLongBits(number);
            for (int k = 0; k < FLOATS_PER_DOUBLE; k++) {
                flat[next++] = (bits >>> (16 * k)) & 0xffff;
            }
        }
        return next;
    }

    private static int unpack(float[] flat, int at, double[] numbers) {
        int next = at;
        for (int i = 0; i < numbers.length; i++) {
            long bits = 0;
            for (int k = 0; k < FLOATS_PER_DOUBLE; k++) {
                float part = flat[next++];
                if (!(part >= 0 && part <= 0xffff && part == (int) part)) {
                    throw new IllegalArgumentException("expected a whole number of 16 bits at place " + (next - 1)
                            + " of the optimizer state, found " + part
                            + "; the state is damaged or another optimizer's");
                }
                bits |= (long) part << (16 * k);
            }
            numbers[i] = Double.longBitsToDouble(bits);
        }
        return next;
    }

    /** Where this parameter stands, for people: {@code slot "head.bias"[3]}, or its number if slots have no names. */
    String placeOf(int index) {
        if (layout == null) {
            return "parameter " + index;
        }
        Slot slot = layout.slotAt(index);
        return "slot \"" + slot.name() + "\"[" + (index - slot.offset()) + "]";
    }

    TransformState transform(int k) {
        return transforms.get(k);
    }

    Ranges trainable() {
        return trainable;
    }

    double[] scheduleMemory() {
        return scheduleMemory;
    }

    boolean projected() {
        return projected;
    }

    void projected(boolean now) {
        projected = now;
    }

    void advance(double rate, double norm) {
        step++;
        learningRate = rate;
        gradientNorm = norm;
    }
}
