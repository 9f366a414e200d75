package dev.namaskar.optim;

import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Pulls weights towards zero. Into the gradient, {@code g += rate * w}, it is the gradient of {@code rate/2 |w|^2} and
 * passes through whatever rule follows. Decoupled, {@code step += lr * rate * w}, it stands after the rule and shrinks
 * all weights at the same pace (Loshchilov and Hutter 2019).
 *
 * @param rate how fast, above 0
 * @param decoupled which of the two
 * @param biasesToo whether slots of role {@link Role#BIAS} and {@link Role#GAIN} decay as well, as they do in PyTorch unless told otherwise
 * @param recurrent true for recurrent weights alone, false for all but these, null for all
 */
public record WeightDecay(
        double rate,
        boolean decoupled,
        boolean biasesToo,
        @Nullable Boolean recurrent) implements GradientTransform {
    /** Of recurrent weights as of others. */
    public WeightDecay(double rate, boolean decoupled, boolean biasesToo) {
        this(rate, decoupled, biasesToo, null);
    }

    @Override
    public boolean appliesTo(Slot slot) {
        return (biasesToo || (slot.role() != Role.BIAS && slot.role() != Role.GAIN))
                && (recurrent == null || recurrent == (slot.role() == Role.RECURRENT));
    }

    @Override
    public boolean selectsSlots() {
        return !biasesToo || recurrent != null;
    }

    @Override
    public void begin(TransformState state, OptimizerState run) {
        state.factors()[0] = (float) (decoupled ? run.learningRate() * rate : rate);
    }

    @Override
    public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
        float factor = state.factors()[0];
        for (int i = from; i < to; i++) {
            gradient[i] += factor * params[i];
        }
    }
}
