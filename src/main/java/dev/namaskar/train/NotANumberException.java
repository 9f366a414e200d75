package dev.namaskar.train;

import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;

/** A loss or gradient that is not a finite number: training stops before it can spoil the parameters. */
public final class NotANumberException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence that says where. */
    public NotANumberException(String message) {
        super(message);
    }

    /** Of a step that was not taken, with the first place that is not finite. */
    static NotANumberException at(long step, double loss, Params params, float[] gradient) {
        String where = first("parameters", params, params.values());
        if (where.isEmpty()) {
            where = first("gradient", params, gradient);
        }
        return new NotANumberException("expected finite numbers, found a loss of " + loss + " at step " + step + where
                + "; the parameters are as before this step. Try a lower learning rate or stronger clipping");
    }

    private static String first(String what, Params params, float[] values) {
        for (Slot slot : params.layout().slots()) {
            for (int i = slot.offset(); i < slot.end(); i++) {
                if (!Float.isFinite(values[i])) {
                    return ", first in the " + what + " of \"" + slot.name() + "\" (" + values[i] + " at entry "
                            + (i - slot.offset()) + ")";
                }
            }
        }
        return "";
    }
}
