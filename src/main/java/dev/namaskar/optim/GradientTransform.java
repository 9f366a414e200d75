package dev.namaskar.optim;

import dev.namaskar.params.Slot;

/**
 * One link of the chain that turns a gradient into an update, in place: clip it, add weight decay, scale it by Adam.
 * After the last link the optimizer takes {@code params -= gradient}; so a rule that ends a chain has multiplied by
 * the learning rate, and what follows it sees the step about to be taken.
 *
 * <p>A transform is immutable and holds settings only; all that changes from step to step is in the
 * {@link TransformState} it is handed. {@link #apply} works element by element, so any partition of the buffer over
 * any threads gives the same bits. Inside it every array is read and written at one plain index {@code i}: C2 (JDK 17)
 * vectorises {@code m[i] = b * m[i] + g[i]} but not {@code s[mAt + i] = ...}, a factor of three here; hence a state of
 * whole arrays, one beside each parameter, rather than windows of one.
 */
public interface GradientTransform {
    /** How many {@code float[]} of the parameters' length this keeps from step to step. */
    default int arrays() {
        return 0;
    }

    /** How many single numbers this keeps from step to step. */
    default int scalars() {
        return 0;
    }

    /** Whether parameters of this slot are transformed; called once, when a state is made for named slots. */
    default boolean appliesTo(Slot slot) {
        return true;
    }

    /** Whether {@link #appliesTo} ever says no; then a state can only be made for named slots. */
    default boolean selectsSlots() {
        return false;
    }

    /** Whether the chain needs the norm of the whole gradient before it starts. */
    default boolean needsGradientNorm() {
        return false;
    }

    /** Whether the gradient is to be taken at another point than the parameters; see {@link #project}. */
    default boolean projects() {
        return false;
    }

    /** Fills a fresh state, which is all zeros when it comes in. Modified: {@code state}. */
    default void init(TransformState state) {}

    /**
     * Once per update, before any {@link #apply}: turns step number and learning rate into the few factors that the
     * inner loop needs.
     *
     * @param state this transform's own. Modified: scalars and factors
     * @param run step number (1 for the first update), learning rate, norm of the gradient
     */
    default void begin(TransformState state, OptimizerState run) {}

    /**
     * Moves parameters to where the gradient shall be taken, for {@code from <= i < to}. Only called if
     * {@link #projects}. Modified: {@code params}.
     */
    default void project(float[] params, TransformState state, int from, int to) {}

    /** Undoes {@link #project} up to rounding, when no update follows. Modified: {@code params}. */
    default void unproject(float[] params, TransformState state, int from, int to) {}

    /**
     * Transforms {@code gradient[i]} for {@code from <= i < to}. Modified: {@code gradient} and the state's arrays in
     * this range, nothing else; {@code params} is read only. May run on many threads at once, over ranges that do
     * not overlap.
     */
    void apply(float[] gradient, float[] params, TransformState state, int from, int to);
}
