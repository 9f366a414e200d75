package dev.namaskar.train;

import dev.namaskar.kernels.Reductions;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Slot;
import java.util.List;

/**
 * How large gradient, parameters and update are, slot by slot in the layout's order: Euclidean norms at one step.
 *
 * @param step at which they were measured
 * @param gradient of the mean loss, before clipping
 * @param parameters after the update
 * @param update what was subtracted from the parameters; 0 of frozen ones
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of numbers for people to look at, never compared
public record SlotNorms(long step, double[] gradient, double[] parameters, double[] update) {
    /** The norm of each slot of a flat buffer. */
    static double[] of(float[] values, ParamLayout layout) {
        List<Slot> slots = layout.slots();
        double[] norms = new double[slots.size()];
        for (int i = 0; i < norms.length; i++) {
            Slot slot = slots.get(i);
            norms[i] = Math.sqrt(Reductions.sumOfSquares(values, slot.offset(), slot.end()));
        }
        return norms;
    }
}
