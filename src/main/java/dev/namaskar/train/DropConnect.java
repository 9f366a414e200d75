package dev.namaskar.train;

import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import java.util.List;

/**
 * DropConnect on recurrent weights (Wan et al. 2013; Merity, Keskar and Socher 2018): in training every product sees
 * {@code w m / (1 - rate)}, each entry of the mask m being 0 with probability {@code rate} and 1 else, one mask for all steps and rows of an
 * update; the gradient of w is the same mask times that of what products saw. Predicting sees w itself. A mask is a pure
 * function of the update's key and of a weight's place, so that it is the same whatever the threads.
 */
final class DropConnect {
    private static final int BITS = 16;

    private final int threshold;
    private final float kept;
    private final List<Slot> slots;
    private final float[] masked;

    /** Of the recurrent weights among these parameters. */
    DropConnect(double rate, ParamLayout layout) {
        threshold = (int) Math.round(rate * (1 << BITS));
        kept = (float) (1 / (1 - rate));
        slots = layout.slots().stream()
                .filter(slot -> slot.role() == Role.RECURRENT)
                .toList();
        masked = new float[layout.size()];
    }

    /** What products see in this update. */
    float[] masked() {
        return masked;
    }

    /** Makes {@link #masked} of this range of the parameters. */
    void draw(float[] params, long key, int from, int to) {
        System.arraycopy(params, from, masked, from, to - from);
        multiply(masked, key, from, to);
    }

    /** Multiplies this range by the mask; modifies {@code values}. */
    void multiply(float[] values, long key, int from, int to) {
        long stream = SplitMix64.mix(~key);
        for (int s = 0; s < slots.size(); s++) { // by index: an iterator would be an object a step
            int end = Math.min(to, slots.get(s).end());
            for (int i = Math.max(from, slots.get(s).offset()); i < end; ) {
                // four weights from each 64 random bits
                long bits = SplitMix64.mix(stream + (i >> 2) * SplitMix64.GOLDEN_GAMMA) >>> (BITS * (i & 3));
                int next = Math.min(end, (i | 3) + 1);
                for (; i < next; i++) {
                    values[i] = (bits & 0xffff) < threshold ? 0 : values[i] * kept;
                    bits >>>= BITS;
                }
            }
        }
    }
}
