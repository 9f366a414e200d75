package dev.namaskar.train.run;

import dev.namaskar.train.Trainer;
import java.util.function.Function;

/** Watches a run. */
public interface TrainingListener {
    /** Before each of several runs, counted from 1; {@code what} says in words what it is for. */
    default void onRun(int number, int of, String what) {}

    /**
     * Before the first step: gives what a model says by now, of parameters that it is handed and leaves as they are. It
     * takes the time of the run.
     */
    default void onSampler(Function<float[], Sample> sampler) {}

    /** Before the first step. */
    default void onBegin(Trainer trainer) {}

    /** After every step. */
    default void onStep(Progress progress) {}

    /** After every validation; {@code best} if none before was as good. */
    default void onValidation(long step, double loss, boolean best) {}

    /** Asked after every step: whether the run is to end here, with a checkpoint if it keeps any. */
    default boolean asksToStop() {
        return false;
    }

    /**
     * Asked after every step: whether the run is to wait. It does as long as somebody wants it and nobody wants it to
     * stop; what that takes counts for nothing, neither speed nor limits of time.
     */
    default boolean asksToPause() {
        return false;
    }

    /** Before the first step whose weights go into a mean. */
    default void onAveraging(long step) {}

    /** After the last step. */
    default void onEnd(Training.Result result, Standing standing) {}
}
