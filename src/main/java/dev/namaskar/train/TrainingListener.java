package dev.namaskar.train;

/** Watches a run. */
public interface TrainingListener {
    /** After every step. */
    default void onStep(Progress progress) {}

    /** After every validation; {@code best} if none before was as good. */
    default void onValidation(long step, double loss, boolean best) {}
}
