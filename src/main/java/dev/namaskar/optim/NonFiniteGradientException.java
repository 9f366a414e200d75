package dev.namaskar.optim;

/** A gradient that holds a not-a-number or an infinity, found before anything was updated. */
public final class NonFiniteGradientException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final int index;

    private NonFiniteGradientException(String message, int index) {
        super(message);
        this.index = index;
    }

    static NonFiniteGradientException find(float[] gradient, OptimizerState state) {
        Ranges live = state.trainable();
        for (int r = 0; r < live.count(); r++) {
            for (int i = live.from(r); i < live.to(r); i++) {
                if (!Float.isFinite(gradient[i])) {
                    return new NonFiniteGradientException(
                            "expected finite gradients, found " + gradient[i] + " at " + state.placeOf(i)
                                    + " in update " + (state.step() + 1)
                                    + "; parameters are as before it. Try a lower learning rate",
                            i);
                }
            }
        }
        return new NonFiniteGradientException(
                "expected a finite gradient norm in update " + (state.step() + 1) + "; parameters are as before it",
                -1);
    }

    /** The first such parameter's place in the flat buffer; -1 if only the norm given from outside was not finite. */
    public int index() {
        return index;
    }
}
